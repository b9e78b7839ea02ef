// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "core/base/error.h"
#include "core/features/tiling.h"
#include "core/files/statistics_file.h"
#include "core/io/atomic_file.h"
#include "core/learning/part_learner.h"
#include "gst/frames/frame_flags.h"
#include "tools/commands/commands.h"
#include "tools/commands/learning_backbone.h"
#include "tools/commands/shard.h"
#include "tools/commands/write_model.h"
#include "tools/evaluation/layouts/defects.h"
#include "tools/evaluation/layouts/names.h"
#include "tools/media/bad_files.h"
#include "tools/media/files.h"
#include "tools/media/frames.h"
#include "tools/media/sample_bits.h"
#include "tools/options/learning_options.h"
#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

struct FitCommand {
  std::vector<std::string> data;
  std::string output;
  LearningOptions learning;
  bool stats_only = false;
  std::string shard;
  bool strict = false;
  bool quiet = false;

  std::vector<std::string> files() const;
  template <typename AnyLearner>
  void learn(AnyLearner& learner, const Selection& selection) const;
  void gather_part(PartLearner part, const Selection& selection) const;
  int bits_of(std::span<const std::string> all) const;
  void check_output() const;
  void run() const;
};

/// By name, without masks that lie beside pictures.
std::vector<std::string> media_of(const fs::path& folder) {
  std::vector<std::string> media = pictures_without_masks(folder);
  for (std::string& file : media_in(folder))
    if (is_video(file)) media.push_back(std::move(file));
  std::sort(media.begin(), media.end());
  return media;
}

/// A folder's pictures and videos, a category's normal ones, or the file itself.
std::vector<std::string> files_of(const std::string& data) {
  if (!fs::exists(data))
    throw Error(ErrorKind::not_found, data + ": there is no such file or folder");
  if (!fs::is_directory(data)) return {data};
  std::vector<fs::path> folders = normal_folders_in(fs::path(data) / "train");
  folders.emplace_back(data);
  for (const fs::path& folder : normal_folders_in(data)) folders.push_back(folder);
  for (const fs::path& folder : folders) {
    std::vector<std::string> media = media_of(folder);
    if (!media.empty()) return media;
  }
  throw Error(ErrorKind::not_found, data +
                                        ": there are no pictures or videos in this folder, nor in "
                                        "train/good or good below it");
}

/// Of all that is named, in that order.
std::vector<std::string> FitCommand::files() const {
  std::vector<std::string> all;
  for (const std::string& one : data) {
    std::vector<std::string> found = files_of(one);
    all.insert(all.end(), std::make_move_iterator(found.begin()),
               std::make_move_iterator(found.end()));
  }
  // A picture is a frame, but nobody knows how many a video has.
  if (!shard.empty() && all.size() > 1 && !std::all_of(all.begin(), all.end(), is_picture))
    throw Error(ErrorKind::settings,
                "--shard: divides pictures, or the frames of one video; learn several videos one "
                "by one with --stats-only, and put them together with mvga merge");
  return all;
}

template <typename AnyLearner>
void FitCommand::learn(AnyLearner& learner, const Selection& selection) const {
  const int bits = learner.settings().reading.bits;
  InputReader reader(learner.settings().roi, learner.backbone().input_size, bits);
  const auto wanted = [&] { return learner.frames() < selection.frames; };
  const std::vector<std::string>& files = selection.files;
  // How many frames a video has is not known.
  std::uint64_t total = selection.frames == UINT64_MAX ? 0 : selection.frames;
  if (files.size() > 1 && std::all_of(files.begin(), files.end(), is_picture))
    total = std::min<std::uint64_t>(files.size(), selection.frames);
  BadFiles bad_files(strict);
  Progress progress("learning", total, quiet);
  std::uint64_t corrupted = 0;
  for (const std::string& file : files) {
    if (!wanted()) break;
    std::uint64_t number = 0;
    bad_files.attempt([&] {
      const auto see = [&](const Frame& frame) {
        if (number++ < selection.skip) return true;
        if (gst::is_corrupted(frame.buffer())) {
          ++corrupted;
          return true;
        }
        learner.add(reader.read(frame));
        progress.show(learner.frames());
        return wanted();
      };
      for_each_frame(file, see, bits);
    });
  }
  progress.finish();
  bad_files.report(files.size());
  if (corrupted > 0)
    say("warning: " + std::to_string(corrupted) +
        " frames are marked as corrupted, damaged by what was sent or stored, and were left out");
  if (learner.frames() == 0)
    throw Error(ErrorKind::unreadable, data.front() + ": nothing in it could be read");
}

