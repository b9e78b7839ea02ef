// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// GstAnalytics metadata of a buffer, as plain values.
#pragma once

#include <gst/analytics/analytics.h>
#include <gst/video/video.h>

#include <map>
#include <string>
#include <vector>

namespace mvga::testing {

struct ObjectMtd {
  guint id = 0;
  std::string type;
  GstVideoRectangle box{};
  float confidence = 0;
};

struct ClassMtd {
  guint id = 0;
  std::vector<std::string> names;
  std::vector<float> confidences;

  /// Throws if there is no such class.
  float confidence_in(const std::string& name) const;
};

/// Each in the order in which they were added; empty without a GstAnalyticsRelationMeta.
std::vector<ObjectMtd> objects_of(GstBuffer* buffer);
std::vector<ClassMtd> classes_of(GstBuffer* buffer);

/// GST_ANALYTICS_REL_TYPE_NONE without one.
GstAnalyticsRelTypes relation(GstBuffer* buffer, guint first, guint second);

#if GST_CHECK_VERSION(1, 26, 0)
struct MaskMtd {
  guint id = 0;
  GstVideoRectangle box{};
  std::vector<guint> region_ids;
  GstVideoFormat format = GST_VIDEO_FORMAT_UNKNOWN;
  int width = 0;
  int height = 0;
  std::vector<guint8> values;  ///< [height, width]
};

std::vector<MaskMtd> masks_of(GstBuffer* buffer);
#endif

}  // namespace mvga::testing
