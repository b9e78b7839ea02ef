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
 * Known limits: inference is synchronous, so a frame takes as long as the backbone does; the time
 * is reported in the LATENCY query. One stream an element.
 *
 * |[
 * gst-launch-1.0 -m filesrc location=shift.mp4 ! decodebin ! videoconvert ! \
 *   mvgadetect model=line.mvga overlay=blend ! videoconvert ! autovideosink
 * ]|
 */
#include "gst/mvgadetect.h"

#include <memory>
#include <string>

#include "core/parse_settings.h"
#include "gst/detect_messages.h"
#include "gst/detect_run.h"
#include "gst/detect_settings.h"
#include "gst/element_errors.h"
#include "gst/heatmap/heatmap_branch.h"
#include "gst/heatmap/heatmap_pad.h"
#include "gst/object_lock.h"
#include "gst/property_values.h"
#include "gst/video_formats.h"

GST_DEBUG_CATEGORY_STATIC(mvga_detect_debug);
#define GST_CAT_DEFAULT mvga_detect_debug

using mvga::gst::DetectElementSettings;
using mvga::gst::DetectRun;
using mvga::gst::guarded;
using mvga::gst::HeatmapBranch;
using mvga::gst::locked_copy;
using mvga::gst::locked_replace;
using mvga::gst::set_text;
using mvga::gst::text_of;

struct _MvgaDetect {
  GstBaseTransform parent;
  DetectElementSettings* settings;  ///< under the object lock
  gboolean model_changed;           ///< under the object lock
  /// Replaced under the object lock, with the streaming thread stopped.
  DetectRun* run;
  /// Empty without the request pad. Replaced under the object lock.
  std::shared_ptr<HeatmapBranch>* heatmap;
};

enum {
  PROP_0,
  PROP_MODEL,
  PROP_WEIGHTS,
  PROP_DEVICE,
  PROP_PRECISION,
  PROP_THREADS,
  PROP_INFERENCE_MODE,
  PROP_INFERENCE_INTERVAL,
  PROP_ROI,
  PROP_THRESHOLD,
  PROP_TARGET_FPR,
  PROP_TRIGGER_FRAMES,
  PROP_TRIGGER_WINDOW,
  PROP_RELEASE_FRAMES,
  PROP_MAX_REGIONS,
  PROP_MIN_REGION_AREA,
  PROP_ATTACH,
  PROP_OVERLAY,
  PROP_OVERLAY_STYLE,
  PROP_COLORMAP,
  PROP_ALPHA,
  PROP_MESSAGES,
  PROP_ON_ERROR,
  PROP_STATS,
  PROP_LAST_SCORE,
};

static GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS(MVGA_VIDEO_CAPS));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE(
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS(MVGA_VIDEO_CAPS_WITH_COMPOSITIONS));

static GstStaticPadTemplate heatmap_template = GST_STATIC_PAD_TEMPLATE(
    "heatmap", GST_PAD_SRC, GST_PAD_REQUEST, GST_STATIC_CAPS(MVGA_HEATMAP_CAPS));

#define mvga_detect_parent_class parent_class
G_DEFINE_TYPE_WITH_CODE(MvgaDetect, mvga_detect, GST_TYPE_BASE_TRANSFORM,
                        GST_DEBUG_CATEGORY_INIT(mvga_detect_debug, "mvgadetect", 0,
                                                "finding what is not normal"));
GST_ELEMENT_REGISTER_DEFINE(mvgadetect, "mvgadetect", GST_RANK_NONE, MVGA_TYPE_DETECT);

/* ---- streaming --------------------------------------------------------------------------------
 */

static DetectElementSettings settings_of(MvgaDetect* self) {
  return locked_copy(self, *self->settings);
}

// Whether the model was set since the last call. To be asked before the settings are read: a model
// that is set after that is then loaded with the next frame.
static gboolean model_to_load(MvgaDetect* self) {
  GST_OBJECT_LOCK(self);
  const gboolean changed = self->model_changed;
  self->model_changed = FALSE;
  GST_OBJECT_UNLOCK(self);
  return changed;
}

static gboolean is_running(MvgaDetect* self) {
  return locked_copy(self, self->run) != nullptr;
}

