// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Caps and buffers, right and wrong, as a script says.
#pragma once

#include <gst/video/video.h>

#include "tests/fuzz/storm/script.h"

namespace mvga::fuzz {

GstCaps* caps_from(Script& script);

/// What downstream takes.
GstCaps* caps_downstream(Script& script);

/// @param video what its caps say
GstBuffer* buffer_from(Script& script, const GstVideoInfo& video, GstClockTime time);

}  // namespace mvga::fuzz
