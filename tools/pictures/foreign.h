// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Formats of still pictures that are not read: who uses them is told so by their name.
#pragma once

#include <string_view>

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// "a GIF", "a HEIC picture", by the first bytes; empty for what is none of them.
std::string_view foreign_picture(Bytes start);

}  // namespace mvga::tool
