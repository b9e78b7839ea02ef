// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Places in the frame as metadata in pixels have them.
#pragma once

#include <gst/video/video.h>

#include "core/base/box.h"

namespace mvga::gst {

/// The whole pixels of a box in fractions of the frame, inside the frame: at least one each way,
/// however small the frame is.
GstVideoRectangle pixels_of(const Box& box, const GstVideoInfo& info);

}  // namespace mvga::gst
