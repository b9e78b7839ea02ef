// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/late_frames.h"

#include <algorithm>

namespace mvga::gst {

void LateFrames::observe(GstEvent* qos) {
  GstQOSType type = GST_QOS_TYPE_UNDERFLOW;
  Verdict verdict;
  GstClockTime timestamp = GST_CLOCK_TIME_NONE;
  gst_event_parse_qos(qos, &type, &verdict.proportion, &verdict.jitter, &timestamp);
  if (!GST_CLOCK_TIME_IS_VALID(timestamp)) return;
  // Of longer times, which only a broken sink names, no more can be reckoned with.
  constexpr GstClockTimeDiff kMost = G_MAXINT64 / 4;
  const GstClockTimeDiff jitter = std::clamp(verdict.jitter, -kMost, kMost);
  // A frame that is late by `jitter` is followed by others that are on their way already: twice as
  // much has to be caught up, as GStreamer's decoders do it.
  const GstClockTimeDiff ahead = jitter > 0 ? 2 * jitter : jitter;
  const auto earliest =
      static_cast<GstClockTimeDiff>(std::min<GstClockTime>(timestamp, kMost)) + ahead;
  const std::lock_guard lock(mutex_);
  earliest_ = static_cast<GstClockTime>(std::max<GstClockTimeDiff>(earliest, 0));
  verdict_ = verdict;
}

void LateFrames::reset() {
  const std::lock_guard lock(mutex_);
  earliest_ = GST_CLOCK_TIME_NONE;
  verdict_ = {};
}

bool LateFrames::is_late(GstClockTime running_time) const {
  const std::lock_guard lock(mutex_);
  return GST_CLOCK_TIME_IS_VALID(running_time) && GST_CLOCK_TIME_IS_VALID(earliest_) &&
         verdict_.jitter > 0 && running_time < earliest_;
}

LateFrames::Verdict LateFrames::verdict() const {
  const std::lock_guard lock(mutex_);
  return verdict_;
}

}  // namespace mvga::gst
