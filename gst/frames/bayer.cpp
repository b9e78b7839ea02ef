// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/bayer.h"

#include "gst/frames/handles.h"

namespace mvga::gst {
namespace {

constexpr const char* kBayer = "video/x-bayer";

bool is_bayer(const GstCaps* caps) {
  return caps != nullptr && gst_caps_get_size(caps) > 0 &&
         gst_structure_has_name(gst_caps_get_structure(caps, 0), kBayer);
}

/// What upstream can give; null while it is not known, which is when the pads are being linked.
Caps offered_to(GstPad* sink, GstCaps* filter) {
  if (filter != nullptr) return Caps(gst_caps_ref(filter));
  const Owned<GstPad> upstream(gst_pad_get_peer(sink));
  return upstream ? Caps(gst_pad_query_caps(upstream.get(), nullptr)) : nullptr;
}

bool add_bayer(GstPad* sink, GstQuery* query) {
  GstCaps* filter = nullptr;
  GstCaps* answer = nullptr;
  gst_query_parse_caps(query, &filter);
  gst_query_parse_caps_result(query, &answer);
  Caps bayer(gst_caps_new_empty_simple(kBayer));
  if (const Caps offered = offered_to(sink, filter)) {
    if (answer != nullptr && gst_caps_can_intersect(offered.get(), answer)) return false;
    bayer.reset(gst_caps_intersect(offered.get(), bayer.get()));
  }
  if (gst_caps_is_empty(bayer.get())) return false;
  const Caps both(gst_caps_merge(answer != nullptr ? gst_caps_copy(answer) : gst_caps_new_empty(),
                                 bayer.release()));
  gst_query_set_caps_result(query, both.get());
  return true;
}

/// Downstream is to be linked as well, to what would come if there were a picture.
bool answer_downstream(GstBaseTransform* element, GstQuery* query) {
  GstCaps* filter = nullptr;
  GstCaps* answer = nullptr;
  gst_query_parse_caps(query, &filter);
  gst_query_parse_caps_result(query, &answer);
  if (answer != nullptr && !gst_caps_is_empty(answer)) return false;
  const Caps offered = offered_to(GST_BASE_TRANSFORM_SINK_PAD(element), nullptr);
  if (!offered || !is_bayer(offered.get())) return false;
  const Caps all(gst_pad_get_pad_template_caps(GST_BASE_TRANSFORM_SRC_PAD(element)));
  const Caps wanted(filter != nullptr ? gst_caps_intersect(filter, all.get())
                                      : gst_caps_ref(all.get()));
  gst_query_set_caps_result(query, wanted.get());
  return true;
}

bool accept_bayer(GstQuery* query) {
  GstCaps* caps = nullptr;
  gst_query_parse_accept_caps(query, &caps);
  if (!is_bayer(caps)) return false;
  gst_query_set_accept_caps_result(query, TRUE);
  return true;
}

}  // namespace

bool let_bayer_come(GstBaseTransform* element, GstPadDirection direction, GstQuery* query) {
  if (GST_QUERY_TYPE(query) == GST_QUERY_CAPS)
    return direction == GST_PAD_SINK ? add_bayer(GST_BASE_TRANSFORM_SINK_PAD(element), query)
                                     : answer_downstream(element, query);
  return direction == GST_PAD_SINK && GST_QUERY_TYPE(query) == GST_QUERY_ACCEPT_CAPS &&
         accept_bayer(query);
}

bool refuse_bayer(GstBaseTransform* element, GstEvent* event) {
  if (GST_EVENT_TYPE(event) != GST_EVENT_CAPS) return false;
  GstCaps* caps = nullptr;
  gst_event_parse_caps(event, &caps);
  if (!is_bayer(caps)) return false;
  GST_ELEMENT_ERROR(element, STREAM, WRONG_TYPE,
                    ("This camera gives Bayer video, the raw mosaic of its sensor: put 'bayer2rgb' "
                     "before '%s' to make a picture of it, or have the camera do so.",
                     GST_ELEMENT_NAME(element)),
                    ("video/x-bayer"));
  return true;
}

}  // namespace mvga::gst
