// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The formats that the elements take, as their pads say.
#pragma once

#include <gst/video/video.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gst/frames/formats.h"

namespace mvga::testing {

inline std::vector<GstVideoFormat> all_formats() {
  std::string name;
  std::vector<GstVideoFormat> formats;
  for (const char c : std::string(MVGA_VIDEO_FORMATS)) {
    if (g_ascii_isalnum(c) || c == '_') {
      name += c;
    } else if (!name.empty()) {
      formats.push_back(gst_video_format_from_string(name.c_str()));
      name.clear();
    }
  }
  return formats;
}

inline std::string name_of_format(const ::testing::TestParamInfo<GstVideoFormat>& info) {
  return gst_video_format_to_string(info.param);
}

}  // namespace mvga::testing
