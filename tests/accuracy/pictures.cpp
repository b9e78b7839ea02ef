// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/accuracy/pictures.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace mvga::testing {

Sample decode(const std::filesystem::path& file, const char* format) {
  const std::string convert =
      format != nullptr ? " ! videoconvert ! video/x-raw,format=" + std::string(format) : "";
  GstElement* pipeline = gst_parse_launch(
      ("filesrc name=source ! decodebin" + convert + " ! appsink name=sink sync=false").c_str(),
      nullptr);
  GstElement* source = gst_bin_get_by_name(GST_BIN(pipeline), "source");
  GstElement* sink = gst_bin_get_by_name(GST_BIN(pipeline), "sink");
  g_object_set(source, "location", file.c_str(), nullptr);
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  Sample sample(gst_app_sink_pull_sample(GST_APP_SINK(sink)));
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(source);
  gst_object_unref(sink);
  gst_object_unref(pipeline);
  if (!sample) throw std::runtime_error("cannot decode " + file.string());
  return sample;
}

Mask read_mask(const std::filesystem::path& file) {
  const Sample sample = decode(file, "GRAY8");
  GstVideoInfo info;
  gst_video_info_from_caps(&info, gst_sample_get_caps(sample.get()));
  GstVideoFrame frame;
  gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample.get()), GST_MAP_READ);
  Mask mask{info.width, info.height, {}};
  for (int y = 0; y < mask.height; ++y) {
    const auto* row = static_cast<const guint8*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0)) +
                      static_cast<std::ptrdiff_t>(y) * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0);
    for (int x = 0; x < mask.width; ++x) mask.defect.push_back(row[x] > 127);
  }
  gst_video_frame_unmap(&frame);
  return mask;
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace mvga::testing
