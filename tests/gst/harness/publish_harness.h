// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgapublish on its own, fed with frames that carry results.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gst/meta/frame_result.h"
#include "tests/gst/harness/element_harness.h"

namespace mvga::testing {

/// A result with two regions.
gst::FrameResult example_result(double score = 7.5);
/// Without a detection.
gst::FrameResult result_without_detection(gst::FrameStatus status);

/// A frame that carries the result.
Buffer frame_with(const gst::FrameResult& result, GstClockTime pts);

/// As an encoder hands it on.
Buffer frame_with(const gst::FrameResult& result, GstClockTime pts, GstClockTime dts);

/// The documents in a file of JSON lines.
std::vector<nlohmann::json> documents_in(const std::filesystem::path& file);

/// What does not fit the schema of this name in docs/schema; empty when all do.
std::string schema_complaints(const std::vector<nlohmann::json>& documents,
                              const std::string& schema);

struct PublishCounts {
  guint64 published = 0;
  guint64 dropped = 0;
  guint64 queued = 0;
  guint64 reconnects = 0;
};

class Publish : public ElementHarness {
 public:
  Publish() : ElementHarness("mvgapublish") {}

  /// Plays, with caps of 200x100; throws what the element complains of.
  void start();
  /// Frames with the example's result, one a second, from PTS `first` seconds on.
  GstFlowReturn publish(unsigned frames, unsigned first = 0);
  GstFlowReturn publish(const gst::FrameResult& result, GstClockTime pts);
  void end() { push_event(gst_event_new_eos()); }
  PublishCounts counts();
};

}  // namespace mvga::testing
