// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/container.h"

namespace mvga::tool {
namespace {

bool takes(const char* muxer, const GstCaps* caps) {
  GstElementFactory* factory = gst_element_factory_find(muxer);
  if (factory == nullptr) return false;
  const bool taken = gst_element_factory_can_sink_any_caps(factory, caps) != FALSE;
  gst_object_unref(factory);
  return taken;
}

}  // namespace

Container container_for(const GstCaps* caps, int orientation) {
  if (orientation != 1 && takes("mp4mux", caps)) return {"mp4mux", ".mp4", true};
  if (orientation != 1 && takes("qtmux", caps)) return {"qtmux", ".mov", true};
  return {"matroskamux writing-app=mvga", ".mkv", false};
}

const std::vector<std::string_view>& clip_endings() {
  static const std::vector<std::string_view> endings{".mkv", ".mp4", ".mov"};
  return endings;
}

}  // namespace mvga::tool
