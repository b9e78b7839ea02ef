// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgapublish does between start and stop.
#pragma once

#include <gst/gst.h>

#include <memory>
#include <string>
#include <thread>

#include "gst/meta/document.h"
#include "gst/publish/connection_report.h"
#include "gst/publish/document_queue.h"
#include "gst/publish/publish_settings.h"
#include "gst/publish/publisher.h"

namespace mvga::gst::publish {

/// Used by the streaming thread, but for stats() and interrupt(), which any thread may call.
class PublishRun {
 public:
  /// Opens what can be opened at once; a broker is looked for on the worker thread.
  /// @throws Error
  PublishRun(GstElement* element, const PublishSettings& settings);
  /// Waits for what is still queued as drain() does, unless that was done already or nothing goes
  /// out at the moment.
  ~PublishRun();
  PublishRun(const PublishRun&) = delete;
  PublishRun& operator=(const PublishRun&) = delete;

  /// Of any format; width and height are taken where there are any.
  void configure(const GstCaps* caps);
  /// @return FLUSHING if it was interrupted while the queue was full
  GstFlowReturn process(GstBuffer* buffer, const GstSegment& segment);
  /// The stream is over or goes on elsewhere: ends the event that is going on.
  void finish_event();
  /// Frames of another segment come after those before, whatever their times are.
  void begin_segment();
  /// The end of the stream: waits until all documents have arrived, not longer than drain-timeout.
  void drain();
  /// While on, nothing waits for the queue.
  void interrupt(bool on);

  /// `mvga-publish-stats`.
  GstStructure* stats() const;

 private:
  /// What goes into the documents, behind a pointer: JSON is much to include.
  struct Documents;

  bool publish_frame(const Json& frame);
  bool publish(const Json& document);
  void complain_of_no_meta();
  void complain_of_meta(const std::string& complaint);
  void complain_of_what_is_left(const std::string& when);

  GstElement* element_;
  PublishSettings settings_;
  std::unique_ptr<Documents> documents_;
  bool saw_no_meta_ = false;
  bool saw_wrong_meta_ = false;
  bool waited_ = false;

  DocumentQueue queue_;
  ConnectionReport report_;
  std::unique_ptr<Publisher> publisher_;
  std::thread worker_;
};

/// `stats` of an element that was not started.
GstStructure* no_stats();

}  // namespace mvga::gst::publish
