// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Texts, numbers and files as they stand in an HTML page.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace mvga::tool {

/// Fit for an element's content and for a quoted attribute.
std::string escaped(std::string_view text);

/// With a point whatever the locale; a dash for NaN.
std::string fixed(double value, int digits);

/// "1 picture", "3 pictures".
std::string counted(std::size_t count, std::string_view noun);

/// The file itself as an address, so that the page needs no other file.
std::string data_uri(std::span<const std::byte> file, std::string_view media_type);

}  // namespace mvga::tool
