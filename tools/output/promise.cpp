// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/output/promise.h"

#include <array>
#include <cstdio>
#include <string>

#include "core/scoring/false_alarm_rate.h"
#include "tools/output/progress.h"

namespace mvga::tool {

namespace {

/// Why there are no more, if copies are to blame.
std::string copies(const Model& model) {
  if (model.calibration.scores.size() == model.held_out) return "";
  return " (" + std::to_string(model.held_out) + " with their near copies)";
}

}  // namespace

void warn_of_promise(const Model& model, double wanted) {
  if (!model.promises) return;  // warning_of_promise() says all there is to say
  const Threshold threshold = threshold_for(model.calibration.scores, wanted);
  if (threshold.rate <= wanted) return;
  std::array<char, 240> text{};
  std::snprintf(text.data(), text.size(),
                "warning: %.2g %% false alarms take %zu independent held-out frames, there are "
                "%zu%s: the threshold is set for at most %.2g %%",
                100 * wanted, frames_needed(wanted), model.calibration.scores.size(),
                copies(model).c_str(), 100 * threshold.rate);
  say(text.data());
}

}  // namespace mvga::tool
