// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/playing_time.h"

#include <array>
#include <cstdio>

namespace mvga::tool {

void PlayingTime::add(const GstSegment& segment, const GstBuffer* buffer) {
  if (segment.format != GST_FORMAT_TIME || !GST_BUFFER_PTS_IS_VALID(buffer)) return;
  const guint64 start =
      gst_segment_to_stream_time(&segment, GST_FORMAT_TIME, GST_BUFFER_PTS(buffer));
  const guint64 length = GST_BUFFER_DURATION_IS_VALID(buffer) ? GST_BUFFER_DURATION(buffer) : 0;
  if (GST_CLOCK_TIME_IS_VALID(start)) seen_ = std::max(seen_, static_cast<gint64>(start + length));
}

std::string PlayingTime::text() const {
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), "it ends at %.1f of %.1f seconds",
                static_cast<double>(seen_) / GST_SECOND,
                static_cast<double>(promised_) / GST_SECOND);
  return text.data();
}

}  // namespace mvga::tool
