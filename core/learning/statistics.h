// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// All that is remembered of normal images, in a form in which parts can be put together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/features/backbone.h"
#include "core/gaussian/moments.h"
#include "core/gaussian/place_moments.h"
#include "core/gaussian/vector_sample.h"
#include "core/learning/frame_store.h"

namespace mvga {

struct LevelMoments {
  Moments image;
  Moments pixel;
  PlaceMoments places;  ///< of the vectors behind `pixel`; of fewer maps, if older parts had none
};

struct LevelSamples {
  VectorSample image;
  VectorSample pixel;
};

/// Consecutive images.
struct FrameGroup {
  std::uint64_t frames = 0;
  std::vector<LevelMoments> levels;

  /// As many as were learned from: those in other lights and views count, too.
  double images() const { return levels.empty() ? 0 : levels[0].image.count(); }

  void merge(const FrameGroup& other);
};

/// Its size depends on the levels, not on the number of images. Not thread-safe.
///
/// The groups' borders are the multiples of a power of two, counted over all parts. It doubles
/// when there would be more than kMostGroups, so the groups of the whole come out of the groups of
/// the parts. Only where a part does not know how many images came before it may its groups lie
/// across that grid. Then the grid is given up, and the neighbours with the fewest images are
/// joined instead.
struct Statistics {
  static constexpr std::size_t kMostGroups = 8;

  /// @param stored how many images may be kept to look at again
  /// @param first_frame how many images of other parts come before
  /// @throws Error unwritable, no_space if images cannot be stored
  Statistics(std::span<const LevelShape> levels, int side, std::size_t stored,
             std::uint64_t first_frame = 0);

  /// @param features of the image: a map for each level
  /// @param in_other_lights features of the same image, which is still one
  /// @throws Error no_space, unwritable
  void add(const RgbView& image, const Levels& features,
           std::span<const Levels> in_other_lights = {});
  /// Takes an image into a group of the caller's choice, of those that there are or the next one.
  /// It is not stored, and there is no grid.
  void add_to(std::size_t group, const Levels& features,
              std::span<const Levels> in_other_lights = {});
  /// Goes on with the images of `next`, which has the same levels and side.
  /// @throws Error no_space, unwritable, unreadable
  void append(Statistics next);

  std::uint64_t end() const { return first + frames; }
  /// As many as were learned from: those in other lights and views count, too.
  double images() const;

  std::uint64_t first;                ///< number of the first image
  std::uint64_t frames = 0;           ///< how many there were
  std::uint64_t frames_a_group = 1;   ///< the power of two; without a grid, how many are wanted
  bool on_grid = true;                ///< groups end where the grid says
  std::vector<FrameGroup> groups;     ///< in the order of the images
  std::vector<LevelSamples> samples;  ///< tagged with the index of the group
  FrameStore store;                   ///< likewise

 private:
  void take_in(std::size_t group, const Levels& features, std::span<const Levels> in_other_lights);
  void open_group_if_needed();
  void open_group();
  bool group_is_full() const;
  void make_room_for_a_group();
  void align_with(Statistics& next);
  void double_groups();
  void join_smallest_neighbours();
  void join(std::span<const int> new_indexes);
  void retag(std::span<const int> new_tags);
};

}  // namespace mvga
