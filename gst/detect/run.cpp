// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/run.h"

#include <algorithm>
#include <utility>

#include "core/base/stopwatch.h"
#include "gst/detect/learn_in_place.h"
#include "gst/detect/load_model.h"
#include "gst/element/clock_time.h"
#include "gst/element/errors.h"
#include "gst/frames/frame_reader.h"

namespace mvga::gst {
namespace {

GstClockTime frame_time(const GstVideoInfo& video) {
  if (video.fps_n <= 0) return 0;
  return gst_util_uint64_scale_int(GST_SECOND, video.fps_d, video.fps_n);
}

std::unique_ptr<LearnInPlace> learning_for(GstElement* element,
                                           const DetectElementSettings& settings) {
  std::unique_ptr<LearnInPlace> learning;
  if (has_to_learn(settings)) learning = std::make_unique<LearnInPlace>(element, settings);
  return learning;
}

ModelSlot slot_for(GstElement* element, const DetectElementSettings& settings,
                   const LearnInPlace* learning, const ModelSlot::Report& report) {
  if (learning == nullptr) return {element, settings, load_with_backbone, report};
  return {element, learning->model_to_be(), learning->progress(), load_with_backbone, report};
}

// As many as it takes to fill a batch, and to keep every processor busy: inferences that wait for
// one another share the processors, which is faster than all of them for one after the other.
std::size_t inference_threads_for(const DetectElementSettings& settings) {
  return std::min(settings.max_in_flight,
                  std::max(settings.batch_size, 2 * g_get_num_processors()));
}

// Events that change what the element itself works with, or that are the last: what came before
// has to have left by then. All others wait in the line like a frame.
bool is_turning_point(GstEventType type) {
  switch (type) {
    case GST_EVENT_STREAM_START:
    case GST_EVENT_CAPS:
    case GST_EVENT_SEGMENT:
    case GST_EVENT_SEGMENT_DONE:
    case GST_EVENT_EOS:
      return true;
    default:
      return false;
  }
}

}  // namespace

DetectRun::DetectRun(GstElement* element, const DetectElementSettings& settings,
                     DetectOutputs outputs)
    : DetectRun(element, settings, std::move(outputs), learning_for(element, settings)) {}

DetectRun::DetectRun(GstElement* element, const DetectElementSettings& settings,
                     DetectOutputs outputs, std::unique_ptr<LearnInPlace> learning)
    : element_(element),
      outputs_(std::move(outputs)),
      models_(slot_for(element, settings, learning.get(), outputs_.model_updated)),
      inspector_(models_, std::move(learning)),
      finisher_(element, models_, schedule_, stats_),
      mode_(settings.inference_mode),
      most_in_flight_(settings.max_in_flight) {
  settings.roi.box();  // now, and not with the first frame
  if (settings.overlay != OverlayMode::none) ResultDrawer::load_fonts();
  const auto infer = [this](GstBuffer* buffer, const FrameSnapshot& snapshot) {
    return inspector_.infer(buffer, snapshot);
  };
  if (mode_ == InferenceMode::decoupled) newest_ = std::make_unique<NewestFrame>(infer);
  if (mode_ == InferenceMode::async)
    line_ = std::make_unique<FrameLine>(
        FrameLine::Steps{infer, [this] { return inspector_.takes_one_at_a_time(); },
                         [this](FrameInLine frame) { return guarded_leave(std::move(frame)); },
                         outputs_.event},
        FrameLine::Size{most_in_flight_, inference_threads_for(settings)});
}

DetectRun::~DetectRun() = default;

void DetectRun::configure(const GstVideoInfo& info, const DetectElementSettings& settings) {
  finisher_.ask_downstream_again();
  // Other caps may be the same video, with or without overlays beside it.
  if (video_ && gst_video_info_is_equal(video_.get(), &info)) return;
  // Whether such frames can be inferred is to be said now, and not with the first of them.
  const SharedModel model = models_.current();
  FrameReader().configure(info, roi_for(settings, *model), model->input_size);
  video_ = std::make_shared<const GstVideoInfo>(info);
  if (line_) time_in_line_ = (most_in_flight_ - 1) * frame_time(info);
  if (newest_) newest_->forget();
  finisher_.forget_results();
  schedule_.start_over();
}

FrameSnapshot DetectRun::snapshot_of(GstBuffer* buffer, const GstSegment& segment,
                                     const SharedSettings& settings) const {
  SharedModel model = models_.current();
  const Box roi = roi_for(*settings, *model);
  return {video_, frame_times(segment, GST_BUFFER_PTS(buffer)), settings, std::move(model), roi};
}

Scheduled DetectRun::schedule(GstBuffer* buffer, const FrameSnapshot& snapshot) {
  if (snapshot.model != model_seen_) {
    model_seen_ = snapshot.model;
    schedule_.start_over();
  }
  const Scheduled scheduled =
      schedule_.next(buffer, snapshot.times, *snapshot.settings, late_frames_);
  if (scheduled == Scheduled::late) tell_of_late_frame(buffer, snapshot);
  return scheduled;
}

void DetectRun::tell_of_late_frame(GstBuffer* buffer, const FrameSnapshot& snapshot) {
  constexpr gint kWholeQuality = 1000000;  // of the frame itself nothing is left out
  guint64 inferred = 0;
  guint64 late = 0;
  stats_.change([&](DetectStats& s) {
    late = ++s.late;
    inferred = s.inferred;
  });
  const LateFrames::Verdict verdict = late_frames_.verdict();
  GstMessage* message = gst_message_new_qos(GST_OBJECT(element_), FALSE,
                                            snapshot.times.running_time, snapshot.times.stream_time,
                                            snapshot.times.pts, GST_BUFFER_DURATION(buffer));
  gst_message_set_qos_values(message, verdict.jitter, verdict.proportion, kWholeQuality);
  gst_message_set_qos_stats(message, GST_FORMAT_BUFFERS, inferred, late);
  gst_element_post_message(element_, message);
}

GstFlowReturn DetectRun::process(GstBuffer* buffer, const GstSegment& segment,
                                 const SharedSettings& settings) {
  const Stopwatch watch;
  const FrameSnapshot snapshot = snapshot_of(buffer, segment, settings);
  if (schedule(buffer, snapshot) != Scheduled::infer)
    return finish_frame(buffer, snapshot, finisher_.hold(buffer, snapshot), 0);
  const Inference inference = inspector_.infer(buffer, snapshot);
  if (!finisher_.take_in(inference)) return GST_FLOW_ERROR;
  // The frame with which learning ends takes much longer than any other.
  return finish_frame(buffer, inference.snapshot, inference.result,
                      inference.ended_learning ? 0 : to_clock_time(watch.seconds()));
}

bool DetectRun::take_in_news() {
  bool good = true;
  for (const Inference& inference : newest_->collect()) good = finisher_.take_in(inference) && good;
  return good;
}

GstFlowReturn DetectRun::pass(Owned<GstBuffer>& buffer, const GstSegment& segment,
                              const SharedSettings& settings) {
  if (!take_in_news()) return GST_FLOW_ERROR;
  const FrameSnapshot snapshot = snapshot_of(buffer.get(), segment, settings);
  if (schedule(buffer.get(), snapshot) == Scheduled::infer) {
    // What goes on is a copy that shares the picture, as it is about to be written to.
    Owned<GstBuffer> copy(gst_buffer_copy(buffer.get()));
    newest_->offer(std::move(buffer), snapshot);
    buffer = std::move(copy);
  } else {
    buffer.reset(gst_buffer_make_writable(buffer.release()));
  }
  return finish_frame(buffer.get(), snapshot, finisher_.hold(buffer.get(), snapshot), 0);
}

GstFlowReturn DetectRun::finish_frame(GstBuffer* buffer, const FrameSnapshot& snapshot,
                                      const FrameResult& result, GstClockTime spent_before) {
  const Stopwatch watch;
  const FrameResult carried = finisher_.finish(buffer, snapshot, result);
  const GstClockTime spent = spent_before + to_clock_time(watch.seconds());
  const HeatmapPush heatmap = outputs_.heatmap(buffer, snapshot, carried);
  if (heatmap.painting > 0) stats_.change([&](DetectStats& s) { s.heatmap.add(heatmap.painting); });
  measure(spent + to_clock_time(heatmap.painting));
  return heatmap.flow;
}

GstFlowReturn DetectRun::enter(Owned<GstBuffer> buffer, const GstSegment& segment,
                               const SharedSettings& settings) {
  FrameInLine frame;
  frame.snapshot = snapshot_of(buffer.get(), segment, settings);
  frame.scheduled = schedule(buffer.get(), frame.snapshot);
  frame.buffer = std::move(buffer);
  return line_->enter(std::move(frame));
}

GstFlowReturn DetectRun::leave(FrameInLine frame) {
  GstBuffer* buffer = frame.buffer.get();
  FrameResult result;
  GstClockTime spent = 0;
  if (frame.scheduled == Scheduled::infer) {
    const InferenceTimes& times = frame.inference.times;
    spent = to_clock_time(times.convert + times.backbone + times.score);
    if (!finisher_.take_in(frame.inference)) return GST_FLOW_ERROR;
    frame.snapshot = frame.inference.snapshot;
    result = frame.inference.result;
  } else {
    frame.snapshot = frame.snapshot.with(models_.current_for(frame.snapshot.model));
    result = finisher_.hold(buffer, frame.snapshot);
  }
  const GstFlowReturn flow = finish_frame(buffer, frame.snapshot, result, spent);
  return flow == GST_FLOW_OK ? outputs_.frame(std::move(frame.buffer)) : flow;
}

GstFlowReturn DetectRun::guarded_leave(FrameInLine frame) {
  GstFlowReturn flow = GST_FLOW_ERROR;
  guarded(element_, [&] { flow = leave(std::move(frame)); });
  return flow;
}

bool DetectRun::enter(GstEvent* event) {
  if (!line_ || is_turning_point(GST_EVENT_TYPE(event))) return false;
  line_->enter(Owned<GstEvent>(gst_event_ref(event)));
  return true;
}

void DetectRun::drain() {
  if (line_) line_->drain();
}

void DetectRun::start_flush() {
  if (line_) line_->stop();
}

void DetectRun::stop_flush(const DetectElementSettings& settings) {
  if (line_) line_->resume();
  late_frames_.reset();
  schedule_.forget_times();
  forget(settings);
}

void DetectRun::forget(const DetectElementSettings& settings) {
  if (newest_) newest_->forget();
  finisher_.end_event_going_on(settings);
  finisher_.forget_results();
  schedule_.start_over();
}

void DetectRun::finish(const DetectElementSettings& settings, bool stopped) {
  if (stopped) {
    newest_.reset();
    line_.reset();
  } else if (newest_) {
    newest_->wait_until_idle();
    take_in_news();
  }
  inspector_.give_up_learning(stopped);
  finisher_.end_event_going_on(settings);
}

GstClockTime DetectRun::latency(GstClockTime own) const {
  // Of a mode that never waits, what is left is attaching: not worth a word, unless it draws much.
  if (mode_ == InferenceMode::decoupled) return own < GST_MSECOND ? 0 : own;
  return own + time_in_line_;
}

void DetectRun::measure(GstClockTime spent) {
  const GstClockTime before = latency(own_latency_);
  if (!latency_.add(spent)) return;
  own_latency_ = latency_.latency();
  // The pipeline asks every element again.
  if (latency(own_latency_) != before)
    gst_element_post_message(element_, gst_message_new_latency(GST_OBJECT(element_)));
}

}  // namespace mvga::gst
