// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/autoplugging.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace mvga::tool {
namespace {

/// As decodebin has them (GstAutoplugSelectResult), in no public header.
constexpr int kTry = 0;
constexpr int kSkip = 2;

bool starts_with_any(std::string_view text, const auto& starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

}  // namespace

bool holds_media(const std::string& media_type) {
  static constexpr std::array<std::string_view, 4> kMedia{"video/", "audio/", "image/",
                                                          "multipart/x-mixed-replace"};
  static constexpr std::array<std::string_view, 8> kContainers{
      "application/ogg",       "application/mxf",      "application/gxf",
      "application/x-id3",     "application/x-apetag", "application/vnd.rn-realmedia",
      "application/x-annodex", "application/x-gst-av-"};
  // Drawings may name other files, lists of pieces are called audio, and some of ffmpeg's demuxers
  // (which GStreamer calls x-gst-av-NAME) open what a list names.
  static constexpr std::array<std::string_view, 10> kNone{"image/svg",
                                                          "audio/x-mpegurl",
                                                          "audio/mpegurl",
                                                          "audio/x-scpls",
                                                          "application/x-gst-av-applehttp",
                                                          "application/x-gst-av-concat",
                                                          "application/x-gst-av-dash",
                                                          "application/x-gst-av-hls",
                                                          "application/x-gst-av-image2",
                                                          "application/x-gst-av-webm_dash"};
  if (starts_with_any(media_type, kNone)) return false;
  return starts_with_any(media_type, kMedia) || starts_with_any(media_type, kContainers);
}

void Autoplugging::watch(GstElement* decodebin) {
  g_signal_connect(decodebin, "autoplug-continue", G_CALLBACK(continues), this);
  g_signal_connect(decodebin, "autoplug-select", G_CALLBACK(select), this);
}

std::string Autoplugging::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

gboolean Autoplugging::continues(GstElement*, GstPad*, GstCaps* caps, Autoplugging* self) {
  if (gst_caps_is_any(caps) != FALSE || gst_caps_is_empty(caps) != FALSE) return TRUE;
  const std::string type = gst_structure_get_name(gst_caps_get_structure(caps, 0));
  if (holds_media(type)) return TRUE;
  const std::lock_guard lock(self->mutex_);
  self->refused_ = type;
  return FALSE;
}

/// For a type that both a demuxer and something that fetches would take.
int Autoplugging::select(GstElement*, GstPad*, GstCaps*, GstElementFactory* factory,
                         Autoplugging*) {
  const gchar* text = gst_element_factory_get_metadata(factory, GST_ELEMENT_METADATA_KLASS);
  const std::string_view kind = text != nullptr ? text : "";
  static constexpr std::array<std::string_view, 4> kFetch{"Source", "Network", "Adaptive",
                                                          "Editing"};
  const bool fetches = std::any_of(kFetch.begin(), kFetch.end(), [&](std::string_view word) {
    return kind.find(word) != std::string_view::npos;
  });
  return fetches ? kSkip : kTry;
}

}  // namespace mvga::tool
