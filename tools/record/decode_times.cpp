// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/decode_times.h"

#include <algorithm>

namespace mvga::tool {
namespace {

/// By which a frame may be decoded before others that are shown earlier: 16 frames, 25 a second.
constexpr GstClockTimeDiff kReordering = 640 * GST_MSECOND;

}  // namespace

GstClockTimeDiff DecodeTimes::next(GstClockTimeDiff shown, std::optional<GstClockTimeDiff> said) {
  newest_ = std::max(newest_.value_or(shown), shown);
  GstClockTimeDiff time = std::min(said.value_or(*newest_ - kReordering), shown);
  if (last_ && time <= *last_) time = *last_ + GST_MSECOND / 10;
  last_ = time;
  return time;
}

}  // namespace mvga::tool
