// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

/**
 * SECTION:element-mvgadetect
 * @title: mvgadetect
 * @short_description: Scores every frame against what mvgafit learned
 *
 * Attaches the result to every frame (`MvgaAnomalyMeta`, a region-of-interest meta for each region,
 * and GstAnalytics metadata where GStreamer has it), posts `mvga-event` messages when something
 * starts or stops being anomalous, and draws a heat map when `overlay` asks. No frame is dropped,
 * reordered or changed otherwise. The request pad `heatmap` gives the heat map as a stream of its
 * own.
 *
 * `inference-mode` says how frames wait for their results: each for its own (sync), several at once
 * (async), or none at all (decoupled), in which case they carry the last result and its age. What
 * frames take is reported in the LATENCY query.
 *
 * `model` may be written while playing. The file is loaded on another thread; from some frame on
 * the new model is in use, and the signal `model-updated` says so.
 *
 * Known limits: one stream an element.
 *
 * |[
 * gst-launch-1.0 -m filesrc location=shift.mp4 ! decodebin ! videoconvert ! \
 *   mvgadetect model=line.mvga overlay=blend ! videoconvert ! autovideosink
 * ]|
 */
#include "gst/detect/mvgadetect.h"

#include <memory>
#include <string>
#include <utility>

#include "core/base/parse_settings.h"
#include "gst/detect/heatmap/heatmap_branch.h"
#include "gst/detect/heatmap/heatmap_pad.h"
#include "gst/detect/properties.h"
#include "gst/detect/run.h"
#include "gst/detect/settings.h"
#include "gst/element/errors.h"
#include "gst/element/object_lock.h"
#include "gst/element/property_values.h"
#include "gst/frames/allocation.h"
#include "gst/frames/bayer.h"
#include "gst/frames/formats.h"
#include "gst/frames/frame_times.h"

GST_DEBUG_CATEGORY_STATIC(mvga_detect_debug);
#undef GST_CAT_DEFAULT  // of another file, in a unity build
#define GST_CAT_DEFAULT mvga_detect_debug

using mvga::gst::DetectElementAccess;
using mvga::gst::DetectElementSettings;
using mvga::gst::DetectProperties;
using mvga::gst::DetectRun;
using mvga::gst::DetectStats;
using mvga::gst::guarded;
using mvga::gst::HeatmapBranch;
using mvga::gst::locked_copy;
using mvga::gst::locked_replace;
using mvga::gst::Owned;
using mvga::gst::SharedSettings;
using mvga::gst::text_of;

struct _MvgaDetect {
  GstBaseTransform parent;
  SharedSettings* settings;  ///< never null; replaced under the object lock
  /// Empty unless started. Under the object lock: frames and events may come while it starts.
  std::shared_ptr<DetectRun>* run;
  /// Empty without the request pad. Replaced under the object lock.
  std::shared_ptr<HeatmapBranch>* heatmap;
};

static GstStaticPadTemplate detect_sink_template =
    GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS(MVGA_VIDEO_CAPS));
static GstStaticPadTemplate detect_src_template = GST_STATIC_PAD_TEMPLATE(
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS(MVGA_VIDEO_CAPS_WITH_COMPOSITIONS));

static GstStaticPadTemplate heatmap_template = GST_STATIC_PAD_TEMPLATE(
    "heatmap", GST_PAD_SRC, GST_PAD_REQUEST, GST_STATIC_CAPS(MVGA_HEATMAP_CAPS));

G_DEFINE_TYPE_WITH_CODE(MvgaDetect, mvga_detect, GST_TYPE_BASE_TRANSFORM,
                        GST_DEBUG_CATEGORY_INIT(mvga_detect_debug, "mvgadetect", 0,
                                                "finding what is not normal"));
GST_ELEMENT_REGISTER_DEFINE(mvgadetect, "mvgadetect", GST_RANK_NONE, MVGA_TYPE_DETECT);

/* ---- streaming --------------------------------------------------------------------------------
 */

static SharedSettings settings_of(MvgaDetect* self) {
  return locked_copy(self, *self->settings);
}

static std::shared_ptr<DetectRun> run_of(MvgaDetect* self) {
  return locked_copy(self, *self->run);
}

// The streaming thread's own reference: the pad may be released meanwhile.
static std::shared_ptr<HeatmapBranch> heatmap_of(MvgaDetect* self) {
  return locked_copy(self, *self->heatmap);
}

// GStreamer's macro for this is no valid C++20.
static bool is_serialized(GstQuery* query) {
  return (gst_query_type_get_flags(GST_QUERY_TYPE(query)) & GST_QUERY_TYPE_SERIALIZED) != 0;
}

