// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "core/false_alarm_rate.h"
#include "core/io/safetensors.h"
#include "core/model_file.h"
#include "tools/commands/commands.h"

namespace mvga::tool {
namespace {

void print_model(const Model& model) {
  const Threshold threshold = threshold_for(model.calibration.scores, model.target_fpr);
  std::printf("backbone    %s, input %d x %d\n", model.architecture.c_str(), model.input_size,
              model.input_size);
  std::printf("weights     SHA-256 %s\n", model.weights_sha256.c_str());
  std::printf("profile     %s\n", std::string(name_of(model.calibration.profile)).c_str());
  std::printf("reduction   %s, variance %g\n", std::string(name_of(model.reduction.kind)).c_str(),
              model.reduction.variance);
  std::printf("roi         %g,%g,%g,%g\n", model.roi.x, model.roi.y, model.roi.width,
              model.roi.height);
  std::printf("frames      %" PRIu64 " learned, %" PRIu64 " held out\n", model.frames,
              model.held_out);
  std::printf("threshold   %.6g for at most %.3g %% false alarms (asked for: %.3g %%)\n",
              threshold.value, 100 * threshold.rate, 100 * model.target_fpr);
  std::printf("\nlevel   channels       grid   image: kept  shrinkage   pixel: kept  shrinkage\n");
  for (const LevelModel& level : model.levels)
    std::printf("%5d %10d %6d x %-3d %12d %10.5f %13d %10.7f\n", level.shape.level,
                level.shape.channels, level.shape.height, level.shape.width, level.image.kept(),
                level.image.shrinkage, level.pixel.kept(), level.pixel.shrinkage);
}

void print_tensors(const SafetensorsFile& file) {
  for (const auto& [key, value] : file.metadata())
    std::printf("%s: %s\n", key.c_str(), value.c_str());
  for (const auto& [key, tensor] : file.tensors()) {
    std::string shape;
    for (const std::int64_t size : tensor.shape)
      shape += (shape.empty() ? "" : " x ") + std::to_string(size);
    std::printf("%-48s %-5s %s\n", key.c_str(), std::string(name_of(tensor.type)).c_str(),
                shape.c_str());
  }
}

void inspect(const std::string& path) {
  const SafetensorsFile file = SafetensorsFile::open(path);
  std::printf("%s, %ju bytes\n", path.c_str(),
              static_cast<std::uintmax_t>(std::filesystem::file_size(path)));
  // Weights files have no format of ours in their metadata.
  if (std::filesystem::path(path).extension() == ".mvga")
    print_model(load_model(path));
  else
    print_tensors(file);
}

}  // namespace

void add_inspect(CLI::App& program) {
  auto path = std::make_shared<std::string>();
  CLI::App* app = program.add_subcommand("inspect", "Show what is in a model or a weights file");
  app->footer("Example:\n  mvga inspect bottle.mvga");
  app->add_option("file", *path, "Model (.mvga) or weights (.safetensors)")->required();
  app->callback([path] { inspect(*path); });
}

}  // namespace mvga::tool
