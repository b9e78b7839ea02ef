// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/files/statistics_file.h"
#include "core/io/atomic_file.h"
#include "models/open_backbone.h"
#include "tools/commands/commands.h"
#include "tools/commands/parts.h"
#include "tools/commands/write_model.h"
#include "tools/options/learning_options.h"
#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

struct MergeCommand {
  std::vector<std::string> files;
  std::string output;
  LearningOptions learning;
  bool reduction_given = false;
  bool target_fpr_given = false;
  bool quiet = false;

  Parts look_at_all() const;
  FitSettings settings(const Parts& parts) const;
  BackboneSettings backbone(const FeatureSource& source) const;
  void run() const;
};

/// Looks at every file before the long work begins. Only one is in memory at a time.
Parts MergeCommand::look_at_all() const {
  Parts parts;
  for (const std::string& file : files) {
    for (const StatisticsInfo& earlier : parts)
      if (fs::exists(file) && fs::equivalent(file, earlier.name))
        throw Error(ErrorKind::settings, file + ": is given twice; name every part once");
    parts.push_back(StatisticsFile::open(file).info());
    check_same_source(parts.back(), parts.front());
  }
  return parts;
}

/// What all parts were learned with.
template <typename Value>
Value common(const Parts& parts, Value FitSettings::*setting, const std::string& option) {
  for (const StatisticsInfo& part : parts) {
    if (part.settings.*setting == parts[0].settings.*setting) continue;
    std::string text = parts[0].name;
    text.append(" and ").append(part.name).append(" were gathered with different values of ");
    text.append(option).append("; say which one is meant with ").append(option);
    throw Error(ErrorKind::settings, text);
  }
  return parts[0].settings.*setting;
}

/// Not to be chosen anew: the levels that were gathered depend on it.
Profile common_profile(const Parts& parts) {
  for (const StatisticsInfo& part : parts) {
    if (part.settings.profile == parts[0].settings.profile) continue;
    std::string text = parts[0].name;
    text.append(" and ").append(part.name);
    text.append(" were gathered for different profiles; gather one of them anew with --profile");
    throw Error(ErrorKind::settings, text);
  }
  return parts[0].settings.profile;
}

FitSettings MergeCommand::settings(const Parts& parts) const {
  FitSettings settings = learning.fit_settings();
  settings.profile = common_profile(parts);
  if (!reduction_given) settings.reduction = common(parts, &FitSettings::reduction, "--reduction");
  if (!target_fpr_given)
    settings.target_fpr = common(parts, &FitSettings::target_fpr, "--target-fpr");
  settings.roi = parts[0].source.roi;
  settings.reading = parts[0].source.reading;
  settings.light = parts[0].settings.light;
  settings.first_frame = parts[0].settings.first_frame;
  return settings;
}

BackboneSettings MergeCommand::backbone(const FeatureSource& source) const {
  BackboneSettings settings = learning.backbone_settings();
  settings.architecture = source.architecture;
  settings.input_size = source.tiles > 1 ? source.tile_size : source.input_size;
  settings.tiles = source.tiles;
  for (const LevelShape& level : source.levels) settings.levels.push_back(level.level);
  return settings;
}

void MergeCommand::run() const {
  check_name_of_model(output);
  check_writable(output);
  Parts parts = look_at_all();
  order_shards(parts);
  check_shards(parts);
  warn_of_twins(parts);
  Learner learner(open_backbone(backbone(parts[0].source)), settings(parts));
  const auto frames = [](std::uint64_t sum, const StatisticsInfo& part) {
    return sum + part.frames;
  };
  {
    Progress progress("merging",
                      std::accumulate(parts.begin(), parts.end(), std::uint64_t{0}, frames), quiet);
    for (const StatisticsInfo& part : parts)
      StatisticsFile::open(part.name).add_to(
          learner, [&](std::uint64_t) { progress.show(learner.frames()); });
  }
  write_model(learner, output, quiet);
}

}  // namespace

void add_merge(CLI::App& program) {
  auto command = std::make_shared<MergeCommand>();
  CLI::App* app = program.add_subcommand(
      "merge", "Make one model of what mvga fit --stats-only has seen in several parts");
  app->footer(
      "Parts with --shard are put into their order, others follow each other as they are named.\n"
      "The model is that of one fit of all pictures: to the last bit while every part stores all\n"
      "of its frames (mvga inspect says so), else to rounding if the parts were made with "
      "--shard.\n"
      "Parts without it give the same Gaussians, calibrated with other groups left out.\n"
      "Example:\n"
      "  mvga merge 1.mvgastats 2.mvgastats -o bottle.mvga");
  app->add_option("files", command->files, "Statistics files (.mvgastats)")->required();
  app->add_option("-o,--output", command->output, "Model file to write (.mvga)")->required();
  app->add_option("--weights", command->learning.weights, "Weights file of the parts' backbone");
  command->learning.add_method_to(*app);
  command->learning.add_engine_to(*app);
  for (const char* option : {"--reduction", "--variance", "--target-fpr"})
    app->get_option(option)->default_str("the parts'");
  app->remove_option(app->get_option("--profile"));
  app->get_option("--variance")->needs("--reduction");
  app->add_flag("-q,--quiet", command->quiet, "Say nothing but warnings and errors");
  app->callback([command, app] {
    command->reduction_given = app->count("--reduction") > 0;
    command->target_fpr_given = app->count("--target-fpr") > 0;
    command->run();
  });
}

}  // namespace mvga::tool
