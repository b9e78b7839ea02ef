// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What brings a stream into the form in which it is recorded, as parts of a pipeline.
#pragma once

#include <gst/gst.h>

#include <string>

namespace mvga::tool {

/// For video that is encoded already: what Matroska wants of it. No frame is changed.
std::string parser_for(const GstCaps* caps);

/// For raw video, with a key frame each second.
/// @param bitrate kbit/s; 0: as good as looks good
/// @throws Error settings if there is no encoder: the text names the package
std::string encoder_for(const GstCaps* caps, int bitrate);

}  // namespace mvga::tool
