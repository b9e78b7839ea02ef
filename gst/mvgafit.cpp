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
#include "gst/mvgafit.h"

#include <gst/video/video.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/io/atomic_file.h"
#include "core/io/error.h"
#include "core/learner.h"
#include "core/light_changes.h"
#include "core/model_file.h"
#include "core/parse_settings.h"
#include "gst/element_errors.h"
#include "gst/fit_report.h"
#include "gst/frame_reader.h"
#include "gst/object_lock.h"
#include "gst/property_values.h"
#include "gst/video_formats.h"

GST_DEBUG_CATEGORY(mvga_fit_debug);
#define GST_CAT_DEFAULT mvga_fit_debug

using mvga::gst::guarded;
using mvga::gst::set_text;
using mvga::gst::text_of;

namespace {

constexpr gdouble kDefaultTargetFpr = 0.01;
constexpr mvga::Profile kDefaultProfile = mvga::Profile::calibrated;
constexpr gdouble kDefaultVariance = 0.05;

/// What the properties say. Read at the start of a run.
struct Settings {
  std::string model;
  std::string backbone;
  std::string weights;
  std::string levels;
  std::string roi;
  std::string device = "auto";
  guint input_size = 0;
  gint reduction = mvga::gst::kReductionAuto;
  gdouble variance = kDefaultVariance;
  mvga::Profile profile = kDefaultProfile;
  gdouble target_fpr = kDefaultTargetFpr;
  gdouble light = 0;
  guint64 max_frames = 0;
  mvga::Precision precision = mvga::Precision::automatic;
  guint threads = 0;
};

/// One run, from start to stop.
struct Run {
  Run(GstElement* element, Settings s)
      : settings(std::move(s)), report(element, settings.max_frames) {}

  Settings settings;
  mvga::Box roi;
  std::optional<mvga::Learner> learner;
  std::shared_ptr<const mvga::Backbone> backbone;
  mvga::gst::FrameReader reader;
  mvga::gst::FitReport report;

  /// Until a model is written or that has failed for good.
  bool learning() const { return learner.has_value(); }
  /// The frames that may still come take no memory and no disk.
  void release() {
    learner.reset();
    backbone.reset();
  }
};

}  // namespace

struct _MvgaFit {
  GstBaseTransform parent;
  Settings* settings;  ///< under the object lock
  Run* run;            ///< streaming thread, and state changes while that is stopped
};

enum {
  PROP_0,
  PROP_MODEL,
  PROP_BACKBONE,
  PROP_WEIGHTS,
  PROP_LEVELS,
  PROP_INPUT_SIZE,
  PROP_REDUCTION,
  PROP_VARIANCE,
  PROP_PROFILE,
  PROP_TARGET_FPR,
  PROP_LIGHT,
  PROP_MAX_FRAMES,
  PROP_ROI,
  PROP_DEVICE,
  PROP_PRECISION,
  PROP_THREADS,
};

static GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS(MVGA_VIDEO_CAPS));
static GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS(MVGA_VIDEO_CAPS));

#define mvga_fit_parent_class parent_class
G_DEFINE_TYPE_WITH_CODE(MvgaFit, mvga_fit, GST_TYPE_BASE_TRANSFORM,
                        GST_DEBUG_CATEGORY_INIT(mvga_fit_debug, "mvgafit", 0,
                                                "learning what is normal"));
GST_ELEMENT_REGISTER_DEFINE(mvgafit, "mvgafit", GST_RANK_NONE, MVGA_TYPE_FIT);

/* ---- learning ---------------------------------------------------------------------------------
 */

static void check_output_path(const std::string& model) {
  if (model.empty())
    throw mvga::Error(mvga::ErrorKind::settings,
                      "no output file: set the property 'model', such as model=line.mvga");
  // Now, not after hours of learning.
  mvga::check_writable(model);
}

static mvga::FitSettings fit_settings(const Settings& settings, const mvga::Box& roi) {
  mvga::FitSettings fit;
  fit.profile = settings.profile;
  fit.target_fpr = settings.target_fpr;
  fit.roi = roi;
  fit.light = settings.light;
  if (settings.reduction != mvga::gst::kReductionAuto)
    fit.reduction = {static_cast<mvga::ReductionKind>(settings.reduction), settings.variance};
  return fit;
}

