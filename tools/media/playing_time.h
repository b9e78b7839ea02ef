// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How far a film has come, against what its head promises.
#pragma once

#include <gst/gst.h>

#include <algorithm>
#include <string>

namespace mvga::tool {

class PlayingTime {
 public:
  void promise(gint64 duration) { promised_ = duration; }
  void add(const GstSegment& segment, const GstBuffer* buffer);

  /// Sound may go on for a little after the last frame.
  bool broke_off() const {
    return seen_ > 0 && promised_ - seen_ > std::max<gint64>(GST_SECOND, promised_ / 20);
  }
  /// "it ends at 4.0 of 8.0 seconds"
  std::string text() const;

 private:
  gint64 promised_ = 0;
  gint64 seen_ = 0;
};

}  // namespace mvga::tool
