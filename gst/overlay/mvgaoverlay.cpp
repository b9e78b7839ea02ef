// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

/**
 * SECTION:element-mvgaoverlay
 * @title: mvgaoverlay
 * @short_description: Draws what mvgadetect found, from the metadata of the frames
 *
 * Heat map, contours, boxes and label as `mvgadetect overlay=blend` draws them, but anywhere
 * downstream of it and at whatever size the frames have there: one inference is enough for a clean
 * and an annotated recording. Frames without metadata pass as they are.
 *
 * Known limits: heat map and contours take `attach=score+regions+map` on mvgadetect. Behind a crop
 * only the label is left, because the places are not known there.
 *
 * |[
 * gst-launch-1.0 -e filesrc location=shift.mp4 ! decodebin ! videoconvert ! \
 *   mvgadetect model=line.mvga attach=score+regions+map ! tee name=t \
 *   t. ! queue ! videoconvert ! x264enc ! matroskamux ! filesink location=clean.mkv \
 *   t. ! queue ! mvgaoverlay ! videoconvert ! x264enc ! matroskamux ! filesink location=drawn.mkv
 * ]|
 */
#include "gst/overlay/mvgaoverlay.h"

#include <memory>

#include "gst/drawing/drawing_enums.h"
#include "gst/element/errors.h"
#include "gst/element/object_lock.h"
#include "gst/element/property_table.h"
#include "gst/frames/allocation.h"
#include "gst/frames/bayer.h"
#include "gst/frames/formats.h"
#include "gst/frames/frame_times.h"
#include "gst/overlay/overlay_run.h"

GST_DEBUG_CATEGORY(mvga_overlay_debug);
#undef GST_CAT_DEFAULT  // of another file, in a unity build
#define GST_CAT_DEFAULT mvga_overlay_debug

using mvga::gst::Drawing;
using mvga::gst::guarded;
using mvga::gst::locked_copy;
using mvga::gst::locked_replace;
using mvga::gst::Mutable;
using mvga::gst::OverlayElementSettings;
using mvga::gst::OverlayRun;
using OverlayProperties = mvga::gst::PropertyTable<MvgaOverlay, OverlayElementSettings>;

struct _MvgaOverlay {
  GstBaseTransform parent;
  OverlayElementSettings* settings;  ///< under the object lock
  /// Empty unless started. Under the object lock: frames and events may come while it starts.
  std::shared_ptr<OverlayRun>* run;
};

static GstStaticPadTemplate overlay_sink_template =
    GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS(MVGA_VIDEO_CAPS));
static GstStaticPadTemplate overlay_src_template = GST_STATIC_PAD_TEMPLATE(
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS(MVGA_VIDEO_CAPS_WITH_COMPOSITIONS));

G_DEFINE_TYPE_WITH_CODE(MvgaOverlay, mvga_overlay, GST_TYPE_BASE_TRANSFORM,
                        GST_DEBUG_CATEGORY_INIT(mvga_overlay_debug, "mvgaoverlay", 0,
                                                "drawing what was found"));
GST_ELEMENT_REGISTER_DEFINE(mvgaoverlay, "mvgaoverlay", GST_RANK_NONE, MVGA_TYPE_OVERLAY);

/* ---- streaming --------------------------------------------------------------------------------
 */

static OverlayElementSettings settings_of(MvgaOverlay* self) {
  return locked_copy(self, *self->settings);
}

static std::shared_ptr<OverlayRun> run_of(MvgaOverlay* self) {
  return locked_copy(self, *self->run);
}

static gboolean mvga_overlay_start(GstBaseTransform* trans) {
  MvgaOverlay* self = MVGA_OVERLAY(trans);
  return guarded(GST_ELEMENT(self), [&] {
    locked_replace(self, *self->run, std::make_shared<OverlayRun>(GST_ELEMENT(self)));
  });
}

