// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A decoded picture as the frame that everything else takes.
#pragma once

#include <filesystem>

#include "tools/media/frames.h"
#include "tools/pictures/samples.h"

namespace mvga::tool {

/// In RGB of 8 bits, without transparency: of 16 the upper ones.
/// @param bits in samples of 16 whose white the file does not say: the upper 8 of these
Frame frame_of(Samples samples, const std::filesystem::path& file, int bits);

}  // namespace mvga::tool
