// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The way back from metadata (anomaly_meta.h) to the result, wherever the metadata comes from.
#pragma once

#include <gst/gst.h>

#include <optional>
#include <string>
#include <vector>

#include "gst/frames/handles.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

/// Values over the region of interest, row by row.
struct Grid {
  int width = 0;
  int height = 0;
  MapScale scale;
  Owned<GBytes> values;  ///< those of the meta, not copied
};

struct PlacedRegion {
  Region region;
  double confidence = 0;  ///< 0.5 at the threshold of the map, 0..1
};

/// What MvgaPlacesMeta says, as far as mvgadetect was asked for it.
struct Places {
  Box roi;
  std::optional<std::vector<PlacedRegion>> regions;  ///< the strongest first
  std::optional<Grid> map;                           ///< float32
  std::optional<Grid> mask;                          ///< a byte a position: 255 or 0
};

struct MetaReading {
  std::optional<FrameResult> result;  ///< none without a MvgaAnomalyMeta; holds no places
  std::optional<Places> places;       ///< none without a result or a MvgaPlacesMeta
  /// What is wrong with a meta that was left out; empty when all could be read.
  std::string complaint;
};

/// Anyone can write a meta of these names: one that lacks a field, has another schema or sizes that
/// do not fit counts as not there.
MetaReading read_metas(GstBuffer* buffer);

/// With regions and map, as far as the places have them.
Detection placed(const Detection& detection, const Places& places);

}  // namespace mvga::gst