void FitCommand::run() const {
  check_output();
  const std::vector<std::string> all = files();
  const Selection selection = select(
      all, learning.max_frames, shard.empty() ? std::nullopt : std::optional(parse_shard(shard)));
  FitSettings settings = learning.fit_settings();
  settings.reading.bits = bits_of(all);
  if (selection.place) settings.first_frame = selection.place->begin;
  const auto backbone = open_backbone_to_learn(learning, selection.files);
  if (const std::string cost = cost_of_tiles(backbone->info()); !cost.empty() && !quiet) say(cost);
  if (stats_only) {
    gather_part(PartLearner(backbone, settings), selection);
    return;
  }
  Learner learner(backbone, settings);
  learn(learner, selection);
  write_model(learner, output, quiet);
}

/// Of all shards: what they saw is put together.
int FitCommand::bits_of(std::span<const std::string> all) const {
  if (learning.max_frames > 0)
    all = all.first(std::min<std::size_t>(all.size(), learning.max_frames));
  return BitsToLearn{learning.sample_bits(), "", quiet}.of(all);
}

void FitCommand::gather_part(PartLearner part, const Selection& selection) const {
  learn(part, selection);
  save_statistics(part, selection.place, output);
  if (!quiet)
    std::printf("wrote %s: %s %" PRIu64 " frames; mvga merge makes a model of them\n",
                output.c_str(), part.store().complete() ? "all" : "statistics of", part.frames());
}

void FitCommand::check_output() const {
  if (!stats_only)
    check_name_of_model(output);
  else if (fs::path(output).extension() != ".mvgastats")
    throw CLI::ValidationError("--output", "statistics go to a file that ends in .mvgastats");
  check_writable(output);
}

}  // namespace

void add_fit(CLI::App& program) {
  auto command = std::make_shared<FitCommand>();
  CLI::App* app = program.add_subcommand("fit", "Learn a model from normal pictures or a video");
  app->footer(
      "Example:\n"
      "  mvga fit bottle/train/good -o bottle.mvga\n"
      "Example of two shards, on one machine or two:\n"
      "  mvga fit bottle/train/good --stats-only --shard 1/2 -o 1.mvgastats\n"
      "  mvga fit bottle/train/good --stats-only --shard 2/2 -o 2.mvgastats\n"
      "  mvga merge 1.mvgastats 2.mvgastats -o bottle.mvga");
  app->add_option("data", command->data,
                  "Folders of pictures and videos, categories of a data set, pictures, or videos; "
                  "all are learned as one")
      ->required();
  app->add_option("-o,--output", command->output, "Model file to write (.mvga)")->required();
  command->learning.add_to(*app);
  CLI::Option* stats_only =
      app->add_flag("--stats-only", command->stats_only,
                    "Write what was seen (to a file .mvgastats) for mvga merge, not a model")
          ->excludes(app->get_option("--augment"));
  app->add_option("--shard", command->shard,
                  "I/N: only the Ith of N consecutive parts of the data; its statistics know "
                  "their place")
      ->needs(stats_only)
      ->check([](const std::string& text) {
        try {
          parse_shard(text);
          return std::string();
        } catch (const Error& e) {
          return std::string(e.what());
        }
      });
  app->add_flag("--strict", command->strict, "A picture that cannot be read is an error");
  app->add_flag("-q,--quiet", command->quiet, "Say nothing but warnings and errors");
  app->callback([command] { command->run(); });
}

}  // namespace mvga::tool
