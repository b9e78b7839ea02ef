// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/base/plain_text.h"

#include <glib.h>

#include <array>
#include <cstdio>

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

std::string escaped_character(gunichar character) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "\\u{%04x}", static_cast<unsigned>(character));
  return text.data();
}

/// Control characters, and those that change the direction of what follows or break the line.
bool is_unsafe(gunichar c) {
  return g_unichar_iscntrl(c) != FALSE || c == 0x2028 || c == 0x2029 ||
         (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x061C;
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
  std::string line;
  line.reserve(valid.size());
  const char* const end = valid.data() + valid.size();
  for (const char* at = valid.data(); at < end; at = g_utf8_next_char(at)) {
    const gunichar character = g_utf8_get_char(at);
    if (!is_unsafe(character))
      line.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
    else if (character < 0x80)
      line += escaped_byte(*at);
    else
      line += escaped_character(character);
  }
  return line;
}

}  // namespace mvga