static void tell_of_model(MvgaDetect* self, const std::string& path, const std::string& error) {
  if (error.empty()) GST_INFO_OBJECT(self, "watching with %s", path.c_str());
  g_signal_emit_by_name(self, "model-updated", error.empty() ? 0 : 1, path.c_str());
}

static DetectElementAccess access_to(MvgaDetect* self) {
  return {[self] { return settings_of(self); }, [self] { return heatmap_of(self); },
          [self](const std::string& path, const std::string& error) {
            tell_of_model(self, path, error);
          }};
}

static gboolean mvga_detect_start(GstBaseTransform* trans) {
  MvgaDetect* self = MVGA_DETECT(trans);
  const SharedSettings settings = settings_of(self);
  const gboolean started = guarded(GST_ELEMENT(self), [&] {
    if (const auto branch = heatmap_of(self)) branch->restart();
    locked_replace(self, *self->run,
                   std::make_shared<DetectRun>(trans, *settings, access_to(self)));
  });
  if (started) GST_INFO_OBJECT(self, "watching with %s", settings->model.c_str());
  return started;
}

static gboolean mvga_detect_stop(GstBaseTransform* trans) {
  MvgaDetect* self = MVGA_DETECT(trans);
  if (const auto run = run_of(self)) run->stop();
  locked_replace(self, *self->run, std::shared_ptr<DetectRun>());
  return TRUE;
}

static GstStateChangeReturn mvga_detect_change_state(GstElement* element,
                                                     GstStateChange transition) {
  const auto run = run_of(MVGA_DETECT(element));
  // Wakes a streaming thread that waits for room, before its pad is to be stopped.
  if (run && transition == GST_STATE_CHANGE_PAUSED_TO_READY) run->start_flush();
  return GST_ELEMENT_CLASS(mvga_detect_parent_class)->change_state(element, transition);
}

static gboolean mvga_detect_set_caps(GstBaseTransform* trans, GstCaps* incaps, GstCaps*) {
  MvgaDetect* self = MVGA_DETECT(trans);
  const auto run = run_of(self);
  GstVideoInfo info;
  if (!run || !gst_video_info_from_caps(&info, incaps)) return FALSE;
  return guarded(GST_ELEMENT(self), [&] { run->configure(info); });
}

static GstCaps* mvga_detect_transform_caps(GstBaseTransform* trans, GstPadDirection direction,
                                           GstCaps* caps, GstCaps* filter) {
  const bool attach = settings_of(MVGA_DETECT(trans))->overlay == mvga::gst::OverlayMode::attach;
  return mvga::gst::transform_caps(direction, caps, filter,
                                   attach ? mvga::gst::Drawing::attach : mvga::gst::Drawing::blend);
}

static void mvga_detect_before_transform(GstBaseTransform* trans, GstBuffer* buffer) {
  mvga::gst::sync_controlled_values(trans, buffer);
}

static GstFlowReturn mvga_detect_transform_ip(GstBaseTransform* trans, GstBuffer* buffer) {
  // Within generate_output(), which has hold of the run.
  DetectRun* run = MVGA_DETECT(trans)->run->get();
  return run != nullptr ? run->transform_ip(buffer) : GST_FLOW_FLUSHING;
}

static GstFlowReturn mvga_detect_submit_input_buffer(GstBaseTransform* trans, gboolean is_discont,
                                                     GstBuffer* buffer) {
  MvgaDetect* self = MVGA_DETECT(trans);
  // Other caps may be about to be negotiated: what is on its way has the old ones.
  if (gst_pad_needs_reconfigure(GST_BASE_TRANSFORM_SRC_PAD(trans)))
    if (const auto run = run_of(self)) run->drain();
  return GST_BASE_TRANSFORM_CLASS(mvga_detect_parent_class)
      ->submit_input_buffer(trans, is_discont, buffer);
}

static GstFlowReturn mvga_detect_generate_output(GstBaseTransform* trans, GstBuffer** out) {
  *out = nullptr;
  if (trans->queued_buf == nullptr) return GST_FLOW_OK;  // asked for more than came in
  const auto run = run_of(MVGA_DETECT(trans));
  if (!run) return GST_FLOW_FLUSHING;
  return run->generate_output(GST_BASE_TRANSFORM_CLASS(mvga_detect_parent_class)->generate_output,
                              out);
}

static gboolean mvga_detect_sink_event(GstBaseTransform* trans, GstEvent* event) {
  if (mvga::gst::refuse_bayer(trans, event)) {
    gst_event_unref(event);
    return FALSE;
  }
  const auto run = run_of(MVGA_DETECT(trans));
  if (run && run->take(event)) {
    gst_event_unref(event);
    return TRUE;
  }
  if (run) run->heed(event);
  return GST_BASE_TRANSFORM_CLASS(mvga_detect_parent_class)->sink_event(trans, event);
}

