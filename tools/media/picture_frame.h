// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A decoded picture as the frame that everything else takes.
#pragma once

#include <filesystem>

#include "tools/media/frames.h"
#include "tools/pictures/samples.h"

namespace mvga::tool {

/// In RGB of 8 bits: of 16 the upper ones, without transparency.
Frame frame_of(Samples samples, const std::filesystem::path& file);

}  // namespace mvga::tool
