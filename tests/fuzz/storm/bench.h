// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// An element by itself, and what is around it: who sends, who receives, the bus. Whatever happens,
// frames keep their order, messages can be shown, and nothing is left in the end.
#pragma once

#include <gst/video/video.h>

#include <atomic>
#include <cstdint>
#include <mutex>

#include "gst/frames/handles.h"

namespace mvga::fuzz {

/// What is behind a source pad. From any thread.
struct Receiver {
  explicit Receiver(const char* name);
  ~Receiver();
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  void take_only(const GstCaps* caps);  ///< null: any

  std::atomic<GstFlowReturn> flow = GST_FLOW_OK;  ///< what it answers
  std::atomic<unsigned> allocation = 0;           ///< which answer to the query, see receiver.cpp
  std::atomic<std::uint64_t> last = 0;            ///< number of the last frame
  GstPad* const pad;

 private:
  static GstFlowReturn chain(GstPad* pad, GstObject*, GstBuffer* buffer);
  static gboolean event(GstPad* pad, GstObject*, GstEvent* event);
  static gboolean query(GstPad* pad, GstObject* parent, GstQuery* query);

  std::mutex mutex_;
  gst::Caps caps_;
};

class Bench {
 public:
  explicit Bench(const char* factory);
  ~Bench();
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  GstElement* element() const { return element_; }
  Receiver& receiver() { return receiver_; }
  Receiver& heatmap_receiver() { return heatmap_receiver_; }

  void set_state(GstState state);
  /// Stream-start, the last caps and a segment.
  void begin_stream();
  void send_caps(GstCaps* caps);  ///< takes it over
  void send(GstEvent* event);     ///< down; takes it over
  void send_up(GstEvent* event);  ///< to the element's source pad; takes it over
  void ask(GstQuery* query);      ///< both ways; takes it over
  /// Takes it over, and numbers it.
  void push(GstBuffer* buffer);
  /// What the last caps say; a small picture before there were any.
  GstVideoInfo video();

  void request_heatmap(bool linked);
  void release_heatmap();
  /// Takes all messages from the bus, and makes sure that they can be shown.
  void read_bus();

 private:
  GstBus* const bus_;
  GstElement* const element_;
  GstPad* const sender_;
  Receiver receiver_;
  Receiver heatmap_receiver_;
  std::mutex mutex_;
  gst::Caps caps_;
  gst::Owned<GstPad> heatmap_;
  std::mutex pushing_;
  std::uint64_t frames_ = 0;  ///< under it
};

/// How many of the storm's buffers are still somewhere.
std::atomic<int>& buffers_around();

}  // namespace mvga::fuzz