static gboolean mvga_overlay_stop(GstBaseTransform* trans) {
  MvgaOverlay* self = MVGA_OVERLAY(trans);
  locked_replace(self, *self->run, std::shared_ptr<OverlayRun>());
  return TRUE;
}

static GstCaps* mvga_overlay_transform_caps(GstBaseTransform* trans, GstPadDirection direction,
                                            GstCaps* caps, GstCaps* filter) {
  const Drawing mode = settings_of(MVGA_OVERLAY(trans)).mode;
  return mvga::gst::transform_caps(direction, caps, filter, mode);
}

static gboolean mvga_overlay_set_caps(GstBaseTransform* trans, GstCaps* incaps, GstCaps*) {
  const auto run = run_of(MVGA_OVERLAY(trans));
  GstVideoInfo info;
  if (!run || !gst_video_info_from_caps(&info, incaps)) return FALSE;
  run->configure(info);
  return TRUE;
}

static void mvga_overlay_before_transform(GstBaseTransform* trans, GstBuffer* buffer) {
  mvga::gst::sync_controlled_values(trans, buffer);
}

static GstFlowReturn mvga_overlay_transform_ip(GstBaseTransform* trans, GstBuffer* buffer) {
  MvgaOverlay* self = MVGA_OVERLAY(trans);
  const auto run = run_of(self);
  if (!run) return GST_FLOW_FLUSHING;
  const bool done = guarded(GST_ELEMENT(self), [&] { run->process(buffer, settings_of(self)); });
  return done ? GST_FLOW_OK : GST_FLOW_ERROR;
}

static gboolean mvga_overlay_src_event(GstBaseTransform* trans, GstEvent* event) {
  MvgaOverlay* self = MVGA_OVERLAY(trans);
  const auto run = run_of(self);
  if (run && GST_EVENT_TYPE(event) == GST_EVENT_RECONFIGURE) run->ask_downstream_again();
  return GST_BASE_TRANSFORM_CLASS(mvga_overlay_parent_class)->src_event(trans, event);
}

static gboolean mvga_overlay_propose_allocation(GstBaseTransform* trans, GstQuery*,
                                                GstQuery* query) {
  return mvga::gst::answer_allocation(trans, query);
}

static gboolean mvga_overlay_sink_event(GstBaseTransform* trans, GstEvent* event) {
  if (mvga::gst::refuse_bayer(trans, event)) {
    gst_event_unref(event);
    return FALSE;
  }
  return GST_BASE_TRANSFORM_CLASS(mvga_overlay_parent_class)->sink_event(trans, event);
}

static gboolean mvga_overlay_query(GstBaseTransform* trans, GstPadDirection direction,
                                   GstQuery* query) {
  const gboolean answered =
      GST_BASE_TRANSFORM_CLASS(mvga_overlay_parent_class)->query(trans, direction, query);
  return mvga::gst::let_bayer_come(trans, direction, query) || answered;
}

/* ---- properties -------------------------------------------------------------------------------
 */

// The caps say whether overlays are attached.
static void negotiate_again(MvgaOverlay* self) {
  gst_base_transform_reconfigure_src(GST_BASE_TRANSFORM(self));
}

static OverlayProperties all_overlay_properties() {
  using S = OverlayElementSettings;
  OverlayProperties table;
  table.flags(
      {"overlay-style", "Overlay style",
       "What is drawn of what the metadata has; heat map and contours take "
       "attach=score+regions+map on mvgadetect"},
      Mutable::playing, mvga::gst::overlay_style_get_type(),
      [](auto& s) -> auto& { return s.drawing.style; });
  table.choice(
      {"colormap", "Colour map", "Colours of the heat map"}, Mutable::playing,
      mvga::gst::colormap_get_type(), [](auto& s) -> auto& { return s.drawing.colormap; });
  table.number(
      {"alpha", "Alpha", "Opacity of the heat map"}, Mutable::controlled, 0.0, 1.0,
      [](auto& s) -> auto& { return s.drawing.alpha; });
  table.choice({"mode", "Mode", "Where it is drawn"}, Mutable::playing,
               mvga::gst::drawing_get_type(), &S::mode);
  table.on_write("mode", {.after = negotiate_again});
  table.number({"expire", "Expire",
                "Age (ns) above which a result that is held from an earlier frame is "
                "not drawn any more; 0: never"},
               Mutable::playing, guint64{0}, G_MAXUINT64, &S::expire);
  return table;
}

