// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/heatmap/heatmap_branch.h"

#include <algorithm>

#include "core/base/stopwatch.h"
#include "gst/frames/mapped_frame.h"
#include "gst/meta/anomaly_meta.h"

namespace mvga::gst {
namespace {

bool is_fixed(const GstStructure* structure, const char* field) {
  const GValue* value = gst_structure_get_value(structure, field);
  return value != nullptr && gst_value_is_fixed(value);
}

int int_of(const GstStructure* structure, const char* field) {
  int value = 1;
  gst_structure_get_int(structure, field, &value);
  return value;
}

// `length` of the other side, in the shape of the frame and with square pixels.
int in_shape(int length, double ratio) {
  return static_cast<int>(std::max(1.0, length * ratio + 0.5));
}

void fixate_size(GstStructure* s, PictureSize native, double aspect) {
  const bool width = is_fixed(s, "width");
  const bool height = is_fixed(s, "height");
  if (width && !height) native.height = in_shape(int_of(s, "width"), 1 / aspect);
  if (height && !width) native.width = in_shape(int_of(s, "height"), aspect);
  gst_structure_fixate_field_nearest_int(s, "width", native.width);
  gst_structure_fixate_field_nearest_int(s, "height", native.height);
}

void fixate_pixel_aspect(GstStructure* s, double aspect) {
  if (!gst_structure_has_field(s, "pixel-aspect-ratio"))
    gst_structure_set(s, "pixel-aspect-ratio", GST_TYPE_FRACTION_RANGE, 1, G_MAXINT, G_MAXINT, 1,
                      nullptr);
  int n = 1;
  int d = 1;
  gst_util_double_to_fraction(aspect * int_of(s, "height") / int_of(s, "width"), &n, &d);
  gst_structure_fixate_field_nearest_fraction(s, "pixel-aspect-ratio", n, d);
}

// In cells of the map that is shown, which may be of another model than the one in use by now.
PictureSize size_for(const FrameResult& result, const FrameSnapshot& snapshot) {
  const PictureSize frame{snapshot.video->width, snapshot.video->height};
  if (!result.detection) return native_size(snapshot.model->map_grid, snapshot.roi, frame);
  const AnomalyMap& map = result.detection->map;
  return native_size(GridSize{map.width, map.height}, result.detection->roi, frame);
}

}  // namespace

GstCaps* fixate_heatmap_caps(GstCaps* caps, PictureSize native, const GstVideoInfo& frame) {
  caps = gst_caps_make_writable(gst_caps_truncate(caps));
  GstStructure* s = gst_caps_get_structure(caps, 0);
  const double aspect = static_cast<double>(frame.width) * frame.par_n /
                        (static_cast<double>(frame.height) * frame.par_d);
  fixate_size(s, native, aspect);
  fixate_pixel_aspect(s, aspect);
  gst_structure_fixate_field_nearest_fraction(s, "framerate", frame.fps_n, frame.fps_d);
  return gst_caps_fixate(caps);
}

HeatmapBranch::HeatmapBranch(GstPad* pad, GstPad* sink)
    : pad_(GST_PAD(gst_object_ref(pad))), sink_(GST_PAD(gst_object_ref(sink))) {}

void HeatmapBranch::start_stream() {
  if (started_) return;
  const Owned<GstElement> element(gst_pad_get_parent_element(pad()));
  if (!element) return;
  const String id(gst_pad_create_stream_id(pad(), element.get(), "heatmap"));
  GstEvent* start = gst_event_new_stream_start(id.get());
  const Owned<GstEvent> main(gst_pad_get_sticky_event(sink_.get(), GST_EVENT_STREAM_START, 0));
  guint group = 0;
  if (main && gst_event_parse_group_id(main.get(), &group)) gst_event_set_group_id(start, group);
  started_ = gst_pad_push_event(pad(), start) != FALSE;  // not while the pad is flushing
}

void HeatmapBranch::send_segment() {
  if (has_segment_ || !origin_) return;
  GstEvent* segment = gst_pad_get_sticky_event(sink_.get(), GST_EVENT_SEGMENT, 0);
  if (segment == nullptr) return;
  has_segment_ = gst_pad_push_event(pad(), segment) != FALSE;
  send_orientation();
}

void HeatmapBranch::send_orientation() {
  if (has_orientation_ || !has_segment_) return;
  has_orientation_ = true;
  for (guint i = 0;; ++i) {
    const Owned<GstEvent> event(gst_pad_get_sticky_event(sink_.get(), GST_EVENT_TAG, i));
    if (!event) return;
    GstTagList* tags = nullptr;
    gst_event_parse_tag(event.get(), &tags);
    gchar* text = nullptr;
    if (!gst_tag_list_get_string(tags, GST_TAG_IMAGE_ORIENTATION, &text)) continue;
    const String orientation(text);
    gst_pad_push_event(pad(), gst_event_new_tag(gst_tag_list_new(GST_TAG_IMAGE_ORIENTATION,
                                                                 orientation.get(), nullptr)));
  }
}

void HeatmapBranch::restart() {
  started_ = has_segment_ = has_orientation_ = false;
  origin_.reset();
}

void HeatmapBranch::follow(GstEvent* event, const std::optional<FrameSnapshot>& now) {
  switch (GST_EVENT_TYPE(event)) {
    case GST_EVENT_STREAM_START:
      restart();
      break;
    case GST_EVENT_TAG:
      has_orientation_ = false;
      break;
    case GST_EVENT_SEGMENT:
      has_segment_ = false;  // sent with what comes next, when it is the sink pad's
      break;
    case GST_EVENT_FLUSH_STOP:
      has_segment_ = false;
      gst_pad_push_event(pad(), gst_event_ref(event));
      break;
    case GST_EVENT_FLUSH_START:
      gst_pad_push_event(pad(), gst_event_ref(event));
      break;
    case GST_EVENT_GAP:
    case GST_EVENT_SEGMENT_DONE:
    case GST_EVENT_EOS:
      start_stream();
      if (now) negotiate(origin_of({}, *now), *now->video);
      send_segment();
      if (has_segment_ || GST_EVENT_TYPE(event) != GST_EVENT_GAP)
        gst_pad_push_event(pad(), gst_event_ref(event));
      break;
    default:
      break;
  }
}

HeatmapBranch::Origin HeatmapBranch::origin_of(const FrameResult& result,
                                               const FrameSnapshot& snapshot) {
  return {size_for(result, snapshot), {snapshot.video->width, snapshot.video->height}};
}

bool HeatmapBranch::negotiate(const Origin& origin, const GstVideoInfo& info) {
  if (!gst_pad_check_reconfigure(pad()) && origin_ == origin) return true;
  const Caps all(gst_pad_get_pad_template_caps(pad()));
  Caps caps(gst_pad_peer_query_caps(pad(), all.get()));
  bool usable = !gst_caps_is_empty(caps.get());
  if (usable) {
    caps.reset(fixate_heatmap_caps(caps.release(), origin.native, info));
    usable = gst_video_info_from_caps(&picture_info_, caps.get()) &&
             gst_pad_push_event(pad(), gst_event_new_caps(caps.get()));
  }
  if (usable)
    origin_ = origin;
  else
    gst_pad_mark_reconfigure(pad());
  return usable;
}

GstFlowReturn HeatmapBranch::complain() {
  const Owned<GstElement> element(gst_pad_get_parent_element(pad()));
  // Released, or flushed, meanwhile.
  if (!element || !gst_pad_is_active(pad()) || GST_PAD_IS_FLUSHING(pad())) return GST_FLOW_OK;
  GST_ELEMENT_ERROR(element.get(), STREAM, FORMAT,
                    ("What is linked to the pad 'heatmap' takes none of its formats: put "
                     "'videoconvert' behind it."),
                    ("GRAY8, GRAY16_LE or BGRA"));
  return GST_FLOW_NOT_NEGOTIATED;
}

HeatmapPush HeatmapBranch::push_picture(const FrameResult& result, GstBuffer* frame) {
  const Stopwatch watch;
  GstBuffer* buffer = gst_buffer_new_allocate(nullptr, picture_info_.size, nullptr);
  gst_buffer_copy_into(buffer, frame, GST_BUFFER_COPY_TIMESTAMPS, 0, -1);
  if (MappedFrame mapped(picture_info_, buffer, GST_MAP_WRITE); mapped)
    picture_->paint(result.detection.get(), mapped.get());
  if (!result.detection) GST_BUFFER_FLAG_SET(buffer, GST_BUFFER_FLAG_GAP);
  attach_anomaly_meta(buffer, result);
  const double painting = watch.seconds();
  return {gst_pad_push(pad(), buffer), painting};
}

HeatmapPush HeatmapBranch::push(const FrameResult& result, GstBuffer* frame,
                                const FrameSnapshot& snapshot) {
  if (!gst_pad_is_linked(pad())) return {};
  start_stream();
  if (!negotiate(origin_of(result, snapshot), *snapshot.video)) return {complain()};
  send_segment();
  send_orientation();
  const overlay::Colormap colormap = snapshot.settings->drawing.colormap;
  if (colormap_ != colormap) {
    colormap_ = colormap;
    picture_.emplace(colormap);
  }
  HeatmapPush pushed = push_picture(result, frame);
  if (pushed.flow == GST_FLOW_NOT_NEGOTIATED) complain();
  if (pushed.flow != GST_FLOW_ERROR && pushed.flow != GST_FLOW_NOT_NEGOTIATED)
    pushed.flow = GST_FLOW_OK;
  return pushed;
}

}  // namespace mvga::gst
