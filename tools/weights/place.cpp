// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/place.h"

#include "core/base/error.h"
#include "models/weights.h"
#include "tools/output/output_folder.h"

namespace mvga::tool {

namespace fs = std::filesystem;

namespace {

/// What nobody may write to is left alone, though root could.
bool is_read_only(const fs::path& folder) {
  constexpr fs::perms kWrite =
      fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
  std::error_code ignored;
  const fs::file_status status = fs::status(folder, ignored);
  return fs::exists(status) && (status.permissions() & kWrite) == fs::perms::none;
}

}  // namespace

std::string weights_file_name(const std::string& architecture) {
  return architecture + ".safetensors";
}

fs::path present_weights(const std::string& architecture) {
  return look_for_weights(architecture).value_or(fs::path());
}

fs::path writable_weights_folder() {
  std::string tried;
  for (const fs::path& folder : weights_search_path()) {
    tried += (tried.empty() ? "" : ", ") + folder.string();
    if (is_read_only(folder)) continue;
    try {
      make_output_folder(folder);
      return folder;
    } catch (const Error&) {  // the next one then
    }
  }
  throw Error(ErrorKind::unwritable,
              "no folder of the search path can be written to: " + tried + "; name one with --to");
}

std::string why_not_found(const std::string& architecture, const fs::path& file) {
  const fs::path found = present_weights(architecture);
  std::error_code ignored;
  if (!found.empty() && fs::equivalent(found, file, ignored)) return {};
  const std::string way = "name the file with --weights, or set MVGA_WEIGHTS_PATH=" +
                          fs::absolute(file, ignored).parent_path().string();
  if (found.empty()) return "it is not on the search path: " + way;
  return found.string() + " comes first: " + way;
}

}  // namespace mvga::tool
