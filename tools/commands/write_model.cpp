// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/commands/write_model.h"

#include <CLI/CLI.hpp>
#include <cinttypes>
#include <cstdio>
#include <filesystem>

#include "core/files/model_file.h"
#include "tools/output/progress.h"
#include "tools/output/promise.h"

namespace mvga::tool {

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

  const Threshold threshold = promised_threshold(model, model.target_fpr);
  warn_of_promise(model, model.target_fpr);
  if (!model.promises) say("warning: " + warning_of_promise(model, output));
  if (quiet) return;
  if (model.promises)
    std::printf("wrote %s: learned %" PRIu64 " frames, checked on %" PRIu64 ", %" PRIu64
                " of them independent; threshold %.3f for at most %.2g %% false alarms\n",
                output.c_str(), model.frames, model.held_out, model.independent, threshold.value,
                100 * threshold.rate);
  else
    std::printf("wrote %s: learned %" PRIu64
                " frame%s, also %s, too few to check on; threshold %.3f, a guess\n",
                output.c_str(), model.frames, model.frames == 1 ? "" : "s",
                std::string(name_of(model.views)).c_str(), threshold.value);
}

}  // namespace mvga::tool
