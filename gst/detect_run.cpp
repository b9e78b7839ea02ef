// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect_run.h"

#include <gst/base/gstbasetransform.h>

#include <chrono>
#include <filesystem>

#include "core/io/error.h"
#include "core/model_file.h"
#include "core/parse_settings.h"
#include "gst/analytics_meta.h"
#include "gst/anomaly_meta.h"
#include "gst/element_errors.h"

namespace mvga::gst {
namespace {

using Clock = std::chrono::steady_clock;

constexpr guint kMostFailuresInARow = 10;
constexpr double kLatencyHeadroom = 1.05;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

GstClockTime to_clock_time(double seconds) {
  return static_cast<GstClockTime>(seconds * static_cast<double>(GST_SECOND));
}

BackboneSettings backbone_settings(const Model& model, const DetectElementSettings& settings) {
  BackboneSettings backbone = backbone_settings_for(model);
  backbone.weights = settings.weights;
  backbone.device = settings.device;
  backbone.precision = settings.precision;
  backbone.threads = static_cast<int>(settings.threads);
  return backbone;
}

bool same_backbone(const Model& a, const Model& b) {
  return a.architecture == b.architecture && a.weights_sha256 == b.weights_sha256 &&
         a.input_size == b.input_size && a.level_indexes() == b.level_indexes();
}

Drawing drawing_of(OverlayMode overlay) {
  return overlay == OverlayMode::attach ? Drawing::attach : Drawing::blend;
}

DetectSettings detect_settings(const DetectElementSettings& settings, const Box& roi) {
  DetectSettings detect;
  if (settings.threshold >= 0) detect.threshold = settings.threshold;
  if (settings.target_fpr > 0) detect.target_fpr = settings.target_fpr;
  detect.max_regions = static_cast<int>(settings.max_regions);
  detect.min_region_area = settings.min_region_area;
  detect.roi = roi;
  return detect;
}

}  // namespace

DetectRun::DetectRun(GstElement* element, const DetectElementSettings& settings)
    : element_(element), roi_text_(settings.roi), drawer_(GST_BASE_TRANSFORM_SRC_PAD(element)) {
  // Not among the initialisers: load() looks at the model that is there already.
  model_ = load(settings);
  roi_ = roi_text_.empty() ? model_.detector->model().roi : parse_roi(roi_text_);
  if (settings.overlay != OverlayMode::none) ResultDrawer::load_fonts();
}

DetectRun::LoadedModel DetectRun::load(const DetectElementSettings& settings) const {
  if (settings.model.empty())
    throw Error(ErrorKind::not_found,
                "no model: set the property 'model' to a file that mvgafit wrote, such as "
                "model=line.mvga");
  Model model = load_model(settings.model);
  std::shared_ptr<const Backbone> backbone;
  if (model_.detector && same_backbone(model, model_.detector->model())) {
    // Only the Gaussians change: the weights stay where they are.
    backbone = model_.detector->backbone();
  } else {
    backbone = open_backbone(backbone_settings(model, settings));
  }
  return {std::make_shared<const Detector>(std::move(backbone), std::move(model)),
          std::filesystem::path(settings.model).stem().string()};
}

void DetectRun::configure(const GstVideoInfo& info) {
  drawer_.ask_downstream_again();
  // Other caps may be the same video, with or without overlays beside it.
  if (info_ && gst_video_info_is_equal(&*info_, &info)) return;
  look_anew(info);
}

void DetectRun::look_anew(const GstVideoInfo& info) {
  reader_.configure(info, roi_, model_.detector->model().input_size);
  info_ = info;
  last_.reset();
  frames_since_inference_ = 0;
}

void DetectRun::apply_roi(const std::string& roi) {
  if (roi == roi_text_) return;
  const Box box = roi.empty() ? model_.detector->model().roi : parse_roi(roi);
  roi_text_ = roi;
  roi_ = box;
  look_anew(*info_);
}

void DetectRun::change_model(const DetectElementSettings& settings) {
  guarded(
      element_,
      [&] {
        LoadedModel changed = load(settings);
        // Scores of two models do not make one event.
        finish(settings);
        model_ = std::move(changed);
        if (roi_text_.empty()) roi_ = model_.detector->model().roi;
        if (info_) look_anew(*info_);
      },
      GST_MESSAGE_WARNING);
}

GstFlowReturn DetectRun::process(GstBuffer* buffer, const GstSegment& segment,
                                 const DetectElementSettings& settings) {
  const auto start = Clock::now();
  FrameResult result;
  try {
    result = inspect(buffer, settings);
  } catch (const std::exception& failure) {
    if (!tolerate(failure, settings)) return GST_FLOW_ERROR;
    result.status = FrameStatus::error;
  }
  result.model_id = model_.id;
  const FrameTimes times = frame_times(segment, GST_BUFFER_PTS(buffer));
  if (result.status == FrameStatus::fresh) track_event(result, times, settings);
  result.event_id = events_.active() ? events_.event().id : 0;

  if (settings.attach & attach_score) attach_anomaly_meta(buffer, result);
  if (result.detection) {
    attach_places_meta(buffer, result.detection, settings.attach);
    const gint first_id = attach_analytics(buffer, *result.detection, *info_, settings.attach);
    if (settings.attach & attach_regions)
      attach_region_metas(buffer, *result.detection, *info_, first_id);
  }
  if (settings.messages == Messages::all) post_result(element_, result, times);
  if (settings.overlay != OverlayMode::none && result.detection) draw(buffer, result, settings);
  count(result);
  measure_latency(to_clock_time(seconds_since(start)));
  result_ = std::move(result);
  return GST_FLOW_OK;
}

FrameResult DetectRun::inspect(GstBuffer* buffer, const DetectElementSettings& settings) {
  // A gap is filler, not something that a camera saw.
  if (GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_GAP)) return hold(buffer);
  const guint passed = frames_since_inference_;
  FrameResult result = passed == 0 ? look(buffer, settings) : hold(buffer);
  frames_since_inference_ = (passed + 1) % settings.inference_interval;
  return result;
}

