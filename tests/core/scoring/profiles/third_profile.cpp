// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/core/scoring/profiles/third_profile.h"

#include <utility>

namespace mvga::test {
namespace {

// The largest distance in the map, as a multiple of what normal images have on average.
class ThirdScoring final : public Scoring {
 public:
  explicit ThirdScoring(double normal) : normal_(normal) {}

  AnomalyMap map(std::vector<AnomalyMap> maps) const override { return std::move(maps[0]); }
  double score(const Evidence& /*evidence*/, const AnomalyMap& map) const override {
    return maximum(map) / normal_;
  }
  void write(FieldWriter& file) const override { file.scalar("calibration.third", normal_); }

 private:
  double normal_;
};

class ThirdSteps final : public ProfileSteps {
 public:
  std::string architecture() const override { return "resnet18"; }
  LevelSet level_set() const override { return LevelSet::published; }

  // The coarsest.
  std::vector<int> map_levels(std::span<const int> /*localising*/,
                              std::size_t levels) const override {
    return {static_cast<int>(levels) - 1};
  }

  Gaussian fit_image(const Moments& image, const VectorSample& image_sample,
                     const Moments& /*pixel*/, const Reduction& /*reduction*/,
                     int left_out) const override {
    return fit_gaussian(image, image_sample, {ReductionKind::none, 1}, left_out);
  }

  std::shared_ptr<const Scoring> calibrate(std::span<const Evidence> held_out) const override {
    double sum = 0;
    for (const Evidence& e : held_out) sum += maximum(e.maps[0]);
    return std::make_shared<ThirdScoring>(sum / static_cast<double>(held_out.size()));
  }

  std::shared_ptr<const Scoring> read(const Fields& file, std::size_t /*levels*/,
                                      const GridSize& /*grid*/) const override {
    return std::make_shared<ThirdScoring>(file.scalar("calibration.third", 0, 1e30));
  }
};

}  // namespace

const ProfileSteps& third_steps() {
  static const ThirdSteps steps;
  return steps;
}

}  // namespace mvga::test
