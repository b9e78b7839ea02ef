// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

/**
 * SECTION:element-mvgafit
 * @title: mvgafit
 * @short_description: Learns what is normal from the video that passes through
 *
 * Frames pass through unchanged. With the end of the stream, a model is written for #mvgadetect,
 * before EOS goes on. An interrupted stream gives a model of what was seen, unless it was too
 * little, in which case the file at `model` stays what it was.
 *
 * Progress is posted on the bus at least every second, as `mvga-fit` element messages and as
 * INFO messages, which gst-launch-1.0 prints.
 *
 * Known limits: fitting needs one backbone pass for each frame (three with `light`) and another one
 * for each frame that is kept for calibration (at most 300; up to 3000 for a target-fpr below 1 %).
 * Those frames lie in
 * the temporary folder (TMPDIR) until then: 300 of them take 130 MB with EfficientNet-B4.
 * What was written stays: frames that come after EOS (a player that loops) are not learned.
 *
 * |[
 * gst-launch-1.0 filesrc location=good.mp4 ! decodebin ! videoconvert ! \
 *   mvgafit model=line.mvga ! fakesink
 * ]|
 */
#include "gst/fit/mvgafit.h"

#include <memory>

#include "gst/element/errors.h"
#include "gst/element/object_lock.h"
#include "gst/fit/fit_run.h"
#include "gst/fit/properties.h"
#include "gst/frames/allocation.h"
#include "gst/frames/bayer.h"
#include "gst/frames/formats.h"

GST_DEBUG_CATEGORY(mvga_fit_debug);
#undef GST_CAT_DEFAULT  // of another file, in a unity build
#define GST_CAT_DEFAULT mvga_fit_debug

using mvga::gst::fit_properties;
using mvga::gst::FitElementSettings;
using mvga::gst::FitRun;
using mvga::gst::guarded;
using mvga::gst::locked_copy;
using mvga::gst::locked_replace;

struct _MvgaFit {
  GstBaseTransform parent;
  FitElementSettings* settings;  ///< under the object lock
  /// Empty unless started. Under the object lock: frames and events may come while it starts.
  std::shared_ptr<FitRun>* run;
};

static GstStaticPadTemplate fit_sink_template =
    GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS(MVGA_VIDEO_CAPS));
