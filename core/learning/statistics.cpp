// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/statistics.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/features/average_vector.h"

namespace mvga {
namespace {

constexpr std::size_t kImageSample = 2048;
constexpr std::size_t kPixelSample = 32768;
constexpr std::size_t kSampleBytes = 64 << 20;  // of one level

std::size_t pixel_sample_size(int channels) {
  return std::min(kPixelSample,
                  kSampleBytes / (sizeof(float) * static_cast<std::size_t>(channels)));
}

PlaceMoments& places_for(const FeatureMap& map, LevelMoments& level) {
  if (level.places.maps() == 0) level.places = PlaceMoments(map.height, map.width, map.channels);
  return level.places;
}

}  // namespace

void FrameGroup::merge(const FrameGroup& other) {
  frames += other.frames;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    levels[i].image.merge(other.levels[i].image);
    levels[i].pixel.merge(other.levels[i].pixel);
    levels[i].places.merge(other.levels[i].places);
  }
}

Statistics::Statistics(std::span<const LevelShape> levels, int side, std::size_t stored,
                       std::uint64_t first_frame)
    : first(first_frame), store(side, stored) {
  for (const LevelShape& shape : levels)
    samples.push_back({VectorSample(shape.channels, kImageSample),
                       VectorSample(shape.channels, pixel_sample_size(shape.channels))});
}

void Statistics::add(const RgbView& image, const Levels& features,
                     std::span<const Levels> in_other_lights) {
  open_group_if_needed();
  take_in(groups.size() - 1, features, in_other_lights);
  store.add(image, static_cast<int>(groups.size()) - 1);
}

void Statistics::add_to(std::size_t group, const Levels& features,
                        std::span<const Levels> in_other_lights) {
  on_grid = false;
  if (group == groups.size()) open_group();
  take_in(group, features, in_other_lights);
}

void Statistics::take_in(std::size_t group, const Levels& features,
                         std::span<const Levels> in_other_lights) {
  const auto take = [&](const Levels& levels) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const FeatureMap& map = levels[i];
      const std::vector<float> average = average_vector(map);
      const int tag = static_cast<int>(group);
      groups[group].levels[i].image.add(average.data(), 1);
      groups[group].levels[i].pixel.add(map.values.get(), map.positions());
      places_for(map, groups[group].levels[i]).add(map.values.get());
      samples[i].image.add(average.data(), 1, tag);
      samples[i].pixel.add(map.values.get(), map.positions(), tag);
    }
  };
  take(features);
  for (const Levels& other : in_other_lights) take(other);
  ++groups[group].frames;
  ++frames;
}

double Statistics::images() const {
  double sum = 0;
  for (const FrameGroup& group : groups) sum += group.images();
  return sum;
}

void Statistics::append(Statistics next) {
  if (next.frames == 0) return;
  align_with(next);
  const bool goes_on = on_grid && !groups.empty() && !group_is_full();
  std::vector<int> tags(next.groups.size());
  std::iota(tags.begin(), tags.end(), static_cast<int>(groups.size()) - (goes_on ? 1 : 0));
  next.retag(tags);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i].image.merge(next.samples[i].image);
    samples[i].pixel.merge(next.samples[i].pixel);
  }
  store.merge(next.store);
  for (std::size_t i = 0; i < next.groups.size(); ++i) {
    if (i == 0 && goes_on)
      groups.back().merge(next.groups[i]);
    else
      groups.push_back(std::move(next.groups[i]));
  }
  frames += next.frames;
  while (groups.size() > kMostGroups) {
    if (on_grid)
      double_groups();
    else
      join_smallest_neighbours();
  }
}

/// Gives both groups of the same length, if their borders lie on one grid.
void Statistics::align_with(Statistics& next) {
  if (frames == 0) {
    first = next.first;
    on_grid = next.on_grid;
  }
  on_grid =
      on_grid && next.on_grid && end() % next.frames_a_group == next.first % next.frames_a_group;
  if (!on_grid) {
    frames_a_group = std::max(frames_a_group, next.frames_a_group);
    return;
  }
  next.first = end();
  while (frames_a_group < next.frames_a_group) double_groups();
  while (next.frames_a_group < frames_a_group) next.double_groups();
}

void Statistics::open_group_if_needed() {
  if (!groups.empty() && !group_is_full()) return;
  if (groups.size() == kMostGroups) {
    make_room_for_a_group();
    if (!group_is_full()) return;
  }
  open_group();
}

void Statistics::open_group() {
  FrameGroup group;
  for (const LevelSamples& level : samples)
    group.levels.push_back({Moments(level.image.channels()), Moments(level.pixel.channels()), {}});
  groups.push_back(std::move(group));
}

bool Statistics::group_is_full() const {
  return on_grid ? end() % frames_a_group == 0 : groups.back().frames >= frames_a_group;
}

void Statistics::make_room_for_a_group() {
  if (on_grid) {
    double_groups();
    return;
  }
  join_smallest_neighbours();
  frames_a_group = std::max(frames_a_group, 2 * frames / kMostGroups);
}

void Statistics::double_groups() {
  const std::uint64_t first_group = first / frames_a_group;
  std::vector<int> new_indexes;
  for (std::uint64_t g = first_group; g < first_group + groups.size(); ++g)
    new_indexes.push_back(static_cast<int>(g / 2 - first_group / 2));
  join(new_indexes);
  frames_a_group *= 2;
}

void Statistics::join_smallest_neighbours() {
  std::size_t smallest = 0;
  const auto together = [&](std::size_t i) { return groups[i].frames + groups[i + 1].frames; };
  for (std::size_t i = 1; i + 1 < groups.size(); ++i)
    if (together(i) < together(smallest)) smallest = i;
  std::vector<int> new_indexes;
  for (std::size_t i = 0; i < groups.size(); ++i)
    new_indexes.push_back(static_cast<int>(i > smallest ? i - 1 : i));
  join(new_indexes);
}

/// Groups that get the same index become one.
void Statistics::join(std::span<const int> new_indexes) {
  std::vector<FrameGroup> joined;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (static_cast<std::size_t>(new_indexes[i]) == joined.size())
      joined.push_back(std::move(groups[i]));
    else
      joined.back().merge(groups[i]);
  }
  groups = std::move(joined);
  retag(new_indexes);
}

void Statistics::retag(std::span<const int> new_tags) {
  for (LevelSamples& level : samples) {
    level.image.retag(new_tags);
    level.pixel.retag(new_tags);
  }
  store.retag(new_tags);
}

}  // namespace mvga
