// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <unistd.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/scoring/detector.h"
#include "models/open_backbone.h"
#include "tools/commands/commands.h"
#include "tools/drawing/heat_map_files.h"
#include "tools/drawing/picture.h"
#include "tools/media/bad_files.h"
#include "tools/media/files.h"
#include "tools/media/frames.h"
#include "tools/options/learning_options.h"
#include "tools/options/model_file.h"
#include "tools/output/progress.h"
#include "tools/output/regions_json.h"

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
  std::string heat_map_folder;
  bool strict = false;

  std::vector<std::string> files() const;
  void run() const;
};

std::vector<std::string> PredictCommand::files() const {
  std::vector<std::string> all;
  for (const std::string& input : inputs) {
    if (!fs::is_directory(input)) {
      all.emplace_back(input);
      continue;
    }
    const std::vector<std::string> pictures = pictures_in(input);
    if (pictures.empty())
      throw Error(ErrorKind::not_found, input + ": there are no pictures in this folder");
    all.insert(all.end(), pictures.begin(), pictures.end());
  }
  return all;
}

nlohmann::json to_json(const Detection& detection) {
  return {{"score", detection.score},
          {"threshold", detection.threshold},
          {"p_value", detection.p_value},
          {"anomalous", detection.anomalous},
          {"regions", regions_json(detection.regions)}};
}

/// Frames as mvgadetect draws them.
class HeatMaps {
 public:
  HeatMaps(const fs::path& folder, const std::vector<std::string>& inputs)
      : files_(folder, {inputs.begin(), inputs.end()}) {
    require_encoder(PictureFormat::png);
  }
  /// @return the file
  fs::path write(const Frame& frame, const Detection& detection, std::size_t input,
                 std::size_t number) {
    Picture picture(frame);
    picture.draw(detection, painter_);
    fs::path file = files_.file_of(input, number);
    write_file_atomically(file, picture.encoded(PictureFormat::png));
    return file;
  }

 private:
  HeatMapFiles files_;
  overlay::OverlayPainter painter_{overlay::OverlaySettings{}};
};

void PredictCommand::run() const {
  const std::vector<std::string> all = files();
  std::optional<HeatMaps> heat_maps;
  if (!heat_map_folder.empty()) heat_maps.emplace(heat_map_folder, all);
  Model loaded = load_model_to_use(model);
  BackboneSettings backbone = backbone_settings_for(loaded);
  backbone.weights = weights;
  backbone.device = device;
  backbone.precision = parse_precision(precision);
  backbone.threads = threads;
  DetectSettings settings;
  settings.roi = loaded.roi;
  if (target_fpr > 0) settings.target_fpr = target_fpr;
  const Detector detector(open_backbone(backbone), std::move(loaded));
  InputReader reader(settings.roi, detector.model().input_size);
  BadFiles bad_files(strict);
  // Lines on a terminal are progress enough, and who reads both streams wants results alone.
  Progress progress("scoring", all.size(),
                    isatty(STDOUT_FILENO) != 0 || isatty(STDERR_FILENO) == 0);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t frame_number = 0;
    bad_files.attempt([&] {
      for_each_frame(all[i], [&](const Frame& frame) {
        const Detection detection = detector.detect(reader.read(frame), settings);
        nlohmann::json line = to_json(detection);
        line["file"] = all[i];
        line["frame"] = frame_number;
        if (heat_maps)
          line["heatmap"] = heat_maps->write(frame, detection, i, frame_number).string();
        std::printf("%s\n", line.dump().c_str());
        ++frame_number;
        return true;
      });
    });
    progress.show(i + 1);
  }
  progress.finish();
  bad_files.report(all.size());
  if (bad_files.passed_over() == all.size())
    throw Error(ErrorKind::unreadable, "nothing could be read");
}

}  // namespace

void add_predict(CLI::App& program) {
  auto command = std::make_shared<PredictCommand>();
  CLI::App* app = program.add_subcommand(
      "predict", "Score pictures or videos with a model: a line of JSON for each frame");
  app->footer(
      "Heat maps keep the folders of the pictures, from the one that all have in common: NAME.jpg\n"
      "becomes NAME.png (NAME-2.png where that is taken), frame 12 of NAME.mp4 becomes\n"
      "NAME.mp4/000012.png. The line of JSON names the file. No picture that is read is "
      "replaced.\n\n"
      "Example:\n  mvga predict bottle.mvga bottle/test/broken_large --heatmaps seen");
  app->add_option("model", command->model, "Model file")->required();
  app->add_option("inputs", command->inputs, "Pictures, videos, or folders of pictures")
      ->required();
  app->add_option("--heatmaps", command->heat_map_folder,
                  "Write every frame with the heat map, contour and label that mvgadetect draws, "
                  "as PNG below this folder");
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
