// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/stream_kind.h"

#include <set>

namespace mvga::tool {

std::string media_type(const GstCaps* caps) {
  if (caps == nullptr || gst_caps_is_any(caps) || gst_caps_is_empty(caps)) return {};
  return gst_structure_get_name(gst_caps_get_structure(caps, 0));
}

bool is_video(const std::string& type) {
  return type.starts_with("video/") || type == "image/jpeg";
}

gst::Owned<GstCaps> caps_of(GstPad* pad) {
  GstCaps* caps = gst_pad_get_current_caps(pad);
  return gst::Owned<GstCaps>(caps != nullptr ? caps : gst_pad_query_caps(pad, nullptr));
}

std::string other_media(GstPad* pad) {
  const gst::Owned<GstCaps> caps = caps_of(pad);
  std::string type = media_type(caps.get());
  if (type == "application/x-rtp") {
    const gchar* media = gst_structure_get_string(gst_caps_get_structure(caps.get(), 0), "media");
    return media == nullptr || std::string(media) == "video" ? "" : media;
  }
  const bool other = type.starts_with("audio/") || type.starts_with("text/");
  return other ? type : "";
}

bool is_live(GstPad* pad) {
  const gst::Owned<GstQuery> query(gst_query_new_latency());
  gboolean live = FALSE;
  if (gst_pad_query(pad, query.get()) != FALSE)
    gst_query_parse_latency(query.get(), &live, nullptr, nullptr);
  return live != FALSE;
}

bool reorders(const std::string& type) {
  static const std::set<std::string> in_order{"video/x-raw", "image/jpeg", "video/x-vp8",
                                              "video/x-vp9"};
  return !in_order.contains(type);
}

bool has_one_picture_each(const GstCaps* caps) {
  const std::string type = media_type(caps);
  if (type == "image/jpeg") return true;
  const gchar* fields = gst_structure_get_string(gst_caps_get_structure(caps, 0), "interlace-mode");
  return (type == "video/x-h264" || type == "video/x-h265") &&
         (fields == nullptr || std::string(fields) == "progressive");
}

}  // namespace mvga::tool
