// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A model that somebody changed and sealed anew: it is refused, or a picture can be judged by it.

#include <memory>

#include "core/base/error.h"
#include "core/files/model_file.h"
#include "core/scoring/detector.h"
#include "core/scoring/false_alarm_rate.h"
#include "tests/fuzz/changed.h"
#include "tests/fuzz/learned.h"

namespace {

using namespace mvga;

test::Forgery learned() {
  Learner learner(std::make_shared<test::FakeBackbone>(), {});
  fuzz::learn(learner, 12);
  return test::Forgery(SafetensorsFile::parse(serialise_model(learner.finish()), "model"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const test::Forgery model = learned();
  static const auto backbone = std::make_shared<test::FakeBackbone>();
  static const test::Pixels picture = test::normal_picture(99);
  try {
    const Detector detector(backbone, parse_model(fuzz::changed(model, data, size), "fuzzed"));
    frames_needed(detector.model().target_fpr);
    detector.detect(test::view_of(picture), {.roi = detector.model().roi});
  } catch (const Error&) {
    // refused
  }
  return 0;
}
