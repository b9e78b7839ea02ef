// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// In place of analytics_meta.cpp where GStreamer has no GstAnalytics.
#include "gst/meta/analytics_meta.h"

namespace mvga::gst {

gint attach_analytics(GstBuffer*, const Detection&, const GstVideoInfo&, guint) {
  return 0;
}

}  // namespace mvga::gst