FrameResult DetectRun::look(GstBuffer* buffer, const DetectElementSettings& settings) {
  const auto start = Clock::now();
  apply_roi(settings.roi);
  const RgbView image = reader_.read(buffer);
  const double convert = seconds_since(start);
  StageTimes times;
  FrameResult result;
  result.detection = std::make_shared<const Detection>(
      model_.detector->detect(image, detect_settings(settings, roi_), &times));
  result.status = FrameStatus::fresh;
  result.result_pts = GST_BUFFER_PTS(buffer);
  result.inference_time = to_clock_time(seconds_since(start));

  failures_in_a_row_ = 0;
  last_ = result;

  const std::lock_guard lock(mutex_);
  stats_.convert.add(convert);
  stats_.backbone.add(times.backbone);
  stats_.score.add(times.scoring);
  last_score_ = result.detection->score;
  return result;
}

FrameResult DetectRun::hold(GstBuffer* buffer) const {
  if (!last_) return {};
  FrameResult result = *last_;
  result.status = FrameStatus::held;
  result.inference_time = 0;
  if (GST_BUFFER_PTS_IS_VALID(buffer) && GST_CLOCK_TIME_IS_VALID(result.result_pts) &&
      GST_BUFFER_PTS(buffer) > result.result_pts)
    result.age = GST_BUFFER_PTS(buffer) - result.result_pts;
  return result;
}

bool DetectRun::tolerate(const std::exception& failure, const DetectElementSettings& settings) {
  const bool pass =
      settings.on_error == OnError::passthrough && ++failures_in_a_row_ < kMostFailuresInARow;
  post_exception(element_, pass ? GST_MESSAGE_WARNING : GST_MESSAGE_ERROR, failure);
  // The next frame is tried, whatever the interval.
  frames_since_inference_ = 0;
  last_.reset();
  return pass;
}

void DetectRun::track_event(const FrameResult& result, const FrameTimes& times,
                            const DetectElementSettings& settings) {
  event_scale_ = result.detection->map_scale;
  const auto change = events_.update(*result.detection, times.pts, settings.events);
  if (change == EventTracker::Change::ended) end_event(settings);
  if (change != EventTracker::Change::started) return;
  {
    const std::lock_guard lock(mutex_);
    ++stats_.events;
  }
  if (settings.messages == Messages::none) return;
  FrameResult with_id = result;
  with_id.event_id = events_.event().id;
  post_event_start(element_, events_.event(), with_id, times);
}

void DetectRun::end_event(const DetectElementSettings& settings) {
  if (settings.messages != Messages::none)
    post_event_end(element_, events_.event(), event_scale_, model_.id);
}

void DetectRun::draw(GstBuffer* buffer, const FrameResult& result,
                     const DetectElementSettings& settings) {
  const auto start = Clock::now();
  if (!drawer_.draw(buffer, *info_, result, settings.drawing, drawing_of(settings.overlay))) return;

  const std::lock_guard lock(mutex_);
  stats_.draw.add(seconds_since(start));
}

void DetectRun::count(const FrameResult& result) {
  const std::lock_guard lock(mutex_);
  ++stats_.frames;
  switch (result.status) {
    case FrameStatus::fresh:
      ++stats_.inferred;
      break;
    case FrameStatus::held:
      ++stats_.held;
      break;
    case FrameStatus::skipped:
      ++stats_.skipped;
      break;
    case FrameStatus::error:
      ++stats_.failed;
      break;
  }
}

void DetectRun::measure_latency(GstClockTime spent) {
  {
    const std::lock_guard lock(mutex_);
    if (spent <= latency_) return;
    latency_ = static_cast<GstClockTime>(static_cast<double>(spent) * kLatencyHeadroom);
  }
  // The pipeline asks every element again.
  gst_element_post_message(element_, gst_message_new_latency(GST_OBJECT(element_)));
}

void DetectRun::forget(const DetectElementSettings& settings) {
  finish(settings);
  last_.reset();
  frames_since_inference_ = 0;
}

void DetectRun::finish(const DetectElementSettings& settings) {
  if (events_.finish() == EventTracker::Change::ended) end_event(settings);
}

DetectStats DetectRun::stats() const {
  const std::lock_guard lock(mutex_);
  return stats_;
}

double DetectRun::last_score() const {
  const std::lock_guard lock(mutex_);
  return last_score_;
}

GstClockTime DetectRun::latency() const {
  const std::lock_guard lock(mutex_);
  return latency_;
}

}  // namespace mvga::gst
