// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A file's contents, of nothing but a regular file: a pipe or a device may never end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace mvga::tool {

/// @throws Error not_found if nothing is there; unreadable if it is no regular file, or empty
void check_is_file(const std::filesystem::path& file);

/// Read and never mapped: who shortens a mapped file ends the program that looks at it.
class RegularFile {
 public:
  /// @throws Error as check_is_file does, and unreadable if it may not be read
  explicit RegularFile(std::filesystem::path file);
  ~RegularFile();
  RegularFile(const RegularFile&) = delete;
  RegularFile& operator=(const RegularFile&) = delete;

  /// When it was opened.
  std::uint64_t size() const { return size_; }
  /// @return how many bytes there were: fewer than wanted where the file ends
  /// @throws Error unreadable
  std::size_t read(std::uint64_t from, std::span<unsigned char> to) const;
  /// The first bytes, at most so many.
  std::vector<unsigned char> start(std::size_t most) const;
  /// All of it.
  /// @throws Error unreadable, also of a file that is larger than any picture in full
  std::vector<unsigned char> contents() const;

 private:
  std::filesystem::path file_;
  int descriptor_;
  std::uint64_t size_ = 0;
};

}  // namespace mvga::tool
