// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Whether the promise is kept when pictures are copied: a few normal pictures of each category are
// learned many times over, and all that were not learned are tested.

#include <gst/gst.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/learning/learner.h"
#include "core/scoring/detector.h"
#include "core/scoring/false_alarm_rate.h"
#include "models/open_backbone.h"
#include "tests/benchmarks/studies/study_backbones.h"
#include "tools/evaluation/category.h"
#include "tools/media/frames.h"

namespace {

using Pixels = std::vector<std::uint8_t>;
constexpr std::size_t kLearned = 300;  // pictures, most of them copies

struct Pictures {
  int side = 0;
  std::vector<Pixels> pixels;

  mvga::RgbView view(const Pixels& p) const { return {p.data(), side, side, 3 * side}; }
};

/// How a copy differs from its picture.
struct Change {
  double shift = 0;       ///< pixels at most, of 450
  double brightness = 0;  ///< share at most
  double noise = 0;       ///< levels
};

struct Row {
  const char* name;
  Change change;
  bool looped;  ///< all pictures pass, and again; otherwise a picture's copies follow each other
};

constexpr Row kRows[] = {{"exact", {}, true},
                         {"exact, in a row", {}, false},
                         {"augmented", {3, 0.03, 0}, true},
                         {"shifted", {3, 0, 0}, true},
                         {"looped, with noise", {3, 0, 3}, true}};

class Copier {
 public:
  explicit Copier(int side) : side_(side) {}

  Pixels operator()(const Pixels& picture, const Change& change) {
    const double scale = side_ / 450.0;
    const double dx = scale * change.shift * between_(random_);
    const double dy = scale * change.shift * between_(random_);
    const double factor = 1 + change.brightness * between_(random_);
    std::normal_distribution<double> noise(0, change.noise > 0 ? change.noise : 1);
    Pixels copy(picture.size());
    for (int y = 0; y < side_; ++y)
      for (int x = 0; x < side_; ++x)
        for (int c = 0; c < 3; ++c) {
          double value = factor * at(picture, x + dx, y + dy, c);
          if (change.noise > 0) value += noise(random_);
          copy[index(x, y, c)] = static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
        }
    return copy;
  }

 private:
  std::size_t index(int x, int y, int c) const {
    return static_cast<std::size_t>(3 * (y * side_ + x) + c);
  }
  double at(const Pixels& picture, double x, double y, int c) const {
    x = std::clamp(x, 0.0, side_ - 1.0);
    y = std::clamp(y, 0.0, side_ - 1.0);
    const int left = std::min(static_cast<int>(x), side_ - 2);
    const int top = std::min(static_cast<int>(y), side_ - 2);
    const double right = x - left;
    const double low = y - top;
    return (1 - low) * ((1 - right) * picture[index(left, top, c)] +
                        right * picture[index(left + 1, top, c)]) +
           low * ((1 - right) * picture[index(left, top + 1, c)] +
                  right * picture[index(left + 1, top + 1, c)]);
  }

  int side_;
  std::mt19937 random_{1};
  std::uniform_real_distribution<double> between_{-1, 1};
};

Pictures read_normal(const mvga::tool::Category& category, int side) {
  Pictures normal{side, {}};
  mvga::tool::InputReader reader({}, side);
  const auto add = [&](const std::string& file) {
    const mvga::RgbView view = reader.read(mvga::tool::read_picture(file));
    Pixels pixels;
    for (int y = 0; y < side; ++y) {
      const std::uint8_t* row = view.data + static_cast<std::ptrdiff_t>(y) * view.stride;
      pixels.insert(pixels.end(), row, row + 3 * static_cast<std::ptrdiff_t>(side));
    }
    normal.pixels.push_back(std::move(pixels));
  };
  for (const std::string& file : category.train) add(file);
  for (const mvga::tool::TestPicture& picture : category.test)
    if (picture.good()) add(picture.file.string());
  std::shuffle(normal.pixels.begin(), normal.pixels.end(), std::mt19937(1));
  return normal;
}

void print(const std::string& category, const char* copies, std::size_t parts,
           const mvga::Model& model, int alarms, std::size_t tested) {
  const mvga::Threshold promise = mvga::threshold_for(model.calibration.scores, model.target_fpr);
  std::printf("| %s | %zu | %s | %zu | %zu | %.1f %% | %.1f %% (%d of %zu) |\n", category.c_str(),
              parts, copies, static_cast<std::size_t>(model.frames),
              static_cast<std::size_t>(model.independent), 100 * promise.rate,
              100.0 * alarms / static_cast<double>(tested), alarms, tested);
  std::fflush(stdout);
}

void study(const std::string& category, const Pictures& normal, std::size_t parts, const Row& row,
           const std::shared_ptr<const mvga::Backbone>& inner) {
  const auto backbone = std::make_shared<mvga::study::RememberingBackbone>(inner);
  mvga::Learner learner(backbone, {});
  Copier copier(normal.side);
  const std::size_t passes = parts == normal.pixels.size() ? 1 : kLearned / parts;
  for (std::size_t i = 0; i < parts * passes; ++i) {
    const bool first = row.looped ? i < parts : i % passes == 0;
    const Pixels& picture = normal.pixels[row.looped ? i % parts : i / passes];
    const Pixels learned = first ? picture : copier(picture, row.change);
    learner.add(normal.view(learned));
  }
  const mvga::Detector detector(backbone, learner.finish());
  int alarms = 0;
  for (std::size_t i = parts; i < normal.pixels.size(); ++i)
    alarms += detector.detect(normal.view(normal.pixels[i]), {}).anomalous ? 1 : 0;
  print(category, row.name, parts, detector.model(), alarms, normal.pixels.size() - parts);
}

void run(const std::string& data) {
  mvga::BackboneSettings settings;
  settings.architecture = mvga::backbone_for(mvga::Profile::calibrated, "", "");
  settings.level_set = mvga::level_set_for(mvga::Profile::calibrated);
  const std::shared_ptr<const mvga::Backbone> backbone = mvga::open_backbone(settings);
  std::printf(
      "| set | pictures | copies | learned | independent | promised | false alarms |\n"
      "|---|---|---|---|---|---|---|\n");
  for (const mvga::tool::Category& category : mvga::tool::find_categories(data, {})) {
    const Pictures normal = read_normal(category, backbone->info().input_size);
    for (const std::size_t parts : {std::size_t{20}, std::size_t{60}})
      for (const Row& row : kRows)
        if (parts < normal.pixels.size()) study(category.name, normal, parts, row, backbone);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s DATASET\n", argv[0]);
    return 2;
  }
  try {
    gst_init(nullptr, nullptr);
    run(argv[1]);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
    return 1;
  }
  return 0;
}
