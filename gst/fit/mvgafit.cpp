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

#include <gst/video/video.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/parse_settings.h"
#include "core/io/atomic_file.h"
#include "core/learning/learner.h"
#include "core/learning/light_changes.h"
#include "gst/element/errors.h"
#include "gst/element/object_lock.h"
#include "gst/element/property_table.h"
#include "gst/element/property_values.h"
#include "gst/frames/formats.h"
#include "gst/frames/frame_reader.h"
#include "gst/learning/fit_report.h"
#include "models/open_backbone.h"

GST_DEBUG_CATEGORY(mvga_fit_debug);
#undef GST_CAT_DEFAULT  // of another file, in a unity build
#define GST_CAT_DEFAULT mvga_fit_debug

using mvga::gst::guarded;
using mvga::gst::Mutable;
using mvga::gst::PropertyTable;

namespace mvga::gst {

/// What the properties say. Read at the start of a run.
struct FitElementSettings {
  std::string model;
  std::string backbone;
  std::string weights;
  std::string levels;
  std::string roi;
  std::string device = "auto";
  guint input_size = 0;
  gint reduction = kReductionAuto;
  gdouble variance = 0.05;
  Profile profile = Profile::calibrated;
  gdouble target_fpr = 0.01;
  gdouble light = 0;
  guint64 max_frames = 0;
  Precision precision = Precision::automatic;
  guint threads = 0;
};

/// One run, from start to stop.
struct FitRun {
  FitRun(GstElement* element, FitElementSettings s)
      : settings(std::move(s)), report(element, settings.max_frames) {}

  FitElementSettings settings;
  Box roi;
  std::optional<Learner> learner;
  std::shared_ptr<const Backbone> backbone;
  FrameReader reader;
  FitReport report;

  /// Until a model is written or that has failed for good.
  bool learning() const { return learner.has_value(); }
  /// The frames that may still come take no memory and no disk.
  void release() {
    learner.reset();
    backbone.reset();
  }
};

}  // namespace mvga::gst

using mvga::gst::FitElementSettings;
using mvga::gst::FitRun;

