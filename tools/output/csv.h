// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Cells of CSV as RFC 4180 has them, that no spreadsheet takes for a formula.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace mvga::tool {

/// A text. Quoted where it has to be; one that begins as a formula does (= + - @) gets an
/// apostrophe in front; what is no UTF-8, or moves a cursor, is escaped.
std::string csv_text(std::string_view text);

/// A path, which stays a path: "./" is in front of what would be a formula.
std::string csv_path(const std::filesystem::path& path);

/// A number, with a point whatever the locale; empty for NaN.
std::string csv_number(double value, int digits = 6);

}  // namespace mvga::tool
