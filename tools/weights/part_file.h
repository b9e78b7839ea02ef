// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What has come of a file so far. It outlives the process, so that the next one can go on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace mvga::tool {

/// TARGET.part, and beside it TARGET.part.from, which says what it is a part of. Both are kept,
/// also by a killed process, until remove(); only an empty one goes by itself.
class PartFile {
 public:
  /// Opens what is there, if it is from that address, or begins anew.
  /// @throws Error unwritable (also: another process is at it), no_space, not_found (no such
  /// folder)
  PartFile(const std::filesystem::path& target, std::string address);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  const std::string& address() const { return address_; }
  std::uint64_t size() const { return size_; }
  /// What was said with begin(): tells one state of the file at the address from another.
  const std::string& version() const { return version_; }

  /// Empties it.
  void begin(const std::string& version);
  /// @throws Error no_space, unwritable
  void append(std::span<const std::byte> bytes);
  void remove() const;

 private:
  void open();
  void truncate();
  bool is_from_the_address();

  std::filesystem::path path_;
  std::filesystem::path origin_;
  std::string address_;
  std::string version_;
  std::uint64_t size_ = 0;
  int fd_ = -1;
};

}  // namespace mvga::tool
