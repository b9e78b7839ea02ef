// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is known of one frame when it leaves the element.
#pragma once

#include <gst/gst.h>

#include <memory>
#include <optional>
#include <string>

#include "core/scoring/detection.h"
#include "gst/frames/handles.h"

namespace mvga::gst {

/// Of what describe() writes.
inline constexpr int kSchema = 2;

/// Where a frame's result comes from. A result that is not the frame's own never looks fresh.
enum class FrameStatus {
  fresh,      ///< this frame was looked at
  held,       ///< the last result, from an earlier frame
  skipped,    ///< no result
  error,      ///< looking at this frame failed
  learning,   ///< no result: what is normal is still being learned
  corrupted,  ///< no result: the frame was damaged on its way, and is neither learned nor looked at
};

/// How far learning has come.
struct LearningProgress {
  guint64 learned = 0;  ///< frames
  guint64 wanted = 0;
};

const char* name_of(FrameStatus status);

struct FrameResult {
  FrameStatus status = FrameStatus::skipped;
  std::shared_ptr<const Detection> detection;     ///< of a fresh or held result, else null
  std::optional<LearningProgress> learning;       ///< with status learning
  GstClockTime result_pts = GST_CLOCK_TIME_NONE;  ///< of the frame that was looked at
  GstClockTime age = 0;                           ///< how much older that frame is than this one
  GstClockTime inference_time = 0;                ///< what looking at it cost
  guint64 event_id = 0;                           ///< of the event that is going on; 0: none
  std::string model_id;
};

/// A region's part of the picture, in fractions of the frame, with its strength.
Structure region_structure(const Region& region, const MapScale& scale);

/// `regions` field: a structure whose fields are region-0, region-1, ..., strongest first. (Nested
/// structures, not arrays: those can be read from every language binding.)
void set_regions(GstStructure* structure, const std::vector<Region>& regions,
                 const MapScale& scale);

/// Writes the fields that metadata and messages have in common: all but the regions.
void describe(GstStructure* structure, const FrameResult& result);

}  // namespace mvga::gst
