// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Results that are written line by line, as they come.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace mvga::tool {

/// Writes whole lines: each is there as soon as write() is back, and of one that a full disk cuts
/// off nothing stays in the file. A file that ends within a line, because whoever wrote it was
/// killed, gets the end of that line first.
class Lines {
 public:
  /// To standard output.
  Lines();
  /// To a file. What is there is replaced with the first line, not before.
  /// @param heading the first line
  /// @throws Error not_found, unwritable, no_space if it could not be written
  Lines(std::filesystem::path file, std::string heading);
  ~Lines();
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;

  /// @param line without its end
  /// @throws Error no_space, unwritable
  void write(std::string_view line);
  /// Makes a file that has no line yet, with its heading alone.
  void finish();

 private:
  void open();
  void write_all(std::string_view text);
  [[noreturn]] void fail(int error) const;

  std::filesystem::path file_;  ///< empty: standard output
  std::string heading_;
  int fd_ = -1;
};

}  // namespace mvga::tool
