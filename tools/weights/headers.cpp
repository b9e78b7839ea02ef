// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/headers.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace mvga::tool {
namespace {

/// Of all responses until the file's: redirects, interim ones, a proxy's.
constexpr std::size_t kMostBytes = 300'000;
constexpr std::size_t kLongestVersion = 1000;

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

ContentRange parse_content_range(std::string_view text) {
  if (!text.starts_with("bytes ")) return {};
  text.remove_prefix(6);
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view range = text.substr(0, slash);
  ContentRange parsed{parse_size(range.substr(0, range.find('-'))), std::nullopt};
  if (slash < text.size()) parsed.total = parse_size(text.substr(slash + 1));
  return parsed;
}

bool Headers::add(std::string_view line) {
  size_ += line.size();
  if (size_ > kMostBytes) return false;
  take(line);
  return true;
}

void Headers::take(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    fields_.clear();
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  std::string name(line.substr(0, colon));
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::string value = trimmed(line.substr(colon + 1));
  if (name == "x-linked-etag") take_hash(value);
  fields_[name] = std::move(value);
}

std::string Headers::operator[](const std::string& name) const {
  const auto found = fields_.find(name);
  return found == fields_.end() ? "" : found->second;
}

std::string Headers::version() const {
  if (!hash_.empty()) return std::string(kHashVersion) + hash_;
  const std::string etag = (*this)["etag"];
  // A weak one promises nothing.
  std::string version = etag.starts_with('"') ? etag : (*this)["last-modified"];
  return version.size() <= kLongestVersion ? version : "";
}

void Headers::take_hash(std::string value) {
  std::erase(value, '"');
  if (is_sha256(value)) hash_ = value;
}

}  // namespace mvga::tool
