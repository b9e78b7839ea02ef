// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/publish_run.h"

#include <signal.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "gst/element/errors.h"
#include "gst/frames/frame_times.h"
#include "gst/meta/anomaly_meta.h"
#include "gst/meta/meta_reader.h"
#include "gst/publish/event_documents.h"
#include "gst/publish/showing_order.h"

namespace mvga::gst::publish {
namespace {

Json parse_tags(const std::string& text) {
  if (text.empty()) return {};
  Json tags = Json::parse(text, nullptr, false);
  if (!tags.is_object())
    throw Error(ErrorKind::settings,
                R"(tags is no JSON object: write it as {"line": 3, "shift": "late"})");
  return tags;
}

GstStructure* stats_structure(const DocumentQueue::Counts& counts, guint64 reconnects) {
  return gst_structure_new("mvga-publish-stats", "published", G_TYPE_UINT64, counts.published,
                           "dropped", G_TYPE_UINT64, counts.dropped, "queued", G_TYPE_UINT64,
                           counts.queued, "reconnects", G_TYPE_UINT64, reconnects, nullptr);
}

/// In this thread: a reader that has gone is an error like any other, and does not end the process.
void block_broken_pipe_signal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

struct PublishRun::Documents {
  explicit Documents(const PublishSettings& settings) : tags(parse_tags(settings.tags)) {
    facts.source = settings.source;
  }

  DocumentFacts facts;
  Json tags;
  EventDocuments events;
  ShowingOrder<Json> order;
};

PublishRun::PublishRun(GstElement* element, const PublishSettings& settings)
    : element_(element),
      settings_(settings),
      documents_(std::make_unique<Documents>(settings)),
      queue_(settings.queue_size),
      report_(element) {
  publisher_ = make_publisher(settings, queue_, report_);
  queue_.on_change([this] { publisher_->wake(); });
  worker_ = std::thread([this] {
    block_broken_pipe_signal();
    guarded(element_, [this] { publisher_->run(); });
    queue_.close();  // nobody takes documents any more, whatever the reason
  });
}

PublishRun::~PublishRun() {
  queue_.interrupt(false);
  if (report_.failing()) {
    if (!waited_) complain_of_what_is_left("when the stream was stopped");
  } else if (!waited_) {
    drain();
  }
  queue_.close();
  worker_.join();
}

void PublishRun::configure(const GstCaps* caps) {
  set_resolution(documents_->facts, caps);
}

GstFlowReturn PublishRun::process(GstBuffer* buffer, const GstSegment& segment) {
  const MetaReading reading = read_metas(buffer);
  if (!reading.complaint.empty()) complain_of_meta(reading.complaint);
  if (!reading.result) {
    if (reading.complaint.empty()) complain_of_no_meta();
    return GST_FLOW_OK;
  }
  const GstClockTime pts = GST_BUFFER_PTS(buffer);
  const GstClockTime stream_time = frame_times(segment, pts).stream_time;
  documents_->facts.pts = GST_CLOCK_TIME_IS_VALID(stream_time) ? stream_time : pts;
  Json frame = frame_document(meta_structure(buffer, kAnomalyMetaName),
                              reading.places ? meta_structure(buffer, kPlacesMetaName) : nullptr,
                              documents_->facts, documents_->tags);
  bool passed = true;
  for (const Json& next : documents_->order.add(pts, GST_BUFFER_DTS(buffer), std::move(frame)))
    passed = publish_frame(next) && passed;
  return passed ? GST_FLOW_OK : GST_FLOW_FLUSHING;
}

bool PublishRun::publish_frame(const Json& frame) {
  if (settings_.granularity == Granularity::frame)
    return (settings_.only_anomalous && !frame.value("anomalous", false)) || publish(frame);
  bool passed = true;
  for (const Json& event : documents_->events.update(frame)) passed = publish(event) && passed;
  return passed;
}

void PublishRun::begin_segment() {
  for (const Json& frame : documents_->order.take_all()) publish_frame(frame);
}

bool PublishRun::publish(const Json& document) {
  waited_ = false;
  return queue_.push(to_line(document), settings_.on_full);
}

void PublishRun::finish_event() {
  begin_segment();
  if (const auto end = documents_->events.finish()) publish(*end);
}

void PublishRun::drain() {
  waited_ = true;
  const guint patience = settings_.drain_timeout;
  if (!queue_.drain(std::chrono::milliseconds(patience)))
    complain_of_what_is_left("when the stream ended (drain-timeout=" + std::to_string(patience) +
                             ")");
}

void PublishRun::interrupt(bool on) {
  queue_.interrupt(on);
}

GstStructure* PublishRun::stats() const {
  return stats_structure(queue_.counts(), report_.reconnects());
}

GstStructure* no_stats() {
  return stats_structure({}, 0);
}

void PublishRun::complain_of_no_meta() {
  if (saw_no_meta_) return;
  saw_no_meta_ = true;
  const Error why(ErrorKind::too_few,
                  "a frame without MvgaAnomalyMeta: nothing is published of such frames; put "
                  "mvgadetect before mvgapublish, with attach=score");
  post_exception(element_, GST_MESSAGE_WARNING, why);
}

void PublishRun::complain_of_meta(const std::string& complaint) {
  if (saw_wrong_meta_) return;
  saw_wrong_meta_ = true;
  const Error why(
      ErrorKind::unreadable,
      "a frame's metadata is not as mvgadetect writes it, and not published: " + complaint);
  post_exception(element_, GST_MESSAGE_WARNING, why);
}

void PublishRun::complain_of_what_is_left(const std::string& when) {
  const auto left = queue_.counts().queued;
  if (left == 0) return;
  const ResourceError why(GST_RESOURCE_ERROR_WRITE,
                          std::to_string(left) + " documents had not arrived " + when);
  post_exception(element_, GST_MESSAGE_WARNING, why);
}

}  // namespace mvga::gst::publish
