// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The elements, without a pipeline around them.
#pragma once

#include <gst/check/gstharness.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "tests/benchmarks/speed/scene.h"

namespace mvga::benchmarks {

struct Unref {
  void operator()(GstBuffer* buffer) const { gst_buffer_unref(buffer); }
  void operator()(GstHarness* harness) const { gst_harness_teardown(harness); }
};
using Buffer = std::unique_ptr<GstBuffer, Unref>;
using Harness = std::unique_ptr<GstHarness, Unref>;

inline Harness harness_for(const std::string& element) {
  Harness harness(gst_harness_new_parse(element.c_str()));
  if (!harness) throw std::runtime_error("no " + element + "; is GST_PLUGIN_PATH set?");
  // Messages are made and posted, then nobody collects them.
  GstBus* bus = gst_bus_new();
  gst_bus_set_sync_handler(
      bus,
      [](GstBus*, GstMessage* message, gpointer) {
        if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
          GError* error = nullptr;
          gst_message_parse_error(message, &error, nullptr);
          std::fprintf(stderr, "%s\n", error->message);
          g_error_free(error);
        }
        gst_message_unref(message);
        return GST_BUS_DROP;
      },
      nullptr, nullptr);
  gst_element_set_bus(harness->element, bus);
  gst_object_unref(bus);
  return harness;
}

inline void push(GstHarness* harness, GstBuffer* buffer) {
  if (gst_harness_push(harness, buffer) != GST_FLOW_OK)
    throw std::runtime_error("the element refused a frame");
}

/// Learns the normal scene at 640x360 with mvgafit.
inline void learn(const std::string& settings, const std::filesystem::path& model) {
  constexpr int frames = 24;
  constexpr int width = 640;
  constexpr int height = 360;
  const Harness harness = harness_for("mvgafit model=" + model.string() + " " + settings);
  gst_harness_set_src_caps_str(harness.get(), caps_of("I420", width, height).c_str());
  for (int i = 0; i < frames; ++i) {
    GstBuffer* frame = scene_frame(Scene::normal, "I420", width, height, i);
    GST_BUFFER_PTS(frame) = i * GST_SECOND / 25;
    push(harness.get(), frame);
    gst_buffer_unref(gst_harness_pull(harness.get()));
  }
  gst_harness_push_event(harness.get(), gst_event_new_eos());
  if (!std::filesystem::exists(model)) throw std::runtime_error("mvgafit wrote no model");
}

}  // namespace mvga::benchmarks
