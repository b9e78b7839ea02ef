// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgafit with the small backbone, writing to a folder of its own.
#pragma once

#include <filesystem>
#include <string>

#include "core/scoring/model.h"
#include "tests/gst/harness/element_harness.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {

/// A base, so that it outlives the element, which may write when it is stopped.
struct OutputFolder {
  TemporaryFolder folder;
};

class FitHarness : private OutputFolder, public ElementHarness {
 public:
  FitHarness();

  const GstVideoInfo& video() const { return video_; }
  std::filesystem::path output() const { return folder / "line.mvga"; }
  /// The sorted names of what is in the folder of the model, in one line.
  std::string files() const;

  /// Plays, with I420 of 96x64.
  bool begin();
  bool begin(const GstVideoInfo& info);
  /// Pushes and pulls normal frames; the last flow return.
  GstFlowReturn learn(unsigned frames, unsigned first_seed = 0);
  bool end() { return push_event(gst_event_new_eos()); }
  /// begin(), learn(), end(), stop().
  void run(unsigned frames);

  /// What was written.
  Model model() const;
  std::string bytes() const;

 private:
  GstVideoInfo video_;
};

}  // namespace mvga::testing
