// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <unistd.h>

#include <memory>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/scoring/detector.h"
#include "models/open_backbone.h"
#include "tools/commands/commands.h"
#include "tools/commands/predictions.h"
#include "tools/evaluation/find_media.h"
#include "tools/media/bad_files.h"
#include "tools/media/frames.h"
#include "tools/options/finite.h"
#include "tools/options/learning_options.h"
#include "tools/options/model_file.h"
#include "tools/output/progress.h"
#include "tools/output/promise.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

struct PredictCommand {
  std::string model;
  std::vector<std::string> inputs;
  std::string weights;
  std::string device = "auto";
  std::string precision = "auto";
  int threads = 0;
  double target_fpr = 0;
  std::optional<double> threshold;
  PredictionFiles output;
  bool strict = false;

  FoundMedia find() const;
  Detector open_detector() const;
  DetectSettings settings_for(const Model& opened) const;
  void run() const;
};

FoundMedia PredictCommand::find() const {
  FoundMedia all;
  for (const std::string& input : inputs) {
    if (!fs::is_directory(input)) {
      all.files.push_back(input);
      continue;
    }
    const FoundMedia found = media_below(input, output.folders());
    if (found.files.empty())
      throw Error(ErrorKind::not_found,
                  input + ": there are no pictures or videos in this folder, nor below it");
    all.files.insert(all.files.end(), found.files.begin(), found.files.end());
    all.unlisted += found.unlisted;
    all.passed_over.insert(all.passed_over.end(), found.passed_over.begin(),
                           found.passed_over.end());
  }
  return all;
}

Detector PredictCommand::open_detector() const {
  Model loaded = load_model_to_use(model, threshold);
  if (target_fpr > 0 && !threshold) warn_of_promise(loaded, target_fpr);
  BackboneSettings backbone = backbone_settings_for(loaded);
  backbone.weights = weights;
  backbone.device = device;
  backbone.precision = parse_precision(precision);
  backbone.threads = threads;
  return {open_backbone(backbone), std::move(loaded)};
}

DetectSettings PredictCommand::settings_for(const Model& opened) const {
  DetectSettings settings;
  settings.roi = opened.roi;
  settings.threshold = threshold;
  if (target_fpr > 0) settings.target_fpr = target_fpr;
  return settings;
}

void PredictCommand::run() const {
  output.check();
  const FoundMedia found = find();
  const std::vector<std::string>& files = found.files;
  Predictions predictions(output, files);
  const Detector detector = open_detector();
  const DetectSettings settings = settings_for(detector.model());
  for (const std::string& line : found.passed_over) say(line);
  const int bits = detector.model().reading.bits;
  InputReader reader(settings.roi, detector.model().input_size, bits);
  BadFiles bad_files(strict);
  // Lines on a terminal are progress enough, and who reads both streams wants results alone.
  Progress progress("scoring", files.size(),
                    isatty(STDOUT_FILENO) != 0 || isatty(STDERR_FILENO) == 0);
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::size_t number = 0;
    bad_files.attempt([&] {
      const auto see = [&](const Frame& frame) {
        predictions.write(frame, detector.detect(reader.read(frame), settings), i, number++);
        return true;
      };
      for_each_frame(files[i], see, bits);
    });
    progress.show(i + 1);
  }
  progress.finish();
  bad_files.report(files.size());
  if (bad_files.passed_over() == files.size())
    throw Error(ErrorKind::unreadable, "nothing could be read");
  predictions.finish();
  if (found.unlisted > 0)
    throw Error(ErrorKind::unreadable, std::to_string(found.unlisted) +
                                           " folders could not be listed; what is in them was not "
                                           "scored");
}

void add_output_to(CLI::App& app, PredictionFiles& output) {
  app.add_option("--csv", output.csv, "Write a line for each frame as CSV, too, as they come");
  app.add_option("--heatmaps", output.heat_maps,
                 "Write every frame with the heat map, contour and label that mvgadetect draws, "
                 "as PNG below this folder");
  app.add_option("--maps", output.maps,
                 "Write the raw anomaly map of every frame, at its size, as 32-bit float TIFF "
                 "below this folder");
  app.add_option("--masks", output.masks,
                 "Write a mask of every frame, white where the map is above its threshold, as PNG "
                 "below this folder");
}

}  // namespace

void add_predict(CLI::App& program) {
  auto command = std::make_shared<PredictCommand>();
  CLI::App* app = program.add_subcommand(
      "predict", "Score pictures or videos with a model: a line of JSON for each frame");
  app->footer(
      "Heat maps, maps and masks keep the folders of the pictures, from the one that all have in\n"
      "common: NAME.jpg becomes NAME.png (NAME-2.png where that is taken), frame 12 of NAME.mp4\n"
      "becomes NAME.mp4/000012.png. The line of JSON names the file. No picture that is read is\n"
      "replaced.\n\n"
      "Example:\n  mvga predict bottle.mvga bottle/test/broken_large --heatmaps seen");
  app->add_option("model", command->model, "Model file")->required();
  app->add_option("inputs", command->inputs,
                  "Pictures, videos, or folders with them, also in the folders below")
      ->required();
  add_output_to(*app, command->output);
  app->add_option("--threshold", command->threshold,
                  "Image score above which a frame counts as anomalous; default: the one that "
                  "keeps the false-alarm rate")
      ->check(finite());
  app->add_option("--weights", command->weights, "Weights file of the model's backbone");
  app->add_option("--target-fpr", command->target_fpr,
                  "Share of normal frames that may raise an alarm; 0: the model's")
      ->check(CLI::Range(0.0, 0.5));
  app->add_option("--device", command->device, "auto, cpu, cuda, cuda:N")->capture_default_str();
  app->add_option("--precision", command->precision, "Number format of the backbone")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "fp32", "bf16", "fp16"}));
  app->add_option("--threads", command->threads, "Processor threads; 0: as many as cores")
      ->capture_default_str();
  app->add_flag("--strict", command->strict, "A file that cannot be read is an error");
  app->callback([command] { command->run(); });
}

}  // namespace mvga::tool