// The streaming thread's own reference: the pad may be released meanwhile.
static std::shared_ptr<HeatmapBranch> heatmap_of(MvgaDetect* self) {
  return locked_copy(self, *self->heatmap);
}

static gboolean mvga_detect_start(GstBaseTransform* trans) {
  MvgaDetect* self = MVGA_DETECT(trans);
  model_to_load(self);
  const DetectElementSettings settings = settings_of(self);
  std::unique_ptr<DetectRun> run;
  if (!guarded(GST_ELEMENT(self),
               [&] { run = std::make_unique<DetectRun>(GST_ELEMENT(self), settings); }))
    return FALSE;
  GST_INFO_OBJECT(self, "watching with %s", settings.model.c_str());
  locked_replace(self, self->run, std::move(run));
  return TRUE;
}

static gboolean mvga_detect_stop(GstBaseTransform* trans) {
  MvgaDetect* self = MVGA_DETECT(trans);
  if (self->run) self->run->finish(settings_of(self));
  locked_replace<MvgaDetect, DetectRun>(self, self->run, nullptr);
  return TRUE;
}

static gboolean mvga_detect_set_caps(GstBaseTransform* trans, GstCaps* incaps, GstCaps*) {
  MvgaDetect* self = MVGA_DETECT(trans);
  GstVideoInfo info;
  if (!gst_video_info_from_caps(&info, incaps)) return FALSE;
  return guarded(GST_ELEMENT(self), [&] { self->run->configure(info); });
}

static GstCaps* mvga_detect_transform_caps(GstBaseTransform* trans, GstPadDirection direction,
                                           GstCaps* caps, GstCaps* filter) {
  const bool attach = settings_of(MVGA_DETECT(trans)).overlay == mvga::gst::OverlayMode::attach;
  return mvga::gst::transform_caps(direction, caps, filter,
                                   attach ? mvga::gst::Drawing::attach : mvga::gst::Drawing::blend);
}

static void mvga_detect_before_transform(GstBaseTransform* trans, GstBuffer* buffer) {
  MvgaDetect* self = MVGA_DETECT(trans);
  const GstClockTime time =
      mvga::gst::frame_times(trans->segment, GST_BUFFER_PTS(buffer)).stream_time;
  if (GST_CLOCK_TIME_IS_VALID(time)) gst_object_sync_values(GST_OBJECT(self), time);

  if (model_to_load(self)) self->run->change_model(settings_of(self));
}

static GstFlowReturn push_heatmap(MvgaDetect* self, GstBuffer* frame,
                                  const DetectElementSettings& settings) {
  const std::shared_ptr<HeatmapBranch> branch = heatmap_of(self);
  if (!branch) return GST_FLOW_OK;
  const GstFlowReturn flow =
      branch->push(self->run->last_result(), frame, self->run->video(), settings.drawing.colormap);
  if (flow == GST_FLOW_NOT_NEGOTIATED)
    GST_ELEMENT_ERROR(self, STREAM, FORMAT,
                      ("What is linked to the pad 'heatmap' takes none of its formats: put "
                       "'videoconvert' behind it."),
                      ("GRAY8, GRAY16_LE or BGRA"));
  return flow;
}

static GstFlowReturn mvga_detect_transform_ip(GstBaseTransform* trans, GstBuffer* buffer) {
  MvgaDetect* self = MVGA_DETECT(trans);
  GstFlowReturn flow = GST_FLOW_ERROR;
  // What a frame holds against being looked at is told by process(); this is for no memory to draw.
  guarded(GST_ELEMENT(self), [&] {
    const DetectElementSettings settings = settings_of(self);
    flow = self->run->process(buffer, trans->segment, settings);
    if (flow == GST_FLOW_OK) flow = push_heatmap(self, buffer, settings);
  });
  return flow;
}

static gboolean mvga_detect_sink_event(GstBaseTransform* trans, GstEvent* event) {
  MvgaDetect* self = MVGA_DETECT(trans);
  if (const auto branch = heatmap_of(self)) branch->follow(event);
  if (self->run) {
    switch (GST_EVENT_TYPE(event)) {
      case GST_EVENT_EOS:
        self->run->finish(settings_of(self));
        break;
      case GST_EVENT_FLUSH_STOP:
      case GST_EVENT_STREAM_START:
        self->run->forget(settings_of(self));
        break;
      default:
        break;
    }
  }
  return GST_BASE_TRANSFORM_CLASS(parent_class)->sink_event(trans, event);
}

