// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The result as GstAnalytics has it, which GStreamer's own elements and DL Streamer's read. Where
// mvga was built without it (GStreamer before 1.24), nothing is attached.
#pragma once

#include <gst/video/video.h>

#include "core/scoring/detection.h"

namespace mvga::gst {

/// Layer 3: in the buffer's GstAnalyticsRelationMeta, beside what others have put there, of what
/// `attach` (AttachFlags) asks for
/// - regions: a GstAnalyticsODMtd "anomaly" for each, strongest first, in pixels;
/// - score: a GstAnalyticsClsMtd with the confidences of "normal" and "anomaly", which contains
///   the regions;
/// - mask (GStreamer 1.26): a GstAnalyticsSegmentationMtd over the part of the frame that was
/// looked
///   at, in GRAY8, 0 for the first and 1 for the second class, to which it is related N to N.
/// @return the id of the first region; the others follow without a gap. 0 when nothing is attached.
gint attach_analytics(GstBuffer* buffer, const Detection& detection, const GstVideoInfo& info,
                      guint attach);

}  // namespace mvga::gst
