// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From frames in memory to an H.264 film in a Matroska file.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "examples/inspection-line/settings.h"

namespace film {

/// Paints frame number `frame` as rows of BGRx without padding.
using PaintFrame = std::function<void(int frame, std::uint8_t* pixels)>;

/// The file appears when it is complete.
/// @throws std::runtime_error with one line that says what is wrong
void write_film(const Settings& settings, const PaintFrame& paint);

}  // namespace film
