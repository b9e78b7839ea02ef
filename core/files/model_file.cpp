// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/files/model_file.h"

#include <bit>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/files/feature_source.h"
#include "core/io/atomic_file.h"
#include "core/io/field_writer.h"
#include "core/io/fields.h"
#include "core/light/light_changes.h"
#include "core/scoring/false_alarm_rate.h"
#include "core/scoring/map_grid.h"

static_assert(std::endian::native == std::endian::little, "model files are little-endian");

namespace mvga {
namespace {

constexpr FileKind kKind{
    .format = "mvga-model",
    .version = kModelFormatVersion,
    .name = "model",
    .not_of_it = "not an mvga model (a weights file goes to the property 'weights')",
    .anew = "learn the model anew",
    .repair = "copy it again or learn it anew with mvgafit",
    .largest = 1'000'000'000,  // those of the largest networks have 0.1 GB
};

constexpr double kMostTone = 20;  // far beyond any logarithm of an 8-bit value

std::string places_key(const LevelShape& shape) {
  return "level" + std::to_string(shape.level) + ".pixel.places";
}

// ---- writing ------------------------------------------------------------------------------------

class ModelWriter {
 public:
  explicit ModelWriter(const Model& model) : model_(model), file_(kKind) {}

  std::vector<std::byte> bytes() {
    describe();
    for (const LevelModel& level : model_.levels) {
      add_gaussian(level, "image", level.image);
      add_gaussian(level, "pixel", level.pixel);
      add_places(level);
    }
    if (steps_of(model_.calibration.profile).tells_places_apart())
      file_.text("places", nlohmann::json(with_places_).dump());
    add_calibration(model_.calibration);
    return file_.sealed().bytes();
  }

 private:
  void describe() {
    FeatureSource source{model_.architecture, model_.weights_sha256, model_.input_size,
                         model_.tiles,        model_.tile_size,      {},
                         model_.roi,          model_.reading};
    for (const LevelModel& level : model_.levels) source.levels.push_back(level.shape);
    write_source(source, file_);
    file_.text("reduction", name_of(model_.reduction.kind));
    file_.scalar("reduction.variance", model_.reduction.variance);
    file_.scalar("target_fpr", model_.target_fpr);
    // Only where it was asked for: models that were learned without it stay what they were.
    if (model_.light > 0) file_.scalar("light", model_.light);
    add_lights();
    if (model_.views != Views::none) file_.text("views", name_of(model_.views));
    if (!model_.promises) file_.text("promise", "none");
    file_.number("frames", model_.frames);
    file_.number("held_out", model_.held_out);
    if (model_.independent > 0) file_.number("independent", model_.independent);
  }

  void add_lights() {
    const LightRange& lights = model_.lights;
    if (lights.empty()) return;
    file_.tensor("light.tones", DType::f64, {3, kTones}, lights.reference.data());
    std::vector<double> range;
    for (const LightState* state : {&lights.low, &lights.middle, &lights.high})
      range.insert(range.end(), state->begin(), state->end());
    file_.vector("light.range", range);
  }

  void add_gaussian(const LevelModel& level, const std::string& kind, const Gaussian& g) {
    const std::string key = "level" + std::to_string(level.shape.level) + "." + kind + ".";
    file_.tensor(key + "mean", DType::f64, {g.mean.size()}, g.mean.data());
    file_.tensor(key + "whitening", DType::f32, {g.whitening.rows(), g.whitening.cols()},
                 g.whitening.data());
    file_.scalar(key + "shrinkage", g.shrinkage);
  }

  // Only where places differ.
  void add_places(const LevelModel& level) {
    const PlaceMeans& places = level.places;
    if (places.empty()) return;
    with_places_.push_back(level.shape.level);
    file_.tensor(places_key(level.shape), DType::f32,
                 {places.height, places.width, places.channels}, places.values.data());
  }

  void add_calibration(const Calibration& c) {
    file_.text("profile", name_in_models(c.profile));
    file_.text("map_levels", nlohmann::json(c.map_levels).dump());
    c.scoring->write(file_);
    file_.vector("calibration.scores", c.scores);
    file_.vector("calibration.peaks", c.peaks);
    file_.scalar("calibration.normal_end", c.normal_end);
  }

  const Model& model_;
  std::vector<int> with_places_;  ///< the levels that tell places apart
  FieldWriter file_;
};

// ---- reading ------------------------------------------------------------------------------------

class ModelReader : private Fields {
 public:
  explicit ModelReader(const SafetensorsFile& file) : Fields(file, kKind) {}

