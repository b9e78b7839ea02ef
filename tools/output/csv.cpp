// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/output/csv.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/base/plain_text.h"

namespace mvga::tool {
namespace {

bool begins_a_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos;
}

std::string quoted(const std::string& text) {
  const bool plain = text.find_first_of(",;\"'\t\r\n") == std::string::npos &&
                     (text.empty() || (text.front() != ' ' && text.back() != ' '));
  if (plain) return text;
  std::string cell = "\"";
  for (const char c : text) cell.append(c == '"' ? 2 : 1, c);
  return cell + '"';
}

}  // namespace

std::string csv_text(std::string_view text) {
  const std::string line = one_line(text);
  return quoted(begins_a_formula(line) ? "'" + line : line);
}

std::string csv_path(const std::filesystem::path& path) {
  const std::string line = one_line(path.string());
  return quoted(begins_a_formula(line) ? "./" + line : line);
}

std::string csv_number(double value, int digits) {
  if (std::isnan(value)) return {};
  std::array<char, 400> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                 std::chars_format::fixed, digits);
  return {text.data(), end.ptr};
}

}  // namespace mvga::tool
