// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgadetect with the small model, and what it says of a frame.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/gst/harness/element_harness.h"

namespace mvga::testing {

/// The fields of MvgaAnomalyMeta, and the regions of MvgaPlacesMeta, with the names that they have
/// there.
struct AnomalyMeta {
  int schema = 0;
  std::string status;
  std::string model_id;
  guint64 event_id = 0;
  std::optional<double> score;  ///< with all that follows, when there is a result
  double threshold = 0;
  double p_value = 0;
  bool anomalous = false;
  guint64 result_pts = GST_CLOCK_TIME_NONE;
  guint64 age = 0;
  guint64 inference_time = 0;
  guint n_regions = 0;
  std::vector<GstVideoRectangle> regions;  ///< in thousandths of the frame
};

/// The meta of a buffer, or the structure of a message that has the same fields.
std::optional<AnomalyMeta> anomaly_meta(GstBuffer* buffer);
AnomalyMeta anomaly_fields(const GstStructure* structure);

/// MvgaPlacesMeta; null if there is none.
const GstStructure* places(GstBuffer* buffer);

/// The region-of-interest metas of type "anomaly".
std::vector<GstVideoRegionOfInterestMeta*> anomaly_regions(GstBuffer* buffer);

/// All that is in the buffer, padding included.
using Bytes = std::vector<guint8>;
Bytes bytes_of(GstBuffer* buffer);

class Detect : public ElementHarness {
 public:
  Detect();

  /// Plays, with these caps; throws what the element complains of.
  void start(const GstVideoInfo& video);

  /// Pushes a frame and gives back what came out; throws if that is not one frame.
  Buffer watch(Buffer buffer);
  /// The frame's meta; throws if there is none.
  AnomalyMeta look_at(Buffer buffer);

  /// Writes `model` while playing, and waits until it is in use (true) or refused. Throws when
  /// neither is said for long.
  bool change_model(const std::string& path);

  GstVideoInfo info{};
};

guint64 number(const GstStructure& structure, const char* field);
double real(const GstStructure& structure, const char* field);
std::string text(const GstStructure& structure, const char* field);

}  // namespace mvga::testing