static GstStaticPadTemplate fit_src_template =
    GST_STATIC_PAD_TEMPLATE("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS(MVGA_VIDEO_CAPS));

G_DEFINE_TYPE_WITH_CODE(MvgaFit, mvga_fit, GST_TYPE_BASE_TRANSFORM,
                        GST_DEBUG_CATEGORY_INIT(mvga_fit_debug, "mvgafit", 0,
                                                "learning what is normal"));
GST_ELEMENT_REGISTER_DEFINE(mvgafit, "mvgafit", GST_RANK_NONE, MVGA_TYPE_FIT);

/* ---- learning ---------------------------------------------------------------------------------
 */

static std::shared_ptr<FitRun> run_of(MvgaFit* self) {
  return locked_copy(self, *self->run);
}

static gboolean mvga_fit_start(GstBaseTransform* trans) {
  MvgaFit* self = MVGA_FIT(trans);
  const FitElementSettings settings = locked_copy(self, *self->settings);
  return guarded(GST_ELEMENT(self), [&] {
    locked_replace(self, *self->run, std::make_shared<FitRun>(GST_ELEMENT(self), settings));
  });
}

static gboolean mvga_fit_stop(GstBaseTransform* trans) {
  MvgaFit* self = MVGA_FIT(trans);
  if (const auto run = run_of(self)) run->interrupt();
  locked_replace(self, *self->run, std::shared_ptr<FitRun>());
  return TRUE;
}

static gboolean mvga_fit_set_caps(GstBaseTransform* trans, GstCaps* incaps, GstCaps*) {
  MvgaFit* self = MVGA_FIT(trans);
  const auto run = run_of(self);
  GstVideoInfo info;
  if (!run || !gst_video_info_from_caps(&info, incaps)) return FALSE;
  return guarded(GST_ELEMENT(self), [&] { run->configure(info); });
}

static GstFlowReturn mvga_fit_transform_ip(GstBaseTransform* trans, GstBuffer* buffer) {
  const auto run = run_of(MVGA_FIT(trans));
  return run ? run->learn(buffer) : GST_FLOW_FLUSHING;
}

static gboolean mvga_fit_sink_event(GstBaseTransform* trans, GstEvent* event) {
  if (mvga::gst::refuse_bayer(trans, event)) {
    gst_event_unref(event);
    return FALSE;
  }
  const auto run = run_of(MVGA_FIT(trans));
  if (run && GST_EVENT_TYPE(event) == GST_EVENT_EOS) run->finish();
  return GST_BASE_TRANSFORM_CLASS(mvga_fit_parent_class)->sink_event(trans, event);
}

static gboolean mvga_fit_query(GstBaseTransform* trans, GstPadDirection direction,
                               GstQuery* query) {
  const gboolean answered =
      GST_BASE_TRANSFORM_CLASS(mvga_fit_parent_class)->query(trans, direction, query);
  return mvga::gst::let_bayer_come(trans, direction, query) || answered;
}

static gboolean mvga_fit_propose_allocation(GstBaseTransform* trans, GstQuery*, GstQuery* query) {
  return mvga::gst::answer_allocation(trans, query);
}

/* ---- properties -------------------------------------------------------------------------------
 */

static void mvga_fit_set_property(GObject* object, guint id, const GValue* value,
                                  GParamSpec* pspec) {
  MvgaFit* self = MVGA_FIT(object);
  fit_properties().set(self, *self->settings, id, value, pspec);
}

static void mvga_fit_get_property(GObject* object, guint id, GValue* value, GParamSpec* pspec) {
  MvgaFit* self = MVGA_FIT(object);
  fit_properties().get(self, *self->settings, id, value, pspec);
}

/* ---- class ------------------------------------------------------------------------------------
 */

static void mvga_fit_init(MvgaFit* self) {
  self->settings = new FitElementSettings;
  self->run = new std::shared_ptr<FitRun>;
  gst_base_transform_set_passthrough(GST_BASE_TRANSFORM(self), TRUE);
}

static void mvga_fit_finalize(GObject* object) {
  MvgaFit* self = MVGA_FIT(object);
  delete self->run;
  delete self->settings;
  G_OBJECT_CLASS(mvga_fit_parent_class)->finalize(object);
}

static void mvga_fit_class_init(MvgaFitClass* klass) {
  GObjectClass* object_class = G_OBJECT_CLASS(klass);
  GstElementClass* element_class = GST_ELEMENT_CLASS(klass);
  GstBaseTransformClass* transform_class = GST_BASE_TRANSFORM_CLASS(klass);

  object_class->set_property = GST_DEBUG_FUNCPTR(mvga_fit_set_property);
  object_class->get_property = GST_DEBUG_FUNCPTR(mvga_fit_get_property);
  object_class->finalize = GST_DEBUG_FUNCPTR(mvga_fit_finalize);
  fit_properties().install(object_class);

  gst_element_class_set_static_metadata(
      element_class, "Anomaly learner", "Filter/Analyzer/Video",
      "Learns from normal video what mvgadetect is to take as normal", "the mvga authors");
  gst_element_class_add_static_pad_template(element_class, &fit_sink_template);
  gst_element_class_add_static_pad_template(element_class, &fit_src_template);

  transform_class->start = GST_DEBUG_FUNCPTR(mvga_fit_start);
  transform_class->stop = GST_DEBUG_FUNCPTR(mvga_fit_stop);
  transform_class->set_caps = GST_DEBUG_FUNCPTR(mvga_fit_set_caps);
  transform_class->transform_ip = GST_DEBUG_FUNCPTR(mvga_fit_transform_ip);
  transform_class->propose_allocation = GST_DEBUG_FUNCPTR(mvga_fit_propose_allocation);
  transform_class->query = GST_DEBUG_FUNCPTR(mvga_fit_query);
  transform_class->sink_event = GST_DEBUG_FUNCPTR(mvga_fit_sink_event);
}
