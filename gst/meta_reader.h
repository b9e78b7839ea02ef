// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The way back from metadata (anomaly_meta.h) to the result, wherever the metadata comes from.
#pragma once

#include <gst/gst.h>

#include <optional>
#include <string>

#include "gst/frame_result.h"

namespace mvga::gst {

struct MetaReading {
  /// None without a MvgaAnomalyMeta. Without a MvgaPlacesMeta, or without what it was not asked to
  /// hold, regions and map of the detection are empty.
  std::optional<FrameResult> result;
  /// What is wrong with a meta that was left out; empty when all could be read.
  std::string complaint;
};

/// Anyone can write a meta of these names: one that lacks a field, has another schema or sizes that
/// do not fit counts as not there.
MetaReading read_metas(GstBuffer* buffer);

}  // namespace mvga::gst