static void open_run(Run& run) {
  const Settings& s = run.settings;
  check_output_path(s.model);
  if (!s.roi.empty()) run.roi = mvga::parse_roi(s.roi);
  mvga::BackboneSettings backbone;
  backbone.architecture = mvga::backbone_for(s.profile, s.backbone, s.weights);
  backbone.weights = s.weights;
  backbone.levels = mvga::parse_levels(s.levels);
  backbone.level_set = mvga::level_set_for(s.profile);
  backbone.input_size = static_cast<int>(s.input_size);
  backbone.device = s.device;
  backbone.precision = s.precision;
  backbone.threads = static_cast<int>(s.threads);
  run.backbone = mvga::open_backbone(backbone);
  run.learner.emplace(run.backbone, fit_settings(s, run.roi));
}

static std::string what_is_left(const std::string& model) {
  std::error_code ignored;
  return std::filesystem::exists(model, ignored) ? "; the older model in " + model + " is untouched"
                                                 : "; no model was written";
}

// Like guarded(); a failure ends the run, and its text says so.
template <typename Action>
static bool guarded_step(MvgaFit* self, Action&& action) {
  Run& run = *self->run;
  const mvga::gst::FitReport::Step step(run.report);
  const bool good = guarded(GST_ELEMENT(self), [&] {
    try {
      action();
    } catch (const mvga::Error& e) {
      const std::string text = e.what() + what_is_left(run.settings.model);
      run.report.failed(text);
      throw mvga::Error(e.kind(), text);
    }
  });
  if (!good) run.release();
  return good;
}

// Fits, calibrates and writes, once. Posts an error when that fails; the old file stays.
static bool mvga_fit_finish(MvgaFit* self) {
  Run& run = *self->run;
  if (!run.learning()) return true;
  const bool good = guarded_step(self, [&] {
    run.report.fitting();
    const mvga::Model model = run.learner->finish(
        [&](std::size_t done, std::size_t total) { run.report.calibrated(done, total); });
    mvga::save_model(model, run.settings.model);
    run.report.warn_of_broken_promise(model);
    run.report.saved(model, run.settings.model);
  });
  run.release();
  return good;
}

static gboolean mvga_fit_start(GstBaseTransform* trans) {
  MvgaFit* self = MVGA_FIT(trans);
  const Settings settings = mvga::gst::locked_copy(self, *self->settings);
  auto run = std::make_unique<Run>(GST_ELEMENT(self), settings);
  if (!guarded(GST_ELEMENT(self), [&] { open_run(*run); })) return FALSE;
  GST_INFO_OBJECT(self, "learning with %s on %s", run->backbone->info().architecture.c_str(),
                  run->backbone->info().device.c_str());
  self->run = run.release();
  return TRUE;
}

static gboolean mvga_fit_stop(GstBaseTransform* trans) {
  MvgaFit* self = MVGA_FIT(trans);
  // Interrupted without EOS: what was seen is worth a model all the same.
  if (self->run && self->run->learning() && self->run->learner->frames() > 0) {
    self->run->report.interrupted();
    mvga_fit_finish(self);
  }
  delete self->run;
  self->run = nullptr;
  return TRUE;
}

static gboolean mvga_fit_set_caps(GstBaseTransform* trans, GstCaps* incaps, GstCaps*) {
  MvgaFit* self = MVGA_FIT(trans);
  GstVideoInfo info;
  if (!gst_video_info_from_caps(&info, incaps)) return FALSE;
  Run& run = *self->run;
  if (!run.learning()) return TRUE;
  return guarded(GST_ELEMENT(self),
                 [&] { run.reader.configure(info, run.roi, run.backbone->info().input_size); });
}

static GstFlowReturn mvga_fit_transform_ip(GstBaseTransform* trans, GstBuffer* buffer) {
  MvgaFit* self = MVGA_FIT(trans);
  Run& run = *self->run;
  if (!run.learning() || GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_GAP)) return GST_FLOW_OK;
  // In passthrough the base class lets frames through that no caps came before.
  if (!run.reader.configured()) return GST_FLOW_NOT_NEGOTIATED;

  const bool good = guarded_step(self, [&] {
    run.learner->add(run.reader.read(buffer));
    run.report.learned(run.learner->frames());
  });
  if (!good) return GST_FLOW_ERROR;
  if (run.settings.max_frames > 0 && run.learner->frames() >= run.settings.max_frames &&
      !mvga_fit_finish(self))
    return GST_FLOW_ERROR;
  return GST_FLOW_OK;
}

static gboolean mvga_fit_sink_event(GstBaseTransform* trans, GstEvent* event) {
  MvgaFit* self = MVGA_FIT(trans);
  if (GST_EVENT_TYPE(event) == GST_EVENT_EOS && self->run) mvga_fit_finish(self);
  return GST_BASE_TRANSFORM_CLASS(parent_class)->sink_event(trans, event);
}