static gboolean mvga_detect_src_event(GstBaseTransform* trans, GstEvent* event) {
  MvgaDetect* self = MVGA_DETECT(trans);
  if (GST_EVENT_TYPE(event) == GST_EVENT_RECONFIGURE) {
    GST_OBJECT_LOCK(self);
    if (self->run) self->run->ask_downstream_again();
    GST_OBJECT_UNLOCK(self);
  }
  return GST_BASE_TRANSFORM_CLASS(parent_class)->src_event(trans, event);
}

static gboolean mvga_detect_query(GstBaseTransform* trans, GstPadDirection direction,
                                  GstQuery* query) {
  MvgaDetect* self = MVGA_DETECT(trans);
  if (!GST_BASE_TRANSFORM_CLASS(parent_class)->query(trans, direction, query)) return FALSE;
  if (GST_QUERY_TYPE(query) != GST_QUERY_LATENCY || direction != GST_PAD_SRC) return TRUE;

  GST_OBJECT_LOCK(self);
  const GstClockTime own = self->run ? self->run->latency() : 0;
  GST_OBJECT_UNLOCK(self);
  gboolean live = FALSE;
  GstClockTime min = 0;
  GstClockTime max = GST_CLOCK_TIME_NONE;
  gst_query_parse_latency(query, &live, &min, &max);
  gst_query_set_latency(query, live, min + own, GST_CLOCK_TIME_IS_VALID(max) ? max + own : max);
  return TRUE;
}

/* ---- heat maps --------------------------------------------------------------------------------
 */

