// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The result as metadata of the buffer.
#pragma once

#include <gst/video/video.h>

#include "gst/frame_result.h"

namespace mvga::gst {

inline constexpr const char* kAnomalyMetaName = "MvgaAnomalyMeta";
inline constexpr const char* kRegionTypeName = "anomaly";

/// Registers the custom meta, once for the process. Without tags: a tagged one would be gone after
/// the first videoconvert, while this one survives conversion, scaling, tee and encoders.
void register_anomaly_meta();

/// Layer 1: `MvgaAnomalyMeta`, on every frame. Replaces one that is already there.
void attach_anomaly_meta(GstBuffer* buffer, const FrameResult& result);

/// Layer 2: one GstVideoRegionOfInterestMeta "anomaly" for each region, in pixels, with a parameter
/// structure "detection" as DL Streamer's elements write it.
void attach_region_metas(GstBuffer* buffer, const Detection& detection, const GstVideoInfo& info);

}  // namespace mvga::gst
