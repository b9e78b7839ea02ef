// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/run.h"

#include <algorithm>
#include <utility>

#include "core/base/parse_settings.h"
#include "core/base/stopwatch.h"
#include "gst/detect/learn_in_place.h"
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
  return {element,
          ModelInTheMaking{model_id_of(learning->path()), learning->input_size(),
                           learning->map_grid(), learning->roi(), learning->progress()},
          load_with_backbone, report};
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
  roi_for(settings);  // now, and not with the first frame
  if (settings.overlay != OverlayMode::none) ResultDrawer::load_fonts();
  const auto infer = [this](GstBuffer* buffer, const FrameFacts& facts) {
    return inspector_.infer(buffer, facts);
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

Box DetectRun::roi_for(const DetectElementSettings& settings) const {
  return settings.roi.empty() ? models_.roi() : parse_roi(settings.roi);
}

void DetectRun::configure(const GstVideoInfo& info, const DetectElementSettings& settings) {
  finisher_.ask_downstream_again();
  // Other caps may be the same video, with or without overlays beside it.
  if (video_ && gst_video_info_is_equal(video_.get(), &info)) return;
  // Whether such frames can be inferred is to be said now, and not with the first of them.
  FrameReader().configure(info, roi_for(settings), models_.input_size());
  video_ = std::make_shared<const GstVideoInfo>(info);
  if (line_) time_in_line_ = (most_in_flight_ - 1) * frame_time(info);
  if (newest_) newest_->forget();
  finisher_.forget_results();
  schedule_.start_over();
}

FrameFacts DetectRun::facts_of(GstBuffer* buffer, const GstSegment& segment,
                               const SharedSettings& settings) const {
  return {video_, frame_times(segment, GST_BUFFER_PTS(buffer)), settings};
}

Scheduled DetectRun::schedule(GstBuffer* buffer, const FrameFacts& facts) {
  if (const auto model = models_.current(); model != model_seen_) {
    model_seen_ = model;
    schedule_.start_over();
  }
  const Scheduled scheduled = schedule_.next(buffer, facts.times, *facts.settings, late_frames_);
  if (scheduled == Scheduled::late) tell_of_late_frame(buffer, facts);
  return scheduled;
}

void DetectRun::tell_of_late_frame(GstBuffer* buffer, const FrameFacts& facts) {
  constexpr gint kWholeQuality = 1000000;  // of the frame itself nothing is left out
  guint64 inferred = 0;
  guint64 late = 0;
  stats_.change([&](DetectStats& s) {
    late = ++s.late;
    inferred = s.inferred;
  });
  const LateFrames::Verdict verdict = late_frames_.verdict();
  GstMessage* message =
      gst_message_new_qos(GST_OBJECT(element_), FALSE, facts.times.running_time,
                          facts.times.stream_time, facts.times.pts, GST_BUFFER_DURATION(buffer));
  gst_message_set_qos_values(message, verdict.jitter, verdict.proportion, kWholeQuality);
  gst_message_set_qos_stats(message, GST_FORMAT_BUFFERS, inferred, late);
  gst_element_post_message(element_, message);
}

GstFlowReturn DetectRun::process(GstBuffer* buffer, const GstSegment& segment,
                                 const SharedSettings& settings) {
  const Stopwatch watch;
  const FrameFacts facts = facts_of(buffer, segment, settings);
  if (schedule(buffer, facts) != Scheduled::infer)
    return finish_frame(buffer, facts, finisher_.hold(buffer), 0);
  const Inference inference = inspector_.infer(buffer, facts);
  if (!finisher_.take_in(inference)) return GST_FLOW_ERROR;
  // The frame with which learning ends takes much longer than any other.
  const bool last_learned = inference.result.learning && !models_.learning();
  return finish_frame(buffer, facts, inference.result,
                      last_learned ? 0 : to_clock_time(watch.seconds()));
}

bool DetectRun::take_in_news() {
  bool good = true;
  for (const Inference& inference : newest_->collect()) good = finisher_.take_in(inference) && good;
  return good;
}

GstFlowReturn DetectRun::pass(Owned<GstBuffer>& buffer, const GstSegment& segment,
                              const SharedSettings& settings) {
  if (!take_in_news()) return GST_FLOW_ERROR;
  const FrameFacts facts = facts_of(buffer.get(), segment, settings);
  if (schedule(buffer.get(), facts) == Scheduled::infer) {
    // What goes on is a copy that shares the picture, as it is about to be written to.
    Owned<GstBuffer> copy(gst_buffer_copy(buffer.get()));
    newest_->offer(std::move(buffer), facts);
    buffer = std::move(copy);
  } else {
    buffer.reset(gst_buffer_make_writable(buffer.release()));
  }
  return finish_frame(buffer.get(), facts, finisher_.hold(buffer.get()), 0);
}

GstFlowReturn DetectRun::finish_frame(GstBuffer* buffer, const FrameFacts& facts,
                                      const FrameResult& result, GstClockTime spent_before) {
  const Stopwatch watch;
  const FrameResult carried = finisher_.finish(buffer, facts, result);
  const GstClockTime spent = spent_before + to_clock_time(watch.seconds());
  const HeatmapPush heatmap = outputs_.heatmap(
      buffer, facts, carried,
      native_size(models_.map_grid(),
                  carried.detection ? carried.detection->roi : roi_for(*facts.settings)));
  if (heatmap.painting > 0) stats_.change([&](DetectStats& s) { s.heatmap.add(heatmap.painting); });
  measure(spent + to_clock_time(heatmap.painting));
  return heatmap.flow;
}

GstFlowReturn DetectRun::enter(Owned<GstBuffer> buffer, const GstSegment& segment,
                               const SharedSettings& settings) {
  FrameInLine frame;
  frame.facts = facts_of(buffer.get(), segment, settings);
  frame.scheduled = schedule(buffer.get(), frame.facts);
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
    result = frame.inference.result;
  } else {
    result = finisher_.hold(buffer);
  }
  const GstFlowReturn flow = finish_frame(buffer, frame.facts, result, spent);
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

GstClockTime DetectRun::latency() const {
  const GstClockTime own = latency_.latency();
  // Of a mode that never waits, what is left is attaching: not worth a word, unless it draws much.
  if (mode_ == InferenceMode::decoupled) return own < GST_MSECOND ? 0 : own;
  return own + time_in_line_;
}

void DetectRun::measure(GstClockTime spent) {
  const GstClockTime before = latency();
  // The pipeline asks every element again.
  if (latency_.add(spent) && latency() != before)
    gst_element_post_message(element_, gst_message_new_latency(GST_OBJECT(element_)));
}

}  // namespace mvga::gst
