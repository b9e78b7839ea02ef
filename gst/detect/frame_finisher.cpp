// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/frame_finisher.h"

#include <gst/base/gstbasetransform.h>

#include <utility>

#include "core/base/stopwatch.h"
#include "gst/detect/messages.h"
#include "gst/element/errors.h"
#include "gst/frames/frame_flags.h"
#include "gst/frames/saturation.h"
#include "gst/meta/analytics_meta.h"
#include "gst/meta/anomaly_meta.h"

namespace mvga::gst {
namespace {

constexpr guint kMostFailuresInARow = 10;

Drawing drawing_of(OverlayMode overlay) {
  return overlay == OverlayMode::attach ? Drawing::attach : Drawing::blend;
}

void post(GstElement* element, GstMessageType type, const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& e) {
    post_exception(element, type, e);
  }
}

}  // namespace

FrameFinisher::FrameFinisher(GstElement* element, const ModelSlot& models, Schedule& schedule,
                             SharedStats& stats)
    : element_(element),
      models_(models),
      schedule_(schedule),
      stats_(stats),
      drawer_(GST_BASE_TRANSFORM_SRC_PAD(element)) {}

bool FrameFinisher::take_in(const Inference& inference) {
  if (inference.failure) return tolerate(inference);
  failures_in_a_row_ = 0;
  // Scores of two models do not make one event.
  if (last_ && last_->snapshot.model != inference.snapshot.model)
    end_event_going_on(*inference.snapshot.settings);
  last_ = inference;
  if (inference.result.status != FrameStatus::fresh) return true;
  count(inference);
  if (inference.saturated) tell_of_saturation(*inference.snapshot.model);
  track_event(inference);
  return true;
}

void FrameFinisher::tell_of_saturation(const ModelInUse& model) {
  if (std::exchange(told_of_saturation_, true)) return;
  GST_ELEMENT_WARNING(element_, STREAM, FORMAT,
                      ("A frame %s.", saturation_text(model.bits()).c_str()), (nullptr));
}

bool FrameFinisher::tolerate(const Inference& inference) {
  const bool pass = inference.snapshot.settings->on_error == OnError::passthrough &&
                    ++failures_in_a_row_ < kMostFailuresInARow;
  post(element_, pass ? GST_MESSAGE_WARNING : GST_MESSAGE_ERROR, inference.failure);
  schedule_.start_over();  // the next frame is tried, whatever the interval
  last_ = inference;
  return pass;
}

FrameResult FrameFinisher::hold(GstBuffer* buffer, const FrameSnapshot& snapshot) const {
  FrameResult result;
  if (is_corrupted(buffer)) {
    result.status = FrameStatus::corrupted;
    return result;
  }
  if (!snapshot.model->is_learned()) {
    result.status = FrameStatus::learning;
    result.learning = models_.learning();
    return result;
  }
  if (last_ && last_->failure) result.status = FrameStatus::error;
  // Of another model than the frame's, a result says nothing.
  if (!last_ || !last_->result.detection || last_->snapshot.model != snapshot.model) return result;
  result = last_->result;
  result.status = FrameStatus::held;
  result.inference_time = 0;
  if (GST_BUFFER_PTS_IS_VALID(buffer) && GST_CLOCK_TIME_IS_VALID(result.result_pts) &&
      GST_BUFFER_PTS(buffer) > result.result_pts)
    result.age = GST_BUFFER_PTS(buffer) - result.result_pts;
  return result;
}

FrameResult FrameFinisher::finish(GstBuffer* buffer, const FrameSnapshot& snapshot,
                                  FrameResult result) {
  const DetectElementSettings& settings = *snapshot.settings;
  if (!result.detection) result.model_id = snapshot.model->id;
  result.event_id = events_.active() ? events_.event().id : 0;
  if (result.status == FrameStatus::corrupted) note_corrupted();
  if (settings.attach & attach_score) attach_anomaly_meta(buffer, result);
  if (result.detection) {
    attach_places_meta(buffer, result.detection, settings.attach);
    const gint first_id =
        attach_analytics(buffer, *result.detection, *snapshot.video, settings.attach);
    if (settings.attach & attach_regions)
      attach_region_metas(buffer, *result.detection, *snapshot.video, first_id);
  }
  if (settings.messages == Messages::all) post_result(element_, result, snapshot.times);
  const double drawing = settings.overlay == OverlayMode::none ? 0 : draw(buffer, snapshot, result);
  count(result, drawing);
  return result;
}

void FrameFinisher::note_corrupted() {
  if (events_.active()) ++corrupted_in_event_;
  if (std::exchange(told_of_corrupted_, true)) return;
  GST_ELEMENT_WARNING(element_, STREAM, DECODE, ("%s", kCorruptedFrame), (nullptr));
}

double FrameFinisher::draw(GstBuffer* buffer, const FrameSnapshot& snapshot,
                           const FrameResult& result) {
  const Stopwatch watch;
  const DetectElementSettings& settings = *snapshot.settings;
  try {
    if (!drawer_.draw(buffer, *snapshot.video, result, settings.drawing,
                      drawing_of(settings.overlay)))
      return 0;
  } catch (const Error& e) {  // of a frame that was inferred, it has been said before
    if (!std::exchange(told_of_not_drawn_, true)) post_exception(element_, GST_MESSAGE_WARNING, e);
  }
  return watch.seconds();
}

void FrameFinisher::track_event(const Inference& inference) {
  const DetectElementSettings& settings = *inference.snapshot.settings;
  event_scale_ = inference.result.detection->map_scale;
  event_model_id_ = inference.snapshot.model->id;
  const auto change =
      events_.update(*inference.result.detection, inference.snapshot.times.pts, settings.events);
  if (change == EventTracker::Change::ended) end_event(settings);
  if (change != EventTracker::Change::started) return;
  corrupted_in_event_ = 0;
  stats_.change([](DetectStats& s) { ++s.events; });
  if (settings.messages == Messages::none) return;
  FrameResult with_id = inference.result;
  with_id.event_id = events_.event().id;
  post_event_start(element_, events_.event(), with_id, inference.snapshot.times);
}

void FrameFinisher::end_event(const DetectElementSettings& settings) {
  if (settings.messages != Messages::none)
    post_event_end(element_, {events_.event(), corrupted_in_event_}, event_scale_, event_model_id_);
}

void FrameFinisher::end_event_going_on(const DetectElementSettings& settings) {
  if (events_.finish() == EventTracker::Change::ended) end_event(settings);
}

void FrameFinisher::count(const Inference& inference) {
  stats_.change([&](DetectStats& s) {
    ++s.inferred;
    s.convert.add(inference.times.convert);
    s.backbone.add(inference.times.backbone);
    s.score.add(inference.times.score);
    s.last_score = inference.result.detection->score;
  });
}

void FrameFinisher::count(const FrameResult& result, double drawing) {
  stats_.change([&](DetectStats& s) {
    ++s.frames;
    if (drawing > 0) s.draw.add(drawing);
    if (guint64* counter = s.counter_of(result.status)) ++*counter;
  });
}

}  // namespace mvga::gst
