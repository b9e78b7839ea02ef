// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/group_fit.h"

#include <utility>

namespace mvga {

FrameGroup GroupFit::merged_without(int left_out) const {
  FrameGroup all;
  for (const LevelShape& shape : shapes_)
    all.levels.push_back({Moments(shape.channels), Moments(shape.channels), {}});
  for (std::size_t g = 0; g < statistics_.groups.size(); ++g)
    if (static_cast<int>(g) != left_out) all.merge(statistics_.groups[g]);
  return all;
}

Gaussian GroupFit::image(const FrameGroup& group, std::size_t level, int left_out) const {
  const LevelMoments& moments = group.levels[level];
  return steps_of(profile_).fit_image(moments.image, statistics_.samples[level].image,
                                      moments.pixel, reduction_, left_out);
}

AboutPlaces GroupFit::positions(const FrameGroup& group, std::size_t level) const {
  const LevelMoments& moments = group.levels[level];
  // Older parts did not tell places apart.
  const bool complete = moments.places.maps() == moments.image.count();
  if (!complete || !steps_of(profile_).tells_places_apart()) return {moments.pixel, {}};
  return about_places(moments.pixel, moments.places);
}

std::vector<KeptSpace> GroupFit::kept_spaces() const {
  std::vector<KeptSpace> spaces;
  const FrameGroup all = merged_without(kNone);
  for (std::size_t i = 0; i < all.levels.size(); ++i)
    spaces.push_back(kept_space(positions(all, i).moments, reduction_));
  return spaces;
}

std::vector<LevelModel> GroupFit::levels_without(int left_out) const {
  const FrameGroup group = merged_without(left_out);
  std::vector<LevelModel> levels;
  for (std::size_t i = 0; i < group.levels.size(); ++i) {
    AboutPlaces positions = this->positions(group, i);
    levels.push_back(
        {shapes_[i], image(group, i, left_out),
         fit_gaussian(positions.moments, statistics_.samples[i].pixel, reduction_, left_out),
         std::move(positions.means)});
  }
  return levels;
}

}  // namespace mvga
