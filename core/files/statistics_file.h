// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Reading and writing `*.mvgastats`: what a learner has seen of a part of the normal images.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/files/feature_source.h"
#include "core/io/safetensors.h"
#include "core/learning/learner.h"
#include "core/learning/part_learner.h"

namespace mvga {

inline constexpr int kStatisticsFormatVersion = 1;

/// Where a part lies in a set of images that was cut into shards.
struct ShardPlace {
  std::string set;          ///< the same for all shards of a set
  std::uint64_t begin = 0;  ///< number of its first image in the set
  std::uint64_t end = 0;    ///< one beyond its last one's
};

/// As long as every image is stored, the file holds the images in their order, and whoever
/// reads it learns them. Otherwise it holds moments, samples and the stored images. Replaces the
/// file at `path` in one step.
/// @throws Error not_found, no_space, unwritable, unreadable (a stored image)
void save_statistics(const PartLearner& part, const std::optional<ShardPlace>& place,
                     const std::filesystem::path& path);

struct StatisticsInfo {
  std::string name;  ///< of the file
  FeatureSource source;
  FitSettings settings;  ///< that the part was learned with
  std::optional<ShardPlace> place;
  std::uint64_t frames = 0;
  std::string sha256;        ///< over the content
  std::uint64_t stored = 0;  ///< of the images; all of them: there is nothing else in the file

  bool stores_all() const { return stored == frames; }
};

/// One file, held in memory.
class StatisticsFile {
 public:
  /// Checks a SHA-256 over the whole file; shapes and numbers are checked when they are used.
  /// @throws Error not_found, unreadable; the text names the file and what is wrong with it
  static StatisticsFile open(const std::filesystem::path& path);

  const StatisticsInfo& info() const { return info_; }
  /// How many of the stored images are no near copies of each other.
  std::size_t independent() const;

  /// Lets the learner go on with the images of this part: as if it had seen them itself, to the
  /// last bit, while all of them are stored, or while it has seen nothing yet.
  /// @param progress called with the number of images that were learned
  /// @throws Error unreadable if the learner has another source of features; as Learner::add
  void add_to(Learner& learner, const std::function<void(std::uint64_t)>& progress = {}) const;

 private:
  explicit StatisticsFile(SafetensorsFile file);

  SafetensorsFile file_;
  StatisticsInfo info_;
};

/// @throws Error unreadable if the parts cannot be put together: the text names both, the property
///         in which they differ, and the way out
void check_same_source(const StatisticsInfo& part, const StatisticsInfo& other);

}  // namespace mvga