static const OverlayProperties& overlay_properties() {
  static const OverlayProperties table = all_overlay_properties();
  return table;
}

static void mvga_overlay_set_property(GObject* object, guint id, const GValue* value,
                                      GParamSpec* pspec) {
  MvgaOverlay* self = MVGA_OVERLAY(object);
  overlay_properties().set(self, *self->settings, id, value, pspec);
}

static void mvga_overlay_get_property(GObject* object, guint id, GValue* value, GParamSpec* pspec) {
  MvgaOverlay* self = MVGA_OVERLAY(object);
  overlay_properties().get(self, *self->settings, id, value, pspec);
}

/* ---- class ------------------------------------------------------------------------------------
 */

static void mvga_overlay_init(MvgaOverlay* self) {
  self->settings = new OverlayElementSettings;
  self->run = new std::shared_ptr<OverlayRun>;
  gst_base_transform_set_in_place(GST_BASE_TRANSFORM(self), TRUE);
  gst_base_transform_set_passthrough(GST_BASE_TRANSFORM(self), FALSE);
  // A late frame is passed on, never dropped.
  gst_base_transform_set_qos_enabled(GST_BASE_TRANSFORM(self), FALSE);
}

static void mvga_overlay_finalize(GObject* object) {
  MvgaOverlay* self = MVGA_OVERLAY(object);
  delete self->run;
  delete self->settings;
  G_OBJECT_CLASS(mvga_overlay_parent_class)->finalize(object);
}

static void mvga_overlay_class_init(MvgaOverlayClass* klass) {
  GObjectClass* object_class = G_OBJECT_CLASS(klass);
  GstElementClass* element_class = GST_ELEMENT_CLASS(klass);
  GstBaseTransformClass* transform_class = GST_BASE_TRANSFORM_CLASS(klass);

  object_class->set_property = GST_DEBUG_FUNCPTR(mvga_overlay_set_property);
  object_class->get_property = GST_DEBUG_FUNCPTR(mvga_overlay_get_property);
  object_class->finalize = GST_DEBUG_FUNCPTR(mvga_overlay_finalize);
  overlay_properties().install(object_class);

  gst_element_class_set_static_metadata(
      element_class, "Anomaly overlay", "Filter/Effect/Video",
      "Draws what mvgadetect found, from the metadata of the frames", "the mvga authors");
  gst_element_class_add_static_pad_template(element_class, &overlay_sink_template);
  gst_element_class_add_static_pad_template(element_class, &overlay_src_template);

  transform_class->start = GST_DEBUG_FUNCPTR(mvga_overlay_start);
  transform_class->stop = GST_DEBUG_FUNCPTR(mvga_overlay_stop);
  transform_class->transform_caps = GST_DEBUG_FUNCPTR(mvga_overlay_transform_caps);
  transform_class->set_caps = GST_DEBUG_FUNCPTR(mvga_overlay_set_caps);
  transform_class->before_transform = GST_DEBUG_FUNCPTR(mvga_overlay_before_transform);
  transform_class->transform_ip = GST_DEBUG_FUNCPTR(mvga_overlay_transform_ip);
  transform_class->propose_allocation = GST_DEBUG_FUNCPTR(mvga_overlay_propose_allocation);
  transform_class->query = GST_DEBUG_FUNCPTR(mvga_overlay_query);
  transform_class->sink_event = GST_DEBUG_FUNCPTR(mvga_overlay_sink_event);
  transform_class->src_event = GST_DEBUG_FUNCPTR(mvga_overlay_src_event);
}
