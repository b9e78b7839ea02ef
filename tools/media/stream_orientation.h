// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How a video asks to be turned before it is shown, as one of a phone does.
#pragma once

#include <gst/gst.h>

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// Of the stream's tags that have come through the pad: 1 to 8, as EXIF numbers it; 1: not at all.
int stream_orientation(GstPad* pad);

/// What is said of a video that asks for it.
Remark turned_stream(int orientation);

/// As GStreamer's tag has it, "rotate-90" for 6.
const char* orientation_name(int orientation);

}  // namespace mvga::tool
