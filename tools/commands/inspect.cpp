// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "core/base/plain_text.h"
#include "core/files/model_file.h"
#include "core/files/statistics_file.h"
#include "core/io/safetensors.h"
#include "core/scoring/false_alarm_rate.h"
#include "tools/commands/commands.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

void print_light(double light, bool corrected) {
  if (corrected)
    std::printf("light       frames in another light are brought back to the learned one\n");
  if (light > 0)
    std::printf("light       also brighter and darker by up to %g %%, warmer and cooler\n",
                100 * light);
}

void print_tiles(int tiles, int tile_size) {
  if (tiles > 1)
    std::printf("tiles       %d x %d of %d pixels, and the frame as a whole\n", tiles, tiles,
                tile_size);
}

void print_reading(const Reading& reading) {
  std::printf("reading     %s\n", reading.by == Reading::By::exact
                                      ? "exact"
                                      : "by an older mvga, YUV frames up to four levels too dark");
  if (reading.bits < kAllBits)
    std::printf("bits        %d in samples of 16: %d is white\n", reading.bits,
                (1 << reading.bits) - 1);
}

void print_views(Views views) {
  if (views != Views::none)
    std::printf("views       every frame also %s\n", std::string(name_of(views)).c_str());
}

void print_promise(const Model& model) {
  const Threshold threshold = promised_threshold(model, model.target_fpr);
  if (!model.promises) {
    std::printf("promise     none: too few frames were learned to check on\n");
    std::printf("threshold   %.6g, a guess: the highest score of views that were held out\n",
                threshold.value);
    return;
  }
  if (model.independent > 0)
    std::printf("independent %" PRIu64 " of those held out, which support at most %.3g %%\n",
                model.independent, 100 * least_rate(model.independent));
  else
    std::printf("independent not known: nobody looked for copies when the model was learned\n");
  std::printf("threshold   %.6g for at most %.3g %% false alarms (asked for: %.3g %%)\n",
              threshold.value, 100 * threshold.rate, 100 * model.target_fpr);
}

void print_model(const Model& model) {
  std::printf("backbone    %s, input %d x %d\n", one_line(model.architecture).c_str(),
              model.input_size, model.input_size);
  print_tiles(model.tiles, model.tile_size);
  std::printf("weights     SHA-256 %s\n", one_line(model.weights_sha256).c_str());
  std::printf("profile     %s\n", std::string(name_of(model.calibration.profile)).c_str());
  std::printf("reduction   %s, variance %g\n", std::string(name_of(model.reduction.kind)).c_str(),
              model.reduction.variance);
  std::printf("roi         %g,%g,%g,%g\n", model.roi.x, model.roi.y, model.roi.width,
              model.roi.height);
  print_reading(model.reading);
  print_light(model.light, !model.lights.empty());
  print_views(model.views);
  std::printf("frames      %" PRIu64 " learned, %" PRIu64 " held out\n", model.frames,
              model.held_out);
  print_promise(model);
  std::printf("\nlevel   channels       grid   image: kept  shrinkage   pixel: kept  shrinkage\n");
  for (const LevelModel& level : model.levels)
    std::printf("%5d %10d %6d x %-3d %12d %10.5f %13d %10.7f\n", level.shape.level,
                level.shape.channels, level.shape.height, level.shape.width, level.image.kept(),
                level.image.shrinkage, level.pixel.kept(), level.pixel.shrinkage);
}

void print_statistics(const StatisticsFile& file) {
  const StatisticsInfo& info = file.info();
  const FitSettings& settings = info.settings;
  std::printf("statistics of normal pictures; mvga merge makes a model of them\n");
  std::printf("backbone    %s, input %d x %d\n", one_line(info.source.architecture).c_str(),
              info.source.input_size, info.source.input_size);
  print_tiles(info.source.tiles, info.source.tile_size);
  std::printf("weights     SHA-256 %s\n", one_line(info.source.weights_sha256).c_str());
  std::printf("profile     %s\n", std::string(name_of(settings.profile)).c_str());
  if (settings.reduction)
    std::printf("reduction   %s, variance %g\n",
                std::string(name_of(settings.reduction->kind)).c_str(),
                settings.reduction->variance);
  else
    std::printf("reduction   what suits the backbone\n");
  std::printf("target      at most %.3g %% false alarms\n", 100 * settings.target_fpr);
  std::printf("roi         %g,%g,%g,%g\n", settings.roi.x, settings.roi.y, settings.roi.width,
              settings.roi.height);
  print_reading(settings.reading);
  print_light(settings.light.value_or(0), false);
  if (info.stores_all())
    std::printf("frames      %" PRIu64 ", all stored, learned when merged\n", info.frames);
  else
    std::printf("frames      %" PRIu64 ", %" PRIu64 " stored, to calibrate with\n", info.frames,
                info.stored);
  std::printf("independent %zu of those stored\n", file.independent());
  if (info.place)
    std::printf("place       %" PRIu64 " to %" PRIu64 " of set %s\n", info.place->begin,
                info.place->end - 1, one_line(info.place->set).c_str());
  else
    std::printf("place       not known\n");
  std::printf("\nlevel   channels       grid\n");
  for (const LevelShape& level : info.source.levels)
    std::printf("%5d %10d %6d x %-3d\n", level.level, level.channels, level.height, level.width);
}

void print_tensors(const SafetensorsFile& file) {
  for (const auto& [key, value] : file.metadata())
    std::printf("%s: %s\n", one_line(key).c_str(), one_line(value).c_str());
  for (const auto& [key, tensor] : file.tensors()) {
    std::string shape;
    for (const std::int64_t size : tensor.shape)
      shape += (shape.empty() ? "" : " x ") + std::to_string(size);
    std::printf("%-48s %-5s %s\n", one_line(key).c_str(), std::string(name_of(tensor.type)).c_str(),
                shape.c_str());
  }
}

enum class Kind { model, statistics, weights };

Kind kind_of(const fs::path& path) {
  if (path.extension() == ".mvga") return Kind::model;
  if (path.extension() == ".mvgastats") return Kind::statistics;
  return Kind::weights;
}

void inspect(const fs::path& path) {
  const auto print_size = [&] {
    std::printf("%s, %ju bytes\n", one_line(path.string()).c_str(),
                static_cast<std::uintmax_t>(fs::file_size(path)));
  };
  switch (kind_of(path)) {
    case Kind::model: {
      const Model model = load_model(path);
      print_size();
      print_model(model);
      break;
    }
    case Kind::statistics: {
      const StatisticsFile file = StatisticsFile::open(path);
      print_size();
      print_statistics(file);
      break;
    }
    case Kind::weights: {
      const SafetensorsFile file = SafetensorsFile::open(path);
      print_size();
      print_tensors(file);
      break;
    }
  }
}

}  // namespace

void add_inspect(CLI::App& program) {
  auto path = std::make_shared<std::string>();
  CLI::App* app = program.add_subcommand(
      "inspect", "Show what is in a model, a statistics file or a weights file");
  app->footer("Example:\n  mvga inspect bottle.mvga");
  app->add_option("file", *path, "Model (.mvga), statistics (.mvgastats) or weights (.safetensors)")
      ->required();
  app->callback([path] { inspect(*path); });
}

}  // namespace mvga::tool
