// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/commands/write_model.h"

#include <CLI/CLI.hpp>
#include <cinttypes>
#include <cstdio>
#include <filesystem>

#include "core/files/model_file.h"
#include "core/scoring/false_alarm_rate.h"
#include "tools/output/progress.h"

namespace mvga::tool {

namespace {

/// Why there are no more, if copies are to blame.
std::string copies(const Model& model) {
  if (model.independent == model.held_out) return "";
  return " (" + std::to_string(model.held_out) + " with their near copies)";
}

}  // namespace

void check_name_of_model(const std::string& output) {
  if (std::filesystem::path(output).extension() == ".mvgastats")
    throw CLI::ValidationError("--output", "a model does not go to a file that ends in .mvgastats");
}

void write_model(const Learner& learner, const std::string& output, bool quiet) {
  Model model;
  {
    Progress progress("calibrating", learner.statistics().store.size(), quiet);
    model = learner.finish([&](std::size_t done, std::size_t) { progress.show(done); });
  }
  save_model(model, output);

  const Threshold threshold = threshold_for(model.calibration.scores, model.target_fpr);
  if (threshold.rate > model.target_fpr)
    std::fprintf(stderr,
                 "warning: %.2g %% false alarms take %zu independent held-out frames, there are "
                 "%" PRIu64 "%s: the threshold is set for at most %.2g %%\n",
                 100 * model.target_fpr, frames_needed(model.target_fpr), model.independent,
                 copies(model).c_str(), 100 * threshold.rate);
  if (!quiet)
    std::printf("wrote %s: learned %" PRIu64 " frames, checked on %" PRIu64 ", %" PRIu64
                " of them independent; threshold %.3f for at most %.2g %% false alarms\n",
                output.c_str(), model.frames, model.held_out, model.independent, threshold.value,
                100 * threshold.rate);
}

}  // namespace mvga::tool
