// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Text of unknown origin, such as names of files and what files say of themselves.
#pragma once

#include <string>
#include <string_view>

namespace mvga {

/// The text as UTF-8: bytes that are none become \xNN.
std::string as_utf8(std::string_view text);

/// The text as a line for a terminal or a log: printable(), but of a long one the middle is left
/// out, as the way out stands at the end.
std::string one_line(std::string_view text);

}  // namespace mvga