/* ---- properties -------------------------------------------------------------------------------
 */

static void mvga_fit_set_property(GObject* object, guint id, const GValue* value,
                                  GParamSpec* pspec) {
  MvgaFit* self = MVGA_FIT(object);
  GST_OBJECT_LOCK(self);
  Settings& s = *self->settings;
  switch (id) {
    case PROP_MODEL:
      s.model = text_of(value);
      break;
    case PROP_BACKBONE:
      s.backbone = text_of(value);
      break;
    case PROP_WEIGHTS:
      s.weights = text_of(value);
      break;
    case PROP_LEVELS:
      s.levels = text_of(value);
      break;
    case PROP_INPUT_SIZE:
      s.input_size = g_value_get_uint(value);
      break;
    case PROP_REDUCTION:
      s.reduction = g_value_get_enum(value);
      break;
    case PROP_VARIANCE:
      s.variance = g_value_get_double(value);
      break;
    case PROP_PROFILE:
      s.profile = static_cast<mvga::Profile>(g_value_get_enum(value));
      break;
    case PROP_TARGET_FPR:
      s.target_fpr = g_value_get_double(value);
      break;
    case PROP_LIGHT:
      s.light = g_value_get_double(value);
      break;
    case PROP_MAX_FRAMES:
      s.max_frames = g_value_get_uint64(value);
      break;
    case PROP_ROI:
      s.roi = text_of(value);
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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
  GST_OBJECT_UNLOCK(self);
}

static void mvga_fit_get_property(GObject* object, guint id, GValue* value, GParamSpec* pspec) {
  MvgaFit* self = MVGA_FIT(object);
  GST_OBJECT_LOCK(self);
  const Settings& s = *self->settings;
  switch (id) {
    case PROP_MODEL:
      set_text(value, s.model);
      break;
    case PROP_BACKBONE:
      set_text(value, s.backbone);
      break;
    case PROP_WEIGHTS:
      set_text(value, s.weights);
      break;
    case PROP_LEVELS:
      set_text(value, s.levels);
      break;
    case PROP_INPUT_SIZE:
      g_value_set_uint(value, s.input_size);
      break;
    case PROP_REDUCTION:
      g_value_set_enum(value, s.reduction);
      break;
    case PROP_VARIANCE:
      g_value_set_double(value, s.variance);
      break;
    case PROP_PROFILE:
      g_value_set_enum(value, static_cast<gint>(s.profile));
      break;
    case PROP_TARGET_FPR:
      g_value_set_double(value, s.target_fpr);
      break;
    case PROP_LIGHT:
      g_value_set_double(value, s.light);
      break;
    case PROP_MAX_FRAMES:
      g_value_set_uint64(value, s.max_frames);
      break;
    case PROP_ROI:
      set_text(value, s.roi);
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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
  GST_OBJECT_UNLOCK(self);
}

/* ---- class ------------------------------------------------------------------------------------
 */

static void mvga_fit_init(MvgaFit* self) {
  self->settings = new Settings;
  self->run = nullptr;
  gst_base_transform_set_passthrough(GST_BASE_TRANSFORM(self), TRUE);
}

static void mvga_fit_finalize(GObject* object) {
  MvgaFit* self = MVGA_FIT(object);
  delete self->run;
  delete self->settings;
  G_OBJECT_CLASS(parent_class)->finalize(object);
}

static void install_properties(GObjectClass* klass) {
  const auto flags = static_cast<GParamFlags>(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                              GST_PARAM_MUTABLE_READY);
  g_object_class_install_property(
      klass, PROP_MODEL,
      g_param_spec_string("model", "Model", "Path of the model file to write (.mvga)", nullptr,
                          flags));
  g_object_class_install_property(
      klass, PROP_BACKBONE,
      g_param_spec_string("backbone", "Backbone",
                          "Architecture of the network: mvga_small, which is built in, or one of "
                          "timm's names; NULL: that of the weights, mvga_small, or "
                          "tf_efficientnet_b4 for profile=paper",
                          nullptr, flags));
  g_object_class_install_property(
      klass, PROP_WEIGHTS,
      g_param_spec_string("weights", "Weights",
                          "Weights file of the backbone (safetensors); NULL: BACKBONE.safetensors "
                          "in MVGA_WEIGHTS_PATH, the user's or the installed data folder, or the "
                          "built-in weights",
                          nullptr, flags));
  g_object_class_install_property(
      klass, PROP_LEVELS,
      g_param_spec_string("levels", "Levels",
                          "Feature levels, such as 3-7 or 3,4,6; NULL: what suits the backbone",
                          nullptr, flags));
  g_object_class_install_property(
      klass, PROP_INPUT_SIZE,
      g_param_spec_uint("input-size", "Input size",
                        "Side of the backbone's square input in pixels; 0: what suits the backbone",
                        0, 2048, 0, flags));
  g_object_class_install_property(
      klass, PROP_REDUCTION,
      g_param_spec_enum("reduction", "Reduction", "Which principal components are kept",
                        mvga::gst::reduction_get_type(), mvga::gst::kReductionAuto, flags));
  g_object_class_install_property(
      klass, PROP_VARIANCE,
      g_param_spec_double("variance", "Variance",
                          "Share of the variance that the reduction keeps (opca, pca)", 1e-6, 1,
                          kDefaultVariance, flags));
  g_object_class_install_property(
      klass, PROP_PROFILE,
      g_param_spec_enum("profile", "Profile", "How distances become a score and a map",
                        mvga::gst::profile_get_type(), static_cast<gint>(kDefaultProfile), flags));
  g_object_class_install_property(
      klass, PROP_TARGET_FPR,
      g_param_spec_double("target-fpr", "Target false-alarm rate",
                          "Share of normal frames that may raise an alarm", 1e-3, 0.5,
                          kDefaultTargetFpr, flags));
  g_object_class_install_property(
      klass, PROP_LIGHT,
      g_param_spec_double("light", "Light",
                          "Learn every frame also brighter and darker by up to this share, with a "
                          "warm and a cool cast; 0: only as it is",
                          0, mvga::kMostLight, 0, flags));
  g_object_class_install_property(
      klass, PROP_MAX_FRAMES,
      g_param_spec_uint64("max-frames", "Maximum frames",
                          "Learn from so many frames, then write the model and pass the rest on; "
                          "0: all frames",
                          0, G_MAXUINT64, 0, flags));
  g_object_class_install_property(
      klass, PROP_ROI,
      g_param_spec_string("roi", "Region of interest",
                          "Part of the frame to learn: x,y,w,h in fractions of the frame; NULL: "
                          "all of it",
                          nullptr, flags));
  g_object_class_install_property(
      klass, PROP_DEVICE,
      g_param_spec_string("device", "Device", "Where the backbone runs: auto, cpu, cuda, cuda:N",
                          "auto", flags));
  g_object_class_install_property(
      klass, PROP_PRECISION,
      g_param_spec_enum("precision", "Precision", "Number format of the backbone",
                        mvga::gst::precision_get_type(),
                        static_cast<gint>(mvga::Precision::automatic), flags));
  g_object_class_install_property(
      klass, PROP_THREADS,
      g_param_spec_uint("threads", "Threads",
                        "Processor threads of an inference; 0: as many as cores, shared among "
                        "the elements that infer at the same time",
                        0, 1024, 0, flags));
}

static void mvga_fit_class_init(MvgaFitClass* klass) {
  GObjectClass* object_class = G_OBJECT_CLASS(klass);
  GstElementClass* element_class = GST_ELEMENT_CLASS(klass);
  GstBaseTransformClass* transform_class = GST_BASE_TRANSFORM_CLASS(klass);

  object_class->set_property = GST_DEBUG_FUNCPTR(mvga_fit_set_property);
  object_class->get_property = GST_DEBUG_FUNCPTR(mvga_fit_get_property);
  object_class->finalize = GST_DEBUG_FUNCPTR(mvga_fit_finalize);
  install_properties(object_class);

  gst_element_class_set_static_metadata(
      element_class, "Anomaly learner", "Filter/Analyzer/Video",
      "Learns from normal video what mvgadetect is to take as normal", "the mvga authors");
  gst_element_class_add_static_pad_template(element_class, &sink_template);
  gst_element_class_add_static_pad_template(element_class, &src_template);

  transform_class->start = GST_DEBUG_FUNCPTR(mvga_fit_start);
  transform_class->stop = GST_DEBUG_FUNCPTR(mvga_fit_stop);
  transform_class->set_caps = GST_DEBUG_FUNCPTR(mvga_fit_set_caps);
  transform_class->transform_ip = GST_DEBUG_FUNCPTR(mvga_fit_transform_ip);
  transform_class->sink_event = GST_DEBUG_FUNCPTR(mvga_fit_sink_event);
}
