// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/output/promise.h"

#include <array>
#include <cinttypes>
#include <cstdio>

#include "core/scoring/false_alarm_rate.h"
#include "tools/output/progress.h"

namespace mvga::tool {

void warn_of_promise(const Model& model, double wanted) {
  const Threshold threshold = threshold_for(model.calibration.scores, wanted);
  if (threshold.rate <= wanted) return;
  std::array<char, 200> text{};
  std::snprintf(text.data(), text.size(),
                "warning: %.2g %% false alarms take %zu held-out frames, there are %" PRIu64
                ": the threshold is set for at most %.2g %%",
                100 * wanted, frames_needed(wanted), model.held_out, 100 * threshold.rate);
  say(text.data());
}

}  // namespace mvga::tool
