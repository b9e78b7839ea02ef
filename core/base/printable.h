// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Text that comes from elsewhere (files, servers, names of files), made fit to be shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mvga {

/// Of a name or a value in a sentence.
inline constexpr std::size_t kLongestShown = 80;
/// Of a whole message, which may name several paths.
inline constexpr std::size_t kLongestMessage = 4000;

/// The text in one line of valid UTF-8, which no terminal takes for an order: control characters,
/// line separators, what turns the direction of writing, and bytes that are no UTF-8 are shown as
/// \n, \x1b or \u202e. What is longer than `longest` bytes ends in an ellipsis.
std::string printable(std::string_view text, std::size_t longest = kLongestShown);

}  // namespace mvga
