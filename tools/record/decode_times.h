// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// When the frames of a clip are decoded.
#pragma once

#include <gst/gst.h>

#include <optional>

namespace mvga::tool {

/// For MP4, which stores these times and has the others relative to them. Each is later than the
/// one before and no later than the frame is shown, whatever the source says or does not.
class DecodeTimes {
 public:
  /// Frames in the order in which they are decoded. Nanoseconds in the time of the clip, negative
  /// for what is decoded before its first frame is shown.
  /// @param said by the source, if it says it
  GstClockTimeDiff next(GstClockTimeDiff shown, std::optional<GstClockTimeDiff> said);

 private:
  std::optional<GstClockTimeDiff> last_;
  std::optional<GstClockTimeDiff> newest_;  ///< the latest that any frame is shown
};

}  // namespace mvga::tool
