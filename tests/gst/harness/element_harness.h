// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// An element on its own: frames in, frames out, and what it says on the bus.
#pragma once

#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/gst/harness/video_frames.h"

namespace mvga::testing {

/// An ERROR or WARNING from the bus.
struct Complaint {
  GQuark domain = 0;
  gint code = 0;
  std::string text;
};

class ElementHarness {
 public:
  explicit ElementHarness(const std::string& factory);
  ~ElementHarness();
  ElementHarness(const ElementHarness&) = delete;
  ElementHarness& operator=(const ElementHarness&) = delete;

  GstElement* element() { return element_; }
  /// From play() on.
  GstHarness* get() { return harness_; }

  template <typename... Values>
  void set(const char* property, Values... values) {
    g_object_set(element(), property, values..., nullptr);
  }

  /// NULL to PLAYING; false if a state change fails.
  bool play();
  void stop();
  /// Caps, and a new segment the first time.
  void set_caps(const GstVideoInfo& info);

  GstFlowReturn push(Buffer buffer) { return gst_harness_push(harness_, buffer.release()); }
  /// What came out, oldest first; null when there is nothing.
  Buffer pull() { return Buffer(gst_harness_try_pull(harness_)); }
  bool push_event(GstEvent* event) { return gst_harness_push_event(harness_, event); }

  std::optional<Complaint> error() { return complaint(GST_MESSAGE_ERROR); }
  std::optional<Complaint> warning() { return complaint(GST_MESSAGE_WARNING); }
  /// Waits for a message of this type from another thread; nothing when none comes for long.
  std::optional<Complaint> await(GstMessageType type);
  /// The structures of all element messages of this name that are on the bus.
  std::vector<std::shared_ptr<GstStructure>> messages(const std::string& name);
  /// All messages of this type that are on the bus.
  std::vector<std::shared_ptr<GstMessage>> of_type(GstMessageType type);
  /// Forgets all messages so far.
  void drop_messages();
  /// Whether there is a LATENCY message: the element wants to be asked for its latency again.
  bool announced_latency() { return take(GST_MESSAGE_LATENCY) != nullptr; }
  /// The texts of the INFO messages.
  std::vector<std::string> infos();

 private:
  using Message = std::shared_ptr<GstMessage>;

  std::optional<Complaint> complaint(GstMessageType type);
  static Complaint parsed(GstMessage* message);
  /// Takes the oldest message of this type and name from what has arrived; null without one. The
  /// others stay. (A filtered bus would drop them.)
  Message take(GstMessageType type, const char* name = nullptr);

  GstElement* element_;
  GstBus* bus_;
  GstHarness* harness_ = nullptr;
  bool has_segment_ = false;
  std::vector<Message> arrived_;
};

}  // namespace mvga::testing
