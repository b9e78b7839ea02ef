// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/paper.h"

#include <numeric>

namespace mvga {
namespace {

class PaperSteps final : public ProfileSteps {
 public:
  std::string architecture() const override { return "tf_efficientnet_b4"; }
  LevelSet level_set() const override { return LevelSet::published; }

  std::vector<int> map_levels(std::span<const int> /*localising*/,
                              std::size_t levels) const override {
    std::vector<int> all(levels);
    std::iota(all.begin(), all.end(), 0);
    return all;
  }

  Gaussian fit_image(const Moments& image, const VectorSample& image_sample,
                     const Moments& /*pixel*/, const Reduction& reduction,
                     int left_out) const override {
    return fit_gaussian(image, image_sample, reduction, left_out);
  }

  std::shared_ptr<const Scoring> calibrate(std::span<const Evidence> /*held_out*/) const override {
    return std::make_shared<PaperScoring>();
  }

  std::shared_ptr<const Scoring> read(const Fields& /*file*/, std::size_t /*levels*/,
                                      const GridSize& /*grid*/) const override {
    return std::make_shared<PaperScoring>();
  }
};

}  // namespace

AnomalyMap PaperScoring::map(std::vector<AnomalyMap> maps) const {
  return fuse_on_finest(maps, std::vector<LevelScale>(maps.size()));
}

double PaperScoring::score(const Evidence& evidence, const AnomalyMap& /*map*/) const {
  return sum_of_image_distances(evidence);
}

void PaperScoring::write(FieldWriter& /*file*/) const {}

const ProfileSteps& paper_steps() {
  static const PaperSteps steps;
  return steps;
}

}  // namespace mvga
