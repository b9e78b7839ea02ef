// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/run.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "gst/detect/learn_in_place.h"
#include "gst/detect/load_model.h"
#include "gst/detect/messages.h"
#include "gst/element/clock_time.h"
#include "gst/element/errors.h"
#include "gst/frames/frame_flags.h"
#include "gst/frames/frame_reader.h"

namespace mvga::gst {
namespace {

ModelSlot slot_for(GstElement* element, const DetectElementSettings& settings,
                   const LearnInPlace* learning, const ModelSlot::Report& report) {
  if (learning == nullptr) return {element, settings, load_with_backbone, report};
  return {element, learning->model_to_be(), learning->progress(), load_with_backbone, report};
}

// GStreamer's macro for this is no valid C++20.
bool is_serialized(GstEvent* event) {
  return (gst_event_type_get_flags(GST_EVENT_TYPE(event)) & GST_EVENT_TYPE_SERIALIZED) != 0;
}

}  // namespace

DetectRun::DetectRun(GstBaseTransform* element, const DetectElementSettings& settings,
                     DetectElementAccess access)
    : DetectRun(element, settings, std::move(access),
                learning_if_wanted(GST_ELEMENT(element), settings)) {}

DetectRun::DetectRun(GstBaseTransform* element, const DetectElementSettings& settings,
                     DetectElementAccess access, std::unique_ptr<LearnInPlace> learning)
    : transform_(element),
      access_(std::move(access)),
      models_(slot_for(this->element(), settings, learning.get(), access_.model_updated)),
      inferrer_(models_, std::move(learning)),
      finisher_(this->element(), models_, schedule_, stats_) {
  settings.roi.box();  // now, and not with the first frame
  if (settings.overlay != OverlayMode::none) ResultDrawer::load_fonts();
  lane_ = make_lane(settings, steps());
}

DetectRun::~DetectRun() = default;

LaneSteps DetectRun::steps() {
  return {
      [this](GstBuffer* frame, Waits waits) { return admit(frame, waits); },
      [this](GstBuffer* frame, const FrameSnapshot& snapshot) {
        return inferrer_.infer(frame, snapshot);
      },
      [this] { return inferrer_.takes_one_at_a_time(); },
      [this](const Inference& inference) { return finisher_.take_in(inference); },
      [this](GstBuffer* frame, const Inference& inference, GstClockTime spent) {
        return guarded_flow(element(), [&] { return finish(frame, inference, spent); });
      },
      [this](GstBuffer* frame, const FrameSnapshot& snapshot) {
        return guarded_flow(element(), [&] { return hold(frame, snapshot); });
      },
      [this](Owned<GstBuffer> frame) {
        return gst_pad_push(GST_BASE_TRANSFORM_SRC_PAD(transform_), frame.release());
      },
      [this](Owned<GstEvent> event) { push_event(std::move(event)); },
  };
}

void DetectRun::configure(const GstVideoInfo& info) {
  finisher_.ask_downstream_again();
  // Other caps may be the same video, with or without overlays beside it.
  if (video_ && gst_video_info_is_equal(video_.get(), &info)) return;
  // Whether such frames can be inferred is to be said now, and not with the first of them.
  const SharedModel model = models_.current();
  FrameReader().configure(info, roi_for(*access_.settings(), *model), model->input_size);
  video_ = std::make_shared<const GstVideoInfo>(info);
  lane_->new_video(info);
  finisher_.forget_results();
  schedule_.start_over();
}

GstFlowReturn DetectRun::generate_output(GenerateOutput base_class, GstBuffer** out) {
  const QueuedFrame queued{[this] {
                             Owned<GstBuffer> frame(std::exchange(transform_->queued_buf, nullptr));
                             if (frame) sync_controlled_values(transform_, frame.get());
                             return frame;
                           },
                           [this, base_class](const FrameWork& work, GstBuffer** changed) {
                             work_ = &work;
                             const GstFlowReturn flow = base_class(transform_, changed);
                             work_ = nullptr;
                             return flow;
                           }};
  return guarded_flow(element(), [&] { return lane_->submit(queued, out); });
}

GstFlowReturn DetectRun::transform_ip(GstBuffer* frame) {
  return guarded_flow(element(), [&] { return (*work_)(frame); });
}

AdmittedFrame DetectRun::admit(GstBuffer* frame, Waits waits) {
  const FrameTimes times = frame_times(transform_->segment, GST_BUFFER_PTS(frame));
  SharedSettings settings = access_.settings();
  SharedModel model = models_.current();
  if (model != model_seen_) {
    model_seen_ = model;
    schedule_.start_over();
  }
  if (is_corrupted(frame)) inferrer_.leave_out();
  const Scheduled scheduled = schedule_.next(frame, times, *settings, late_frames_, waits);
  if (scheduled == Scheduled::late) tell_of_late_frame(frame, times);
  const Box roi = roi_for(*settings, *model);
  return {{video_, times, std::move(settings), std::move(model), roi}, scheduled};
}

void DetectRun::tell_of_late_frame(GstBuffer* frame, const FrameTimes& times) {
  guint64 inferred = 0;
  guint64 late = 0;
  stats_.change([&](DetectStats& s) {
    late = ++s.late;
    inferred = s.inferred;
  });
  post_late_frame(element(), frame, times, late_frames_.verdict(), {inferred, late});
}

GstFlowReturn DetectRun::finish(GstBuffer* frame, const Inference& inference, GstClockTime spent) {
  if (!finisher_.take_in(inference)) return GST_FLOW_ERROR;
  return complete(frame, inference.snapshot, inference.result, spent);
}

GstFlowReturn DetectRun::hold(GstBuffer* frame, const FrameSnapshot& snapshot) {
  const FrameSnapshot now = models_.with_learned(snapshot);
  return complete(frame, now, finisher_.hold(frame, now), 0);
}

GstFlowReturn DetectRun::complete(GstBuffer* frame, const FrameSnapshot& snapshot,
                                  const FrameResult& result, GstClockTime spent_before) {
  const Stopwatch watch;
  const FrameResult carried = finisher_.finish(frame, snapshot, result);
  const GstClockTime spent = spent_before + to_clock_time(watch.seconds());
  HeatmapPush heatmap;
  if (const auto branch = access_.heatmap()) heatmap = branch->push(carried, frame, snapshot);
  if (heatmap.painting > 0) stats_.change([&](DetectStats& s) { s.heatmap.add(heatmap.painting); });
  measure(spent + to_clock_time(heatmap.painting));
  return heatmap.flow;
}

void DetectRun::push_event(Owned<GstEvent> event) {
  tell_branch(event.get());
  gst_pad_push_event(GST_BASE_TRANSFORM_SRC_PAD(transform_), event.release());
}

std::optional<FrameSnapshot> DetectRun::snapshot_now() const {
  if (!video_) return std::nullopt;
  SharedSettings settings = access_.settings();
  SharedModel model = models_.current();
  try {
    const Box roi = roi_for(*settings, *model);
    return FrameSnapshot{video_, {}, std::move(settings), std::move(model), roi};
  } catch (const Error&) {  // the next frame will say so
    return std::nullopt;
  }
}

void DetectRun::tell_branch(GstEvent* event) {
  const auto branch = access_.heatmap();
  if (!branch) return;
  const bool serialized = is_serialized(event);  // others come from any thread
  branch->follow(event, serialized ? snapshot_now() : std::nullopt);
}

void DetectRun::heed(GstEvent* event) {
  // Nothing is on its way to the branch any more when it hears of the end of a flush, or of the
  // stream.
  heed_here(event);
  tell_branch(event);
}

bool DetectRun::take(GstEvent* event) {
  if (!is_serialized(event) || GST_EVENT_TYPE(event) == GST_EVENT_FLUSH_STOP) return false;
  if (lane_->event(event)) return true;
  lane_->drain();
  return false;
}

void DetectRun::heed_here(GstEvent* event) {
  switch (GST_EVENT_TYPE(event)) {
    case GST_EVENT_EOS:
      lane_->finish();
      inferrer_.give_up_learning(false);
      finisher_.end_event_going_on(*access_.settings());
      break;
    case GST_EVENT_STREAM_START:
      forget();
      break;
    case GST_EVENT_FLUSH_START:
      start_flush();
      break;
    case GST_EVENT_FLUSH_STOP:
      start_flush();  // its beginning may have come before this run
      lane_->stop_flush();
      late_frames_.reset();
      schedule_.forget_times();
      forget();
      break;
    default:
      break;
  }
}

void DetectRun::heed_downstream(GstEvent* event) {
  if (GST_EVENT_TYPE(event) == GST_EVENT_RECONFIGURE) finisher_.ask_downstream_again();
  if (GST_EVENT_TYPE(event) == GST_EVENT_QOS) late_frames_.observe(event);
}

void DetectRun::forget() {
  lane_->forget();
  finisher_.end_event_going_on(*access_.settings());
  finisher_.forget_results();
  schedule_.start_over();
}

void DetectRun::start_flush() {
  const std::lock_guard lock(stopping_);
  if (!stopped_) lane_->start_flush();
}

void DetectRun::stop() {
  {
    const std::lock_guard lock(stopping_);
    stopped_ = true;
  }
  lane_->stop();
  inferrer_.give_up_learning(true);
  finisher_.end_event_going_on(*access_.settings());
}

void DetectRun::measure(GstClockTime spent) {
  const GstClockTime before = lane_->latency(own_latency_);
  if (!latency_.add(spent)) return;
  own_latency_ = latency_.latency();
  // The pipeline asks every element again.
  if (lane_->latency(own_latency_) != before)
    gst_element_post_message(element(), gst_message_new_latency(GST_OBJECT(transform_)));
}

}  // namespace mvga::gst
