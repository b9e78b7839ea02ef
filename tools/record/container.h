// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a clip is written as.
#pragma once

#include <gst/gst.h>

#include <string>
#include <string_view>
#include <vector>

namespace mvga::tool {

struct Container {
  std::string muxer;  ///< as a part of a pipeline
  std::string ending;
  bool is_mp4 = false;  ///< or of its kin: wants DTS, and says how to turn the video
};

/// Matroska. Video that is to be turned before it is shown goes to MP4, which says so in a way that
/// all players understand, or to QuickTime; Matroska has it if they do not take the video.
/// @param orientation as EXIF numbers it
Container container_for(const GstCaps* caps, int orientation);

/// Of all of them.
const std::vector<std::string_view>& clip_endings();

}  // namespace mvga::tool
