// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <memory>

#include "core/false_alarm_rate.h"
#include "core/io/atomic_file.h"
#include "core/io/error.h"
#include "core/model_file.h"
#include "tools/commands/commands.h"
#include "tools/commands/learning_options.h"
#include "tools/evaluation/layouts/names.h"
#include "tools/media/bad_files.h"
#include "tools/media/files.h"
#include "tools/media/frames.h"
#include "tools/progress.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

struct FitCommand {
  std::string data;
  std::string output;
  LearningOptions learning;
  bool strict = false;
  bool quiet = false;

  std::vector<std::string> files() const;
  void learn(Learner& learner, int side) const;
  void run() const;
};

/// A folder's pictures, a category's normal pictures, or the file itself.
std::vector<std::string> FitCommand::files() const {
  if (!fs::exists(data))
    throw Error(ErrorKind::not_found, data + ": there is no such file or folder");
  if (!fs::is_directory(data)) return {data};
  std::vector<fs::path> folders = normal_folders_in(fs::path(data) / "train");
  folders.emplace_back(data);
  for (const fs::path& folder : normal_folders_in(data)) folders.push_back(folder);
  for (const fs::path& folder : folders) {
    std::vector<std::string> pictures = pictures_in(folder);
    if (!pictures.empty()) return pictures;
  }
  throw Error(ErrorKind::not_found,
              data + ": there are no pictures in this folder, nor in train/good or good below it");
}

void FitCommand::learn(Learner& learner, int side) const {
  InputReader reader(learning.fit_settings().roi, side);
  const auto wanted = [&] {
    return learning.max_frames == 0 || learner.frames() < learning.max_frames;
  };
  const std::vector<std::string> all = files();
  std::size_t total = all.size() > 1 ? all.size() : 0;
  if (learning.max_frames > 0) total = std::min<std::size_t>(all.size(), learning.max_frames);
  BadFiles bad_files(strict);
  Progress progress("learning", total, quiet);
  for (const std::string& file : all) {
    if (!wanted()) break;
    bad_files.attempt([&] {
      for_each_frame(file, [&](const Frame& frame) {
        learner.add(reader.read(frame));
        progress.show(learner.frames());
        return wanted();
      });
    });
  }
  progress.finish();
  bad_files.report(all.size());
  if (learner.frames() == 0)
    throw Error(ErrorKind::unreadable, data + ": nothing in it could be read");
}

void FitCommand::run() const {
  check_writable(output);
  const std::shared_ptr<const Backbone> backbone = open_backbone(learning.backbone_settings());
  Learner learner(backbone, learning.fit_settings());
  learn(learner, backbone->info().input_size);
  Model model;
  {
    Progress progress("calibrating", learner.frames(), quiet);
    model = learner.finish([&](std::size_t done, std::size_t) { progress.show(done); });
  }
  save_model(model, output);

  const Threshold threshold = threshold_for(model.calibration.scores, model.target_fpr);
  if (threshold.rate > model.target_fpr)
    std::fprintf(stderr,
                 "warning: %.2g %% false alarms take %zu held-out frames, there are %" PRIu64
                 ": the threshold is set for at most %.2g %%\n",
                 100 * model.target_fpr, frames_needed(model.target_fpr), model.held_out,
                 100 * threshold.rate);
  if (!quiet)
    std::printf("wrote %s: learned %" PRIu64 " frames, checked on %" PRIu64
                "; threshold %.3f for at most %.2g %% false alarms\n",
                output.c_str(), model.frames, model.held_out, threshold.value,
                100 * threshold.rate);
}

}  // namespace

void add_fit(CLI::App& program) {
  auto command = std::make_shared<FitCommand>();
  CLI::App* app = program.add_subcommand("fit", "Learn a model from normal pictures or a video");
  app->footer("Example:\n  mvga fit bottle/train/good -o bottle.mvga");
  app->add_option("data", command->data, "Folder of pictures, category of a data set, or video")
      ->required();
  app->add_option("-o,--output", command->output, "Model file to write (.mvga)")->required();
  command->learning.add_to(*app);
  app->add_flag("--strict", command->strict, "A picture that cannot be read is an error");
  app->add_flag("-q,--quiet", command->quiet, "Say nothing but warnings and errors");
  app->callback([command] { command->run(); });
}

}  // namespace mvga::tool
