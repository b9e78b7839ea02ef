// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/output/output_folder.h"

#include "core/base/error.h"
#include "core/io/atomic_file.h"

namespace mvga::tool {

namespace fs = std::filesystem;

void make_output_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder)) {
    const std::string why = error ? error.message() : "it is not a folder";
    throw Error(ErrorKind::unwritable, folder.string() + ": the folder cannot be made: " + why +
                                           "; choose a path that this user may write to");
  }
  check_writable(folder / ".mvga-new");
}

}  // namespace mvga::tool
