// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a stream goes through on its way to the recorder and to the detector.
#pragma once

#include <gst/gst.h>

#include <string>

namespace mvga::tool {

struct GraphSettings {
  bool live = false;     ///< frames come in when they are seen
  bool overlay = false;  ///< what the detector draws is recorded
  int bitrate = 0;       ///< kbit/s, of what has to be encoded; 0: constant quality
};

/// A bin's description. The stream comes in at `in`, is in whole frames at `whole`, waits for the
/// decoder in `undecoded`, and leaves at the sinks `encoded` and `watched`; what was drawn on comes
/// back at `drawn`.
/// @throws Error settings if there is no encoder
std::string recording_graph(const GstCaps* caps, const GraphSettings& settings);

}  // namespace mvga::tool
