// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The result as metadata of the buffer: what the frame is like, which holds whatever is done to the
// picture, and where, which does not.
#pragma once

#include <gst/video/video.h>

#include <memory>

#include "gst/meta/frame_result.h"

namespace mvga::gst {

inline constexpr const char* kAnomalyMetaName = "MvgaAnomalyMeta";
inline constexpr const char* kPlacesMetaName = "MvgaPlacesMeta";
/// What regions are called wherever they are listed, and the number of that class.
inline constexpr const char* kRegionTypeName = "anomaly";
inline constexpr int kAnomalyLabelId = 1;

/// What frames carry. Can be joined with |.
enum AttachFlags : guint {
  attach_score = 1 << 0,
  attach_regions = 1 << 1,
  attach_map = 1 << 2,
  attach_mask = 1 << 3,
};

/// Registers the custom metas, once for the process. MvgaAnomalyMeta has no tags and survives all
/// that copies metadata. MvgaPlacesMeta has those of GstVideoRegionOfInterestMeta: it goes through
/// conversion, scaling and encoders, and is gone after a crop, or after scaling that adds borders.
void register_anomaly_metas();

/// Of the buffer's custom meta of this name; null without one.
GstStructure* meta_structure(GstBuffer* buffer, const char* name);

/// Layer 1: `MvgaAnomalyMeta`, on every frame. Replaces one that is already there.
void attach_anomaly_meta(GstBuffer* buffer, const FrameResult& result);

/// Layer 1, too: `MvgaPlacesMeta`, with what `attach` (AttachFlags) asks for of regions, map and
/// mask, if anything. Replaces one that is already there. The map is not copied.
void attach_places_meta(GstBuffer* buffer, const std::shared_ptr<const Detection>& detection,
                        guint attach);

/// Layer 2: one GstVideoRegionOfInterestMeta "anomaly" for each region, in pixels, with a parameter
/// structure "detection" as DL Streamer's elements write it. Their ids count from first_id on.
void attach_region_metas(GstBuffer* buffer, const Detection& detection, const GstVideoInfo& info,
                         gint first_id);

}  // namespace mvga::gst
