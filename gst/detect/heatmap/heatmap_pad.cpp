// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/heatmap/heatmap_pad.h"

#include <gst/base/gstbasetransform.h>

namespace mvga::gst {
namespace {

gboolean answer(GstPad* pad, GstObject* parent, GstQuery* query) {
  // As late as the frames.
  if (GST_QUERY_TYPE(query) == GST_QUERY_LATENCY)
    return gst_pad_query(GST_BASE_TRANSFORM_SRC_PAD(parent), query);
  return gst_pad_query_default(pad, parent, query);
}

// What the branch wants of the whole stream goes on; what is about its own pictures, like QoS and
// new caps, must not reach the camera.
gboolean pass_on(GstPad* /*pad*/, GstObject* parent, GstEvent* event) {
  if (GST_EVENT_TYPE(event) == GST_EVENT_SEEK)
    return gst_pad_push_event(GST_BASE_TRANSFORM_SINK_PAD(parent), event);
  gst_event_unref(event);
  return TRUE;
}

}  // namespace

GstPad* new_heatmap_pad(GstPadTemplate* pad_template) {
  GstPad* pad = gst_pad_new_from_template(pad_template, "heatmap");
  gst_pad_set_query_function(pad, answer);
  gst_pad_set_event_function(pad, pass_on);
  gst_pad_set_active(pad, TRUE);
  return pad;
}

}  // namespace mvga::gst
