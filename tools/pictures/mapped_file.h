// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A file's contents, of nothing but a regular file: a pipe or a device may never end.
#pragma once

#include <glib.h>

#include <filesystem>
#include <memory>

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// @throws Error not_found if nothing is there; unreadable if it is no regular file, or empty
void check_is_file(const std::filesystem::path& file);

class MappedFile {
 public:
  /// @throws Error as check_is_file does, and unreadable if it may not be read
  explicit MappedFile(const std::filesystem::path& file);
  /// Live as long as this.
  Bytes bytes() const;

 private:
  struct Unmap {
    void operator()(GMappedFile* file) const { g_mapped_file_unref(file); }
  };
  std::unique_ptr<GMappedFile, Unmap> mapped_;
};

}  // namespace mvga::tool
