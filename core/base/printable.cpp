// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/base/printable.h"

#include <glib.h>

#include <array>
#include <cstdio>

namespace mvga {
namespace {

constexpr std::string_view kEllipsis = "...";

/// A character at the beginning of a text.
struct Character {
  gunichar code = 0;
  std::size_t size = 1;
  bool valid = false;
};

Character first_of(std::string_view text) {
  const gunichar code = g_utf8_get_char_validated(text.data(), static_cast<gssize>(text.size()));
  // (gunichar)-1 and -2: no UTF-8, or cut off. A zero byte is a character, though not to GLib.
  if (text.front() == '\0') return {0, 1, true};
  if (code >= static_cast<gunichar>(-2)) return {static_cast<unsigned char>(text.front()), 1};
  return {code, static_cast<std::size_t>(g_utf8_next_char(text.data()) - text.data()), true};
}

/// Whether it does something else than to show itself.
bool is_an_order(gunichar code) {
  constexpr gunichar kNonJoiner = 0x200c;  // how letters meet, in many scripts
  constexpr gunichar kJoiner = 0x200d;
  if (code == kNonJoiner || code == kJoiner) return false;
  switch (g_unichar_type(code)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:  // turns the direction of writing, or is not seen
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return true;
    default:
      return false;
  }
}

std::string escaped(const Character& character) {
  if (character.code == '\n') return "\\n";
  if (character.code == '\r') return "\\r";
  if (character.code == '\t') return "\\t";
  std::array<char, 16> text{};
  const char* const format = !character.valid || character.code < 0x80 ? "\\x%02x" : "\\u%04x";
  std::snprintf(text.data(), text.size(), format, character.code);
  return text.data();
}

}  // namespace

std::string printable(std::string_view text, std::size_t longest) {
  std::string shown;
  std::size_t room_for_ellipsis = 0;  // as much of it as may stay if more does not fit
  while (!text.empty()) {
    const Character character = first_of(text);
    const bool as_it_is = character.valid && !is_an_order(character.code);
    shown += as_it_is ? std::string(text.substr(0, character.size)) : escaped(character);
    if (shown.size() > longest) return shown.substr(0, room_for_ellipsis).append(kEllipsis);
    if (shown.size() + kEllipsis.size() <= longest) room_for_ellipsis = shown.size();
    text.remove_prefix(character.size);
  }
  return shown;
}

}  // namespace mvga
