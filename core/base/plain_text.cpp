// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/base/plain_text.h"

#include <glib.h>

#include <array>
#include <cstdio>

#include "core/base/printable.h"

namespace mvga {
namespace {

// Longer than any sentence of ours with two paths in it.
constexpr std::size_t kHead = 3000;
constexpr std::size_t kTail = 1000;

std::string escaped_byte(char byte) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "\\x%02x",
                static_cast<unsigned>(static_cast<unsigned char>(byte)));
  return text.data();
}

bool goes_on(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::string without_middle(std::string text) {
  if (text.size() <= kHead + kTail) return text;
  std::size_t from = kHead;
  while (goes_on(text[from])) --from;
  std::size_t to = text.size() - kTail;
  while (to < text.size() && goes_on(text[to])) ++to;
  return text.substr(0, from) + " [...] " + text.substr(to);
}

}  // namespace

std::string as_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const gchar* end = nullptr;
    g_utf8_validate_len(text.data(), text.size(), &end);
    const auto good = static_cast<std::size_t>(end - text.data());
    valid.append(text.substr(0, good));
    text.remove_prefix(good);
    if (text.empty()) break;
    // NUL is a character, though GLib's texts end there.
    valid += text.front() == '\0' ? std::string(1, '\0') : escaped_byte(text.front());
    text.remove_prefix(1);
  }
  return valid;
}

std::string one_line(std::string_view text) {
  const std::string valid = without_middle(as_utf8(text));
  // An escaped character takes up to ten bytes, and nothing else is to be left out.
  return printable(valid, 10 * valid.size());
}

}  // namespace mvga
