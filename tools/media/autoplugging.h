// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What decodebin may make of a file: never something that reads from other places.
#pragma once

#include <gst/gst.h>

#include <mutex>
#include <string>

namespace mvga::tool {

/// Whether data of this type is a video, or a container or part of one. Playlists, manifests,
/// session descriptions, lists of addresses, projects and documents are not.
bool holds_media(const std::string& media_type);

class Autoplugging {
 public:
  /// This has to outlive the decodebin.
  void watch(GstElement* decodebin);
  /// The type of what was left alone; empty if nothing was.
  std::string refused() const;

 private:
  static gboolean continues(GstElement*, GstPad*, GstCaps* caps, Autoplugging* self);
  static int select(GstElement*, GstPad*, GstCaps*, GstElementFactory* factory, Autoplugging*);

  mutable std::mutex mutex_;
  std::string refused_;
};

}  // namespace mvga::tool
