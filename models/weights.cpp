// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/weights.h"

#include <glib.h>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "models/catalogue.h"

namespace mvga {
namespace {

void append_folders(std::string_view list, std::vector<std::filesystem::path>& folders) {
  while (!list.empty()) {
    const std::size_t length = std::min(list.find(':'), list.size());
    if (length > 0) folders.emplace_back(list.substr(0, length));
    list.remove_prefix(std::min(length + 1, list.size()));
  }
}

std::string in_one_line(const std::vector<std::filesystem::path>& folders) {
  std::string text;
  for (const auto& folder : folders) text += (text.empty() ? "" : ", ") + folder.string();
  return text;
}

std::string file_name(const std::string& architecture) {
  return architecture + ".safetensors";
}

std::string how_to_get(const std::string& architecture) {
  const PretrainedWeights* const known = find_pretrained(architecture);
  if (known == nullptr || known->tag.empty()) return {};
  return " (mvga weights get " + architecture + ")";
}

}  // namespace

std::vector<std::filesystem::path> weights_search_path() {
  std::vector<std::filesystem::path> folders;
  if (const char* list = g_getenv("MVGA_WEIGHTS_PATH")) append_folders(list, folders);
  folders.push_back(std::filesystem::path(g_get_user_data_dir()) / "mvga" / "weights");
  folders.emplace_back(MVGA_DATA_DIR "/weights");
  return folders;
}

std::optional<std::filesystem::path> look_for_weights(const std::string& architecture) {
  // A name with a slash could come from a damaged model file: it must not lead elsewhere.
  if (architecture.find('/') != std::string::npos) return std::nullopt;
  for (const auto& folder : weights_search_path()) {
    std::error_code ignored;
    auto path = folder / file_name(architecture);
    if (std::filesystem::exists(path, ignored)) return path;
  }
  return std::nullopt;
}

std::filesystem::path find_weights(const std::string& architecture) {
  if (auto path = look_for_weights(architecture)) return *std::move(path);
  throw Error(ErrorKind::not_found,
              file_name(printable(architecture)) + ": no such weights file in " +
                  in_one_line(weights_search_path()) + "; put it there" + how_to_get(architecture) +
                  ", name the file with the property weights, or its folder with "
                  "MVGA_WEIGHTS_PATH");
}

}  // namespace mvga
