// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How far the false-alarm rates hold that a model promises: on normal pictures that it has never
// seen, over random divisions of each category's normal pictures.

#include <gst/gst.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
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

using mvga::study::RememberingBackbone;
using Pixels = std::vector<std::uint8_t>;

constexpr int kSplits = 20;
constexpr double kLearned = 0.8;  // share of the normal pictures
constexpr double kRates[] = {0.01, 0.05, 0.1};

struct NormalPictures {
  int side = 0;
  std::vector<Pixels> pictures;

  mvga::RgbView view(std::size_t i) const { return {pictures[i].data(), side, side, 3 * side}; }
};

NormalPictures read_normal(const mvga::tool::Category& category, int side) {
  NormalPictures normal{side, {}};
  mvga::tool::InputReader reader({}, side);
  const auto add = [&](const std::string& file) {
    const mvga::RgbView view = reader.read(mvga::tool::read_picture(file));
    Pixels pixels;
    for (int y = 0; y < side; ++y) {
      const std::uint8_t* row = view.data + static_cast<std::ptrdiff_t>(y) * view.stride;
      pixels.insert(pixels.end(), row, row + 3 * static_cast<std::ptrdiff_t>(side));
    }
    normal.pictures.push_back(std::move(pixels));
  };
  for (const std::string& file : category.train) add(file);
  for (const mvga::tool::TestPicture& picture : category.test)
    if (picture.good()) add(picture.file.string());
  return normal;
}

/// P(D > d) of the distance of Kolmogorov and Smirnov for n samples (Stephens 1970).
double kolmogorov_smirnov(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  const auto n = static_cast<double>(samples.size());
  double distance = 0;
  for (std::size_t i = 0; i < samples.size(); ++i)
    distance = std::max({distance, samples[i] - static_cast<double>(i) / n,
                         static_cast<double>(i + 1) / n - samples[i]});
  const double t = distance * (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n));
  double p = 0;
  for (int k = 1; k <= 100; ++k) p += (k % 2 == 1 ? 2 : -2) * std::exp(-2 * k * k * t * t);
  return std::clamp(p, 0.0, 1.0);
}

/// The largest number of alarms among n frames that a rate explains: P(X > k) <= 2.5 %.
int most_alarms(int n, double rate) {
  double term = std::pow(1 - rate, n);
  double below = term;
  int k = 0;
  for (; below < 0.975 && k < n; ++k) {
    term *= (n - k) * rate / ((k + 1) * (1 - rate));
    below += term;
  }
  return k;
}

struct RateCount {
  int alarms = 0;
  int with_regions = 0;
  int within = 0;          ///< divisions whose alarms the promised rate explains
  int regions_within = 0;  ///< the same for frames that show any region
  double promised = 0;     ///< mean over the divisions
};

struct Study {
  int frames = 0;
  int uniform = 0;  ///< divisions whose p-values pass as uniform
  std::size_t held_out = 0;
  RateCount rates[std::size(kRates)];
};

void count_alarms(const mvga::Detector& detector, const NormalPictures& normal,
                  const std::vector<std::size_t>& tested, Study& study) {
  std::vector<double> p_values;
  for (std::size_t r = 0; r < std::size(kRates); ++r) {
    mvga::DetectSettings settings;
    settings.target_fpr = kRates[r];
    int alarms = 0;
    int with_regions = 0;
    for (const std::size_t i : tested) {
      const mvga::Detection d = detector.detect(normal.view(i), settings);
      alarms += d.anomalous ? 1 : 0;
      with_regions += d.regions.empty() ? 0 : 1;
      if (r == 0) p_values.push_back(d.p_value);
    }
    const mvga::Threshold promise =
        mvga::threshold_for(detector.model().calibration.scores, kRates[r]);
    const int most = most_alarms(static_cast<int>(tested.size()), promise.rate);
    RateCount& count = study.rates[r];
    count.alarms += alarms;
    count.with_regions += with_regions;
    count.within += alarms <= most ? 1 : 0;
    count.regions_within += with_regions <= most ? 1 : 0;
    count.promised += promise.rate / kSplits;
  }
  study.uniform += kolmogorov_smirnov(p_values) > 0.01 ? 1 : 0;
}

Study study_of(const NormalPictures& normal,
               const std::shared_ptr<const RememberingBackbone>& backbone,
               const mvga::FitSettings& settings) {
  Study study;
  std::mt19937 random(1);
  std::vector<std::size_t> order(normal.pictures.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto learned = static_cast<std::ptrdiff_t>(kLearned * static_cast<double>(order.size()));
  for (int split = 0; split < kSplits; ++split) {
    std::shuffle(order.begin(), order.end(), random);
    mvga::Learner learner(backbone, settings);
    for (auto i = order.begin(); i != order.begin() + learned; ++i) learner.add(normal.view(*i));
    const mvga::Detector detector(backbone, learner.finish());
    study.held_out = detector.model().held_out;
    const std::vector<std::size_t> tested(order.begin() + learned, order.end());
    study.frames += static_cast<int>(tested.size());
    count_alarms(detector, normal, tested, study);
  }
  return study;
}

void print(const std::string& name, const Study& s) {
  std::printf("| %s | %zu | %d |", name.c_str(), s.held_out, s.frames / kSplits);
  for (const RateCount& r : s.rates)
    std::printf(" %.1f | %.1f (%d) | %.1f (%d) |", 100 * r.promised, 100.0 * r.alarms / s.frames,
                r.within, 100.0 * r.with_regions / s.frames, r.regions_within);
  std::printf(" %d |\n", s.uniform);
  std::fflush(stdout);
}

void run(const std::string& data, const std::string& architecture, mvga::Profile profile) {
  mvga::BackboneSettings settings;
  settings.architecture = architecture;
  settings.level_set = mvga::level_set_for(profile);
  const std::shared_ptr<const mvga::Backbone> backbone = mvga::open_backbone(settings);
  mvga::FitSettings fit;
  fit.profile = profile;
  std::printf("| category | learned | tested |");
  for (const double rate : kRates)
    std::printf(" promised for %g %% | alarms | regions |", 100 * rate);
  std::printf(" uniform |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (const mvga::tool::Category& category : mvga::tool::find_categories(data, {})) {
    const NormalPictures normal = read_normal(category, backbone->info().input_size);
    print(category.name, study_of(normal, std::make_shared<RememberingBackbone>(backbone), fit));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 4) {
    std::fprintf(stderr, "usage: %s DATASET [ARCHITECTURE [PROFILE]]\n", argv[0]);
    return 2;
  }
  try {
    gst_init(nullptr, nullptr);
    run(argv[1], argc > 2 ? argv[2] : "tf_efficientnet_b4",
        mvga::profile_from(argc > 3 ? argv[3] : "calibrated"));
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
    return 1;
  }
  return 0;
}