  Model read() {
    check();
    Model model;
    FeatureSource source = read_source(*this);
    model.architecture = std::move(source.architecture);
    model.weights_sha256 = std::move(source.weights_sha256);
    model.input_size = source.input_size;
    model.tiles = source.tiles;
    model.tile_size = source.tile_size;
    model.roi = source.roi;
    model.reading = source.reading;
    model.frames = number("frames", 0, UINT64_MAX / 2);
    model.held_out = number("held_out", 0, UINT64_MAX / 2);
    model.calibration.profile = named("profile", profile_in_models);
    read_gaussians(source.levels, model);
    model.reduction.kind = named("reduction", reduction_from);
    model.reduction.variance = scalar("reduction.variance", 0, 1);
    model.target_fpr = scalar("target_fpr", kLowestRate, kHighestRate);
    model.light = optional_scalar("light", 0, kMostLight);
    if (has_tensor("light.tones")) model.lights = lights();
    if (has("views")) model.views = named("views", views_from);
    model.promises = !has("promise");
    read_calibration(model);
    return model;
  }

 private:
  void read_gaussians(const std::vector<LevelShape>& levels, Model& model) const {
    for (const LevelShape& shape : levels)
      model.levels.push_back({shape, gaussian(shape, "image"), gaussian(shape, "pixel"), {}});
    if (!steps_of(model.calibration.profile).tells_places_apart()) return;
    for (const std::vector<int>& row : integers("places"))
      for (LevelModel& level : model.levels)
        if (level.shape.level == row.at(0)) level.places = places(level.shape);
  }

  PlaceMeans places(const LevelShape& shape) const {
    const std::string key = places_key(shape);
    const TensorView& view = tensor(key, DType::f32, 3);
    PlaceMeans places{place_cells(shape.height), place_cells(shape.width), shape.channels, {}};
    if (view.shape != std::vector<std::int64_t>{places.height, places.width, places.channels})
      damaged("tensor '" + key + "' has the wrong shape");
    places.values.resize(static_cast<std::size_t>(view.elements()));
    copy_finite(key, view, places.values.data());
    return places;
  }

  LightRange lights() const {
    LightRange lights;
    const TensorView& tones = tensor("light.tones", DType::f64, 2);
    if (tones.shape != std::vector<std::int64_t>{3, kTones})
      damaged("tensor 'light.tones' has the wrong shape");
    copy_finite("light.tones", tones, lights.reference[0].data());
    const std::vector<double> range = vector("light.range", 3 * std::int64_t{lights.low.size()});
    auto next = range.begin();
    for (LightState* state : {&lights.low, &lights.middle, &lights.high})
      for (double& value : *state) value = *next++;
    for (const auto& tones_of_colour : lights.reference)
      for (const double tone : tones_of_colour)
        if (std::abs(tone) > kMostTone) damaged("'light.tones'");
    for (const double value : range)
      if (std::abs(value) > kMostTone) damaged("'light.range'");
    for (std::size_t i = 0; i < lights.low.size(); ++i)
      if (!(lights.low[i] <= lights.middle[i] && lights.middle[i] <= lights.high[i]))
        damaged("'light.range'");
    return lights;
  }

  Gaussian gaussian(const LevelShape& shape, const std::string& kind) const {
    const std::string key = "level" + std::to_string(shape.level) + "." + kind + ".";
    Gaussian g;
    const std::vector<double> mean = vector(key + "mean", shape.channels);
    g.mean = Eigen::Map<const Eigen::VectorXd>(mean.data(), shape.channels);
    const TensorView& whitening = tensor(key + "whitening", DType::f32, 2);
    if (whitening.shape[0] < 1 || whitening.shape[0] > shape.channels ||
        whitening.shape[1] != shape.channels)
      damaged("tensor '" + key + "whitening' has the wrong shape");
    g.whitening.resize(whitening.shape[0], whitening.shape[1]);
    copy_finite(key + "whitening", whitening, g.whitening.data());
    g.shrinkage = scalar(key + "shrinkage", 0, 1);
    return g;
  }

  void read_calibration(Model& model) const {
    Calibration& c = model.calibration;
    for (const std::vector<int>& row : integers("map_levels")) {
      if (row.size() != 1 || row[0] >= static_cast<int>(model.levels.size()))
        damaged("'map_levels'");
      c.map_levels.push_back(row[0]);
    }
    c.scoring = steps_of(c.profile).read(*this, c.map_levels.size(), map_grid(model));
    c.scores = sorted("calibration.scores", -1);
    model.independent = optional_number("independent", c.scores.size(), c.scores.size());
    c.peaks = sorted("calibration.peaks", static_cast<std::int64_t>(c.scores.size()));
    c.normal_end = static_cast<float>(scalar("calibration.normal_end", -1e30, 1e30));
  }
};

}  // namespace

std::vector<std::byte> serialise_model(const Model& model) {
  return ModelWriter(model).bytes();
}

Model parse_model(std::vector<std::byte> bytes, const std::string& name) {
  const SafetensorsFile file = SafetensorsFile::parse(std::move(bytes), name);
  return ModelReader(file).read();
}

void save_model(const Model& model, const std::filesystem::path& path) {
  write_file_atomically(path, serialise_model(model));
}

Model load_model(const std::filesystem::path& path) {
  const SafetensorsFile file = Fields::open(path, kKind);
  return ModelReader(file).read();
}

}  // namespace mvga