static GstPad* mvga_detect_request_new_pad(GstElement* element, GstPadTemplate* pad_template,
                                           const gchar*, const GstCaps*) {
  MvgaDetect* self = MVGA_DETECT(element);
  if (heatmap_of(self)) {
    GST_WARNING_OBJECT(self, "there is one heat map pad already; put a tee behind it");
    return nullptr;
  }
  GstPad* pad = mvga::gst::new_heatmap_pad(pad_template);
  gst_element_add_pad(element, pad);
  auto branch = std::make_shared<HeatmapBranch>(pad, GST_BASE_TRANSFORM_SINK_PAD(self));
  GST_OBJECT_LOCK(self);
  *self->heatmap = std::move(branch);
  GST_OBJECT_UNLOCK(self);
  return pad;
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

static void mvga_detect_set_property(GObject* object, guint id, const GValue* value,
                                     GParamSpec* pspec) {
  MvgaDetect* self = MVGA_DETECT(object);
  if (id == PROP_ROI && is_running(self)) {
    // Refused at once, not in the middle of the stream. Before the start nobody may be listening to
    // the bus yet: then it is start() that complains.
    const std::string roi = text_of(value);
    const auto check = [&] {
      if (!roi.empty()) mvga::parse_roi(roi);
    };
    if (!guarded(GST_ELEMENT(self), check, GST_MESSAGE_WARNING)) return;
  }
  GST_OBJECT_LOCK(self);
  DetectElementSettings& s = *self->settings;
  switch (id) {
    case PROP_MODEL:
      s.model = text_of(value);
      self->model_changed = TRUE;
      break;
    case PROP_WEIGHTS:
      s.weights = text_of(value);
      break;
    case PROP_DEVICE:
      s.device = text_of(value);
      break;
    case PROP_PRECISION:
      s.precision = static_cast<mvga::Precision>(g_value_get_enum(value));
      break;
    case PROP_THREADS:
      s.threads = g_value_get_uint(value);
      break;
    case PROP_INFERENCE_MODE:
      s.inference_mode = static_cast<mvga::gst::InferenceMode>(g_value_get_enum(value));
      break;
    case PROP_INFERENCE_INTERVAL:
      s.inference_interval = g_value_get_uint(value);
      break;
    case PROP_ROI:
      s.roi = text_of(value);
      break;
    case PROP_THRESHOLD:
      s.threshold = g_value_get_double(value);
      break;
    case PROP_TARGET_FPR:
      s.target_fpr = g_value_get_double(value);
      break;
    case PROP_TRIGGER_FRAMES:
      s.events.trigger_frames = g_value_get_uint(value);
      break;
    case PROP_TRIGGER_WINDOW:
      s.events.trigger_window = g_value_get_uint(value);
      break;
    case PROP_RELEASE_FRAMES:
      s.events.release_frames = g_value_get_uint(value);
      break;
    case PROP_MAX_REGIONS:
      s.max_regions = g_value_get_uint(value);
      break;
    case PROP_MIN_REGION_AREA:
      s.min_region_area = g_value_get_double(value);
      break;
    case PROP_ATTACH:
      s.attach = g_value_get_flags(value);
      break;
    case PROP_OVERLAY:
      s.overlay = static_cast<mvga::gst::OverlayMode>(g_value_get_enum(value));
      break;
    case PROP_OVERLAY_STYLE:
      s.drawing.style = g_value_get_flags(value);
      break;
    case PROP_COLORMAP:
      s.drawing.colormap = static_cast<mvga::overlay::Colormap>(g_value_get_enum(value));
      break;
    case PROP_ALPHA:
      s.drawing.alpha = g_value_get_double(value);
      break;
    case PROP_MESSAGES:
      s.messages = static_cast<mvga::gst::Messages>(g_value_get_enum(value));
      break;
    case PROP_ON_ERROR:
      s.on_error = static_cast<mvga::gst::OnError>(g_value_get_enum(value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
  GST_OBJECT_UNLOCK(self);
  // The caps say whether overlays are attached.
  if (id == PROP_OVERLAY) gst_base_transform_reconfigure_src(GST_BASE_TRANSFORM(self));
}

static void mvga_detect_get_property(GObject* object, guint id, GValue* value, GParamSpec* pspec) {
  MvgaDetect* self = MVGA_DETECT(object);
  GST_OBJECT_LOCK(self);
  const DetectElementSettings& s = *self->settings;
  switch (id) {
    case PROP_MODEL:
      set_text(value, s.model);
      break;
    case PROP_WEIGHTS:
      set_text(value, s.weights);
      break;
    case PROP_DEVICE:
      set_text(value, s.device);
      break;
    case PROP_PRECISION:
      g_value_set_enum(value, static_cast<gint>(s.precision));
      break;
    case PROP_THREADS:
      g_value_set_uint(value, s.threads);
      break;
    case PROP_INFERENCE_MODE:
      g_value_set_enum(value, static_cast<gint>(s.inference_mode));
      break;
    case PROP_INFERENCE_INTERVAL:
      g_value_set_uint(value, s.inference_interval);
      break;
    case PROP_ROI:
      set_text(value, s.roi);
      break;
    case PROP_THRESHOLD:
      g_value_set_double(value, s.threshold);
      break;
    case PROP_TARGET_FPR:
      g_value_set_double(value, s.target_fpr);
      break;
    case PROP_TRIGGER_FRAMES:
      g_value_set_uint(value, s.events.trigger_frames);
      break;
    case PROP_TRIGGER_WINDOW:
      g_value_set_uint(value, s.events.trigger_window);
      break;
    case PROP_RELEASE_FRAMES:
      g_value_set_uint(value, s.events.release_frames);
      break;
    case PROP_MAX_REGIONS:
      g_value_set_uint(value, s.max_regions);
      break;
    case PROP_MIN_REGION_AREA:
      g_value_set_double(value, s.min_region_area);
      break;
    case PROP_ATTACH:
      g_value_set_flags(value, s.attach);
      break;
    case PROP_OVERLAY:
      g_value_set_enum(value, static_cast<gint>(s.overlay));
      break;
    case PROP_OVERLAY_STYLE:
      g_value_set_flags(value, s.drawing.style);
      break;
    case PROP_COLORMAP:
      g_value_set_enum(value, static_cast<gint>(s.drawing.colormap));
      break;
    case PROP_ALPHA:
      g_value_set_double(value, s.drawing.alpha);
      break;
    case PROP_MESSAGES:
      g_value_set_enum(value, static_cast<gint>(s.messages));
      break;
    case PROP_ON_ERROR:
      g_value_set_enum(value, static_cast<gint>(s.on_error));
      break;
    case PROP_STATS:
      g_value_take_boxed(
          value, (self->run ? self->run->stats() : mvga::gst::DetectStats()).to_structure());
      break;
    case PROP_LAST_SCORE:
      g_value_set_double(value, self->run ? self->run->last_score() : 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
  GST_OBJECT_UNLOCK(self);
}

/* ---- class ------------------------------------------------------------------------------------
 */

static void mvga_detect_init(MvgaDetect* self) {
  self->settings = new DetectElementSettings;
  self->model_changed = FALSE;
  self->run = nullptr;
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
  G_OBJECT_CLASS(parent_class)->finalize(object);
}

static void install_properties(GObjectClass* klass) {
  const auto read_write = static_cast<GParamFlags>(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  const auto ready = static_cast<GParamFlags>(read_write | GST_PARAM_MUTABLE_READY);
  const auto playing = static_cast<GParamFlags>(read_write | GST_PARAM_MUTABLE_PLAYING);
  const auto controllable = static_cast<GParamFlags>(playing | GST_PARAM_CONTROLLABLE);
  const auto read_only = static_cast<GParamFlags>(G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  const DetectElementSettings d;
  const auto install = [klass](guint id, GParamSpec* spec) {
    g_object_class_install_property(klass, id, spec);
  };

  install(PROP_MODEL,
          g_param_spec_string("model", "Model",
                              "Path of the model file that mvgafit wrote; while playing, a file "
                              "that does not fit leaves the old model running, with a warning",
                              nullptr, playing));
  install(PROP_WEIGHTS,
          g_param_spec_string("weights", "Weights",
                              "Weights file of the model's backbone (safetensors); NULL: "
                              "BACKBONE.safetensors in MVGA_WEIGHTS_PATH, the user's or the "
                              "installed data folder",
                              nullptr, ready));
  install(PROP_DEVICE,
          g_param_spec_string("device", "Device",
                              "Where the backbone runs: auto, cpu, cuda, cuda:N", "auto", ready));
  install(
      PROP_PRECISION,
      g_param_spec_enum("precision", "Precision", "Number format of the backbone",
                        mvga::gst::precision_get_type(), static_cast<gint>(d.precision), ready));
  install(PROP_THREADS,
          g_param_spec_uint("threads", "Threads",
                            "Processor threads of the backbone, one setting for the process; 0: as "
                            "many as cores",
                            0, 1024, d.threads, ready));
  install(PROP_INFERENCE_MODE,
          g_param_spec_enum("inference-mode", "Inference mode", "How frames wait for results",
                            mvga::gst::inference_mode_get_type(),
                            static_cast<gint>(d.inference_mode), ready));
  install(PROP_INFERENCE_INTERVAL,
          g_param_spec_uint("inference-interval", "Inference interval",
                            "Look at every Nth frame; those between carry the last result, with "
                            "status held",
                            1, G_MAXUINT, d.inference_interval, playing));
  install(PROP_ROI,
          g_param_spec_string("roi", "Region of interest",
                              "Part of the frame to look at: x,y,w,h in fractions of the frame; "
                              "NULL: the one the model was learned on",
                              nullptr, playing));
  install(PROP_THRESHOLD,
          g_param_spec_double("threshold", "Threshold",
                              "Score above which a frame is anomalous; -1: the one that keeps "
                              "target-fpr",
                              -1, G_MAXDOUBLE, d.threshold, controllable));
  install(PROP_TARGET_FPR,
          g_param_spec_double("target-fpr", "Target false-alarm rate",
                              "Share of normal frames that may raise an alarm; 0: the model's", 0,
                              0.5, d.target_fpr, controllable));
  install(PROP_TRIGGER_FRAMES,
          g_param_spec_uint("trigger-frames", "Trigger frames",
                            "So many anomalous frames among the last trigger-window start an event",
                            1, 10000, d.events.trigger_frames, playing));
  install(PROP_TRIGGER_WINDOW, g_param_spec_uint("trigger-window", "Trigger window",
                                                 "Frames among which trigger-frames are counted", 1,
                                                 10000, d.events.trigger_window, playing));
  install(PROP_RELEASE_FRAMES, g_param_spec_uint("release-frames", "Release frames",
                                                 "So many normal frames in a row end an event", 1,
                                                 10000, d.events.release_frames, playing));
  install(PROP_MAX_REGIONS,
          g_param_spec_uint("max-regions", "Maximum regions",
                            "Regions that are reported for a frame, the strongest first", 0, 1000,
                            d.max_regions, playing));
  install(PROP_MIN_REGION_AREA,
          g_param_spec_double("min-region-area", "Minimum region area",
                              "Regions that cover less than this share of the frame are not "
                              "reported; the score and the verdict do not depend on it",
                              0, 1, d.min_region_area, controllable));
  install(PROP_ATTACH, g_param_spec_flags("attach", "Attach", "Metadata that frames carry",
                                          mvga::gst::attach_get_type(), d.attach, playing));
  install(PROP_OVERLAY, g_param_spec_enum("overlay", "Overlay", "Where the result is drawn",
                                          mvga::gst::overlay_mode_get_type(),
                                          static_cast<gint>(d.overlay), playing));
  install(PROP_OVERLAY_STYLE,
          g_param_spec_flags("overlay-style", "Overlay style", "What is drawn",
                             mvga::gst::overlay_style_get_type(), d.drawing.style, playing));
  install(PROP_COLORMAP, g_param_spec_enum("colormap", "Colour map", "Colours of the heat map",
                                           mvga::gst::colormap_get_type(),
                                           static_cast<gint>(d.drawing.colormap), playing));
  install(PROP_ALPHA, g_param_spec_double("alpha", "Alpha", "Opacity of the heat map", 0, 1,
                                          d.drawing.alpha, controllable));
  install(PROP_MESSAGES, g_param_spec_enum("messages", "Messages", "Element messages on the bus",
                                           mvga::gst::messages_get_type(),
                                           static_cast<gint>(d.messages), playing));
  install(
      PROP_ON_ERROR,
      g_param_spec_enum("on-error", "On error", "What happens when a frame cannot be looked at",
                        mvga::gst::on_error_get_type(), static_cast<gint>(d.on_error), playing));
  install(PROP_STATS,
          g_param_spec_boxed("stats", "Statistics", "Frames by status, and milliseconds by stage",
                             GST_TYPE_STRUCTURE, read_only));
  install(PROP_LAST_SCORE,
          g_param_spec_double("last-score", "Last score", "Score of the last frame looked at",
                              -G_MAXDOUBLE, G_MAXDOUBLE, 0, read_only));
}

static void mvga_detect_class_init(MvgaDetectClass* klass) {
  GObjectClass* object_class = G_OBJECT_CLASS(klass);
  GstElementClass* element_class = GST_ELEMENT_CLASS(klass);
  GstBaseTransformClass* transform_class = GST_BASE_TRANSFORM_CLASS(klass);

  object_class->set_property = GST_DEBUG_FUNCPTR(mvga_detect_set_property);
  object_class->get_property = GST_DEBUG_FUNCPTR(mvga_detect_get_property);
  object_class->finalize = GST_DEBUG_FUNCPTR(mvga_detect_finalize);
  install_properties(object_class);

  gst_element_class_set_static_metadata(
      element_class, "Anomaly detector", "Filter/Analyzer/Video",
      "Scores every frame against what is normal, says where it is not, and draws it",
      "the mvga authors");
  gst_element_class_add_static_pad_template(element_class, &sink_template);
  gst_element_class_add_static_pad_template(element_class, &src_template);
  gst_element_class_add_static_pad_template(element_class, &heatmap_template);
  element_class->request_new_pad = GST_DEBUG_FUNCPTR(mvga_detect_request_new_pad);
  element_class->release_pad = GST_DEBUG_FUNCPTR(mvga_detect_release_pad);

  transform_class->start = GST_DEBUG_FUNCPTR(mvga_detect_start);
  transform_class->stop = GST_DEBUG_FUNCPTR(mvga_detect_stop);
  transform_class->set_caps = GST_DEBUG_FUNCPTR(mvga_detect_set_caps);
  transform_class->transform_caps = GST_DEBUG_FUNCPTR(mvga_detect_transform_caps);
  transform_class->before_transform = GST_DEBUG_FUNCPTR(mvga_detect_before_transform);
  transform_class->transform_ip = GST_DEBUG_FUNCPTR(mvga_detect_transform_ip);
  transform_class->sink_event = GST_DEBUG_FUNCPTR(mvga_detect_sink_event);
  transform_class->src_event = GST_DEBUG_FUNCPTR(mvga_detect_src_event);
  transform_class->query = GST_DEBUG_FUNCPTR(mvga_detect_query);
}
