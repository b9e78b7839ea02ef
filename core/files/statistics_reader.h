// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a statistics file says, checked before it is believed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/files/statistics_file.h"
#include "core/io/fields.h"

namespace mvga {

/// One of the images that lie one after the other in `bytes`.
RgbView stored_image(std::span<const std::byte> bytes, std::size_t index, int side);

/// Everything throws Error unreadable. The file must outlive it.
class StatisticsReader : private Fields {
 public:
  explicit StatisticsReader(const SafetensorsFile& file);

  StatisticsInfo describe() const;
  /// Bytes of the stored images, one after the other.
  std::span<const std::byte> images(const StatisticsInfo& info) const;
  /// Of a file that does not store all images.
  Statistics statistics(const StatisticsInfo& info) const;

 private:
  std::optional<ShardPlace> place() const;
  void read_groups(const StatisticsInfo& info, Statistics& all) const;
  std::vector<std::uint64_t> images_of(const Statistics& all, const FitSettings& settings) const;
  void check_grid(const Statistics& all) const;
  Moments moments(const std::string& key, int channels, std::uint64_t count) const;
  PlaceMoments places(const std::string& key, const LevelShape& shape, std::uint64_t maps) const;
  void read_sample(const std::string& key, const Statistics& all, std::uint64_t seen,
                   VectorSample& sample) const;
  std::vector<int> tags(const std::string& key, std::int64_t size, const Statistics& all) const;
  void read_store(const StatisticsInfo& info, Statistics& all) const;

  const SafetensorsFile& file_;
};

}  // namespace mvga