static gboolean mvga_detect_src_event(GstBaseTransform* trans, GstEvent* event) {
  if (const auto run = run_of(MVGA_DETECT(trans))) run->heed_downstream(event);
  return GST_BASE_TRANSFORM_CLASS(mvga_detect_parent_class)->src_event(trans, event);
}

static gboolean mvga_detect_query(GstBaseTransform* trans, GstPadDirection direction,
                                  GstQuery* query) {
  const auto run = run_of(MVGA_DETECT(trans));
  // Its place is behind the frames that came before it.
  if (run && direction == GST_PAD_SINK && is_serialized(query)) run->drain();
  const gboolean answered =
      GST_BASE_TRANSFORM_CLASS(mvga_detect_parent_class)->query(trans, direction, query);
  if (mvga::gst::let_bayer_come(trans, direction, query)) return TRUE;
  if (!answered) return FALSE;
  if (GST_QUERY_TYPE(query) != GST_QUERY_LATENCY || direction != GST_PAD_SRC) return TRUE;

  const GstClockTime own = run ? run->latency() : 0;
  gboolean live = FALSE;
  GstClockTime min = 0;
  GstClockTime max = GST_CLOCK_TIME_NONE;
  gst_query_parse_latency(query, &live, &min, &max);
  gst_query_set_latency(query, live, min + own, GST_CLOCK_TIME_IS_VALID(max) ? max + own : max);
  return TRUE;
}

static gboolean mvga_detect_propose_allocation(GstBaseTransform* trans, GstQuery*,
                                               GstQuery* query) {
  return mvga::gst::answer_allocation(trans, query);
}

/* ---- heat maps --------------------------------------------------------------------------------
 */

// False: it is another's.
static bool take_place(MvgaDetect* self, std::shared_ptr<HeatmapBranch> branch) {
  GST_OBJECT_LOCK(self);
  const bool free = !*self->heatmap;
  if (free) self->heatmap->swap(branch);
  GST_OBJECT_UNLOCK(self);
  return free;
}

static GstPad* mvga_detect_request_new_pad(GstElement* element, GstPadTemplate* pad_template,
                                           const gchar*, const GstCaps*) {
  MvgaDetect* self = MVGA_DETECT(element);
  Owned<GstPad> pad(GST_PAD(gst_object_ref_sink(mvga::gst::new_heatmap_pad(pad_template))));
  // Whoever asks at the same time gets none.
  if (!take_place(self,
                  std::make_shared<HeatmapBranch>(pad.get(), GST_BASE_TRANSFORM_SINK_PAD(self)))) {
    GST_WARNING_OBJECT(self, "there is one heat map pad already; put a tee behind it");
    gst_pad_set_active(pad.get(), FALSE);
    return nullptr;
  }
  gst_element_add_pad(element, pad.get());
  return pad.get();
}

static void mvga_detect_release_pad(GstElement* element, GstPad* pad) {
  MvgaDetect* self = MVGA_DETECT(element);
  GST_OBJECT_LOCK(self);
  const std::shared_ptr<HeatmapBranch> branch = std::move(*self->heatmap);
  GST_OBJECT_UNLOCK(self);
  // Wakes a push that waits there.
  gst_pad_set_active(pad, FALSE);
  gst_element_remove_pad(element, pad);
}

/* ---- properties -------------------------------------------------------------------------------
 */

// Refused at once, not in the middle of the stream. Before the start nobody may be listening to the
// bus yet: then it is start() that complains.
static bool is_acceptable_roi(MvgaDetect* self, const GValue* value) {
  const std::string roi = text_of(value);
  if (roi.empty() || !run_of(self)) return true;
  return guarded(
      GST_ELEMENT(self), [&] { mvga::parse_roi(roi); }, GST_MESSAGE_WARNING);
}

static void change_model(MvgaDetect* self, const DetectElementSettings& settings) {
  if (DetectRun* run = self->run->get()) run->change_model(settings);
}

// The caps say whether overlays are attached.
static void negotiate_again(MvgaDetect* self) {
  gst_base_transform_reconfigure_src(GST_BASE_TRANSFORM(self));
}

static DetectStats stats_of(const MvgaDetect& self) {
  const DetectRun* run = self.run->get();
  return run ? run->stats() : DetectStats();
}

static DetectProperties all_detect_properties() {
  DetectProperties table = mvga::gst::detect_settings_properties();
  table.on_write("model", {.changed = change_model});
  table.on_write("roi", {.accept = is_acceptable_roi});
  table.on_write("overlay", {.after = negotiate_again});
  table.read_only({"stats", "Statistics", "Frames by status, and milliseconds by stage"},
                  [](const MvgaDetect& self) { return stats_of(self).to_structure(); });
  table.read_only({"last-score", "Last score", "Score of the last frame looked at"},
                  [](const MvgaDetect& self) { return stats_of(self).last_score; });
  return table;
}

