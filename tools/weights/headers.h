// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a server says before it sends a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mvga::tool {

/// Without the white space around it.
std::string trimmed(std::string_view text);
std::optional<std::uint64_t> parse_size(std::string_view text);

/// "bytes 100-199/200", or "bytes */200" where no such range is.
struct ContentRange {
  std::optional<std::uint64_t> first;
  std::optional<std::uint64_t> total;
};

ContentRange parse_content_range(std::string_view text);

/// What a version begins with that is a SHA-256.
inline constexpr std::string_view kHashVersion = "sha256:";

/// The headers of one response after the other, while curl follows redirects.
class Headers {
 public:
  /// @return false if there is no end to them
  bool add(std::string_view line);
  /// Of the last response.
  std::string operator[](const std::string& name) const;
  /// The SHA-256 that timm's hub names with the redirect to where the file is.
  const std::string& hash() const { return hash_; }
  /// What tells this state of the file from later ones; empty if the server does not say.
  std::string version() const;

 private:
  void take(std::string_view line);
  void take_hash(std::string value);

  std::map<std::string, std::string> fields_;
  std::string hash_;
  std::size_t size_ = 0;
};

}  // namespace mvga::tool