struct _MvgaFit {
  GstBaseTransform parent;
  FitElementSettings* settings;  ///< under the object lock
  FitRun* run;                   ///< streaming thread, and state changes while that is stopped
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

static void check_output_path(const std::string& model) {
  if (model.empty())
    throw mvga::Error(mvga::ErrorKind::settings,
                      "no output file: set the property 'model', such as model=line.mvga");
  // Now, not after hours of learning.
  mvga::check_writable(model);
}

static mvga::FitSettings fit_settings(const FitElementSettings& settings, const mvga::Box& roi) {
  mvga::FitSettings fit;
  fit.profile = settings.profile;
  fit.target_fpr = settings.target_fpr;
  fit.roi = roi;
  fit.light = settings.light;
  if (settings.reduction != mvga::gst::kReductionAuto)
    fit.reduction = {static_cast<mvga::ReductionKind>(settings.reduction), settings.variance};
  return fit;
}

static void open_run(FitRun& run) {
  const FitElementSettings& s = run.settings;
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
  FitRun& run = *self->run;
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
  FitRun& run = *self->run;
  if (!run.learning()) return true;
  const bool good = guarded_step(
      self, [&] { mvga::gst::finish_learning(*run.learner, run.settings.model, run.report); });
  run.release();
  return good;
}

static gboolean mvga_fit_start(GstBaseTransform* trans) {
  MvgaFit* self = MVGA_FIT(trans);
  const FitElementSettings settings = mvga::gst::locked_copy(self, *self->settings);
  auto run = std::make_unique<FitRun>(GST_ELEMENT(self), settings);
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
  FitRun& run = *self->run;
  if (!run.learning()) return TRUE;
  return guarded(GST_ELEMENT(self),
                 [&] { run.reader.configure(info, run.roi, run.backbone->info().input_size); });
}

static GstFlowReturn mvga_fit_transform_ip(GstBaseTransform* trans, GstBuffer* buffer) {
  MvgaFit* self = MVGA_FIT(trans);
  FitRun& run = *self->run;
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
  return GST_BASE_TRANSFORM_CLASS(mvga_fit_parent_class)->sink_event(trans, event);
}

/* ---- properties -------------------------------------------------------------------------------
 */

static PropertyTable<FitElementSettings> all_properties() {
  PropertyTable<FitElementSettings> table;
  table.text({"model", "Model", "Path of the model file to write (.mvga)"}, Mutable::ready,
             &FitElementSettings::model);
  table.text({"backbone", "Backbone",
              "Architecture of the network: mvga_small, which is built in, or one of "
              "timm's names; NULL: that of the weights, mvga_small, or "
              "tf_efficientnet_b4 for profile=paper"},
             Mutable::ready, &FitElementSettings::backbone);
  table.text({"weights", "Weights",
              "Weights file of the backbone (safetensors); NULL: BACKBONE.safetensors "
              "in MVGA_WEIGHTS_PATH, the user's or the installed data folder, or the "
              "built-in weights"},
             Mutable::ready, &FitElementSettings::weights);
  table.text(
      {"levels", "Levels", "Feature levels, such as 3-7 or 3,4,6; NULL: what suits the backbone"},
      Mutable::ready, &FitElementSettings::levels);
  table.number({"input-size", "Input size",
                "Side of the backbone's square input in pixels; 0: what suits the backbone"},
               Mutable::ready, 0U, 2048U, &FitElementSettings::input_size);
  table.choice({"reduction", "Reduction", "Which principal components are kept"}, Mutable::ready,
               mvga::gst::reduction_get_type(), &FitElementSettings::reduction);
  table.number(
      {"variance", "Variance", "Share of the variance that the reduction keeps (opca, pca)"},
      Mutable::ready, 1e-6, 1.0, &FitElementSettings::variance);
  table.choice({"profile", "Profile", "How distances become a score and a map"}, Mutable::ready,
               mvga::gst::profile_get_type(), &FitElementSettings::profile);
  table.number(
      {"target-fpr", "Target false-alarm rate", "Share of normal frames that may raise an alarm"},
      Mutable::ready, 1e-3, 0.5, &FitElementSettings::target_fpr);
  table.number({"light", "Light",
                "Learn every frame also brighter and darker by up to this share, with a "
                "warm and a cool cast; 0: only as it is"},
               Mutable::ready, 0.0, mvga::kMostLight, &FitElementSettings::light);
  table.number({"max-frames", "Maximum frames",
                "Learn from so many frames, then write the model and pass the rest on; "
                "0: all frames"},
               Mutable::ready, guint64{0}, guint64{G_MAXUINT64}, &FitElementSettings::max_frames);
  table.text({"roi", "Region of interest",
              "Part of the frame to learn: x,y,w,h in fractions of the frame; NULL: "
              "all of it"},
             Mutable::ready, &FitElementSettings::roi);
  table.text({"device", "Device", "Where the backbone runs: auto, cpu, cuda, cuda:N"},
             Mutable::ready, &FitElementSettings::device);
  table.choice({"precision", "Precision", "Number format of the backbone"}, Mutable::ready,
               mvga::gst::precision_get_type(), &FitElementSettings::precision);
  table.number({"threads", "Threads",
                "Processor threads of an inference; 0: as many as cores, shared among the elements "
                "that infer at the same time"},
               Mutable::ready, 0U, 1024U, &FitElementSettings::threads);
  return table;
}

static const PropertyTable<FitElementSettings>& fit_properties() {
  static const PropertyTable<FitElementSettings> table = all_properties();
  return table;
}

static void mvga_fit_set_property(GObject* object, guint id, const GValue* value,
                                  GParamSpec* pspec) {
  MvgaFit* self = MVGA_FIT(object);
  if (!fit_properties().has(id)) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    return;
  }
  GST_OBJECT_LOCK(self);
  fit_properties().set(*self->settings, id, value);
  GST_OBJECT_UNLOCK(self);
}

static void mvga_fit_get_property(GObject* object, guint id, GValue* value, GParamSpec* pspec) {
  MvgaFit* self = MVGA_FIT(object);
  if (!fit_properties().has(id)) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    return;
  }
  GST_OBJECT_LOCK(self);
  fit_properties().get(*self->settings, id, value);
  GST_OBJECT_UNLOCK(self);
}

/* ---- class ------------------------------------------------------------------------------------
 */

static void mvga_fit_init(MvgaFit* self) {
  self->settings = new FitElementSettings;
  self->run = nullptr;
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
  transform_class->sink_event = GST_DEBUG_FUNCPTR(mvga_fit_sink_event);
}