static const DetectProperties& detect_properties() {
  static const DetectProperties table = all_detect_properties();
  return table;
}

static void mvga_detect_set_property(GObject* object, guint id, const GValue* value,
                                     GParamSpec* pspec) {
  MvgaDetect* self = MVGA_DETECT(object);
  detect_properties().set(self, *self->settings, id, value, pspec);
}

static void mvga_detect_get_property(GObject* object, guint id, GValue* value, GParamSpec* pspec) {
  MvgaDetect* self = MVGA_DETECT(object);
  detect_properties().get(self, *self->settings, id, value, pspec);
}

/* ---- class ------------------------------------------------------------------------------------
 */

static void mvga_detect_init(MvgaDetect* self) {
  self->settings = new SharedSettings(std::make_shared<DetectElementSettings>());
  self->run = new std::shared_ptr<DetectRun>;
  self->heatmap = new std::shared_ptr<HeatmapBranch>;
  gst_base_transform_set_in_place(GST_BASE_TRANSFORM(self), TRUE);
  // Metadata is written even where no pixel is: the buffer has to be writable.
  gst_base_transform_set_passthrough(GST_BASE_TRANSFORM(self), FALSE);
  // A late frame is passed on, never dropped.
  gst_base_transform_set_qos_enabled(GST_BASE_TRANSFORM(self), FALSE);
}

static void mvga_detect_finalize(GObject* object) {
  MvgaDetect* self = MVGA_DETECT(object);
  delete self->heatmap;
  delete self->run;
  delete self->settings;
  G_OBJECT_CLASS(mvga_detect_parent_class)->finalize(object);
}

static void mvga_detect_class_init(MvgaDetectClass* klass) {
  GObjectClass* object_class = G_OBJECT_CLASS(klass);
  GstElementClass* element_class = GST_ELEMENT_CLASS(klass);
  GstBaseTransformClass* transform_class = GST_BASE_TRANSFORM_CLASS(klass);

  object_class->set_property = GST_DEBUG_FUNCPTR(mvga_detect_set_property);
  object_class->get_property = GST_DEBUG_FUNCPTR(mvga_detect_get_property);
  object_class->finalize = GST_DEBUG_FUNCPTR(mvga_detect_finalize);
  detect_properties().install(object_class);
  /**
   * MvgaDetect::model-updated:
   * @error: 0 if the model is in use now, 1 if it cannot be used and the old one stays
   * @path: the file
   *
   * After `model` was written while playing. Emitted from a thread of its own.
   */
  g_signal_new("model-updated", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, nullptr, nullptr,
               nullptr, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);

  gst_element_class_set_static_metadata(
      element_class, "Anomaly detector", "Filter/Analyzer/Video",
      "Scores every frame against what is normal, says where it is not, and draws it",
      "the mvga authors");
  gst_element_class_add_static_pad_template(element_class, &detect_sink_template);
  gst_element_class_add_static_pad_template(element_class, &detect_src_template);
  gst_element_class_add_static_pad_template(element_class, &heatmap_template);
  element_class->change_state = GST_DEBUG_FUNCPTR(mvga_detect_change_state);
  element_class->request_new_pad = GST_DEBUG_FUNCPTR(mvga_detect_request_new_pad);
  element_class->release_pad = GST_DEBUG_FUNCPTR(mvga_detect_release_pad);

  transform_class->start = GST_DEBUG_FUNCPTR(mvga_detect_start);
  transform_class->stop = GST_DEBUG_FUNCPTR(mvga_detect_stop);
  transform_class->set_caps = GST_DEBUG_FUNCPTR(mvga_detect_set_caps);
  transform_class->transform_caps = GST_DEBUG_FUNCPTR(mvga_detect_transform_caps);
  transform_class->before_transform = GST_DEBUG_FUNCPTR(mvga_detect_before_transform);
  transform_class->transform_ip = GST_DEBUG_FUNCPTR(mvga_detect_transform_ip);
  transform_class->submit_input_buffer = GST_DEBUG_FUNCPTR(mvga_detect_submit_input_buffer);
  transform_class->generate_output = GST_DEBUG_FUNCPTR(mvga_detect_generate_output);
  transform_class->sink_event = GST_DEBUG_FUNCPTR(mvga_detect_sink_event);
  transform_class->src_event = GST_DEBUG_FUNCPTR(mvga_detect_src_event);
  transform_class->propose_allocation = GST_DEBUG_FUNCPTR(mvga_detect_propose_allocation);
  transform_class->query = GST_DEBUG_FUNCPTR(mvga_detect_query);
}
