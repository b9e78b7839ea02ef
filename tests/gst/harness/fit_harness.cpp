// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/fit_harness.h"

#include <stdexcept>

#include "core/files/model_file.h"
#include "tests/core/io/test_files.h"
#include "tests/gst/harness/small_model.h"

namespace mvga::testing {

FitHarness::FitHarness()
    : ElementHarness("mvgafit"), video_(video_info(GST_VIDEO_FORMAT_I420, 96, 64)) {
  // One thread: on a busy machine, two that wait for each other take far longer than one.
  set("model", output().c_str(), "backbone", kSmallArchitecture, "weights", small_weights().c_str(),
      "levels", "0-1", "input-size", kSmallInput, "threads", 1);
}

std::string FitHarness::files() const {
  return test::names_in(folder.path());
}

bool FitHarness::begin() {
  return begin(video_);
}

bool FitHarness::begin(const GstVideoInfo& info) {
  video_ = info;
  if (!play()) return false;
  set_caps(info);
  return true;
}

GstFlowReturn FitHarness::learn(unsigned frames, unsigned first_seed) {
  GstFlowReturn flow = GST_FLOW_OK;
  for (unsigned i = 0; i < frames; ++i) {
    flow = push(normal_frame(video_, first_seed + i));
    pull();
  }
  return flow;
}

void FitHarness::run(unsigned frames) {
  if (!begin()) throw std::runtime_error(error().value_or(Complaint{}).text);
  learn(frames);
  end();
  stop();
}

Model FitHarness::model() const {
  return load_model(output());
}

std::string FitHarness::bytes() const {
  return test::read_text(output());
}

}  // namespace mvga::testing
