// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/files/statistics_file.h"

#include <span>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/files/statistics_difference.h"
#include "core/files/statistics_layout.h"
#include "core/files/statistics_reader.h"
#include "core/learning/near_copies.h"
#include "core/learning/small_picture.h"

namespace mvga {

StatisticsFile::StatisticsFile(SafetensorsFile file)
    : file_(std::move(file)), info_(StatisticsReader(file_).describe()) {}

StatisticsFile StatisticsFile::open(const std::filesystem::path& path) {
  return StatisticsFile(Fields::open(path, kStatisticsKind));
}

std::size_t StatisticsFile::independent() const {
  const std::span<const std::byte> images = StatisticsReader(file_).images(info_);
  std::vector<SmallPicture> pictures;
  for (std::uint64_t i = 0; i < info_.stored; ++i)
    pictures.push_back(small_picture(stored_image(images, i, info_.source.input_size)));
  return count_clusters(near_copies(pictures));
}

void StatisticsFile::add_to(Learner& learner,
                            const std::function<void(std::uint64_t)>& progress) const {
  const FeatureSource wanted =
      source_of(learner.backbone(), learner.settings().roi, learner.settings().reading);
  if (const auto d = difference(info_, wanted, learner.settings()))
    throw Error(ErrorKind::unreadable, info_.name + ": was gathered with " + d->has + ", not " +
                                           d->other_has + "; say the same with " + d->option);
  const StatisticsReader reader(file_);
  if (!info_.stores_all()) {
    learner.append(reader.statistics(info_));
    return;
  }
  const std::span<const std::byte> images = reader.images(info_);
  for (std::uint64_t i = 0; i < info_.frames; ++i) {
    learner.add(stored_image(images, i, info_.source.input_size));
    if (progress) progress(i + 1);
  }
}

void check_same_source(const StatisticsInfo& part, const StatisticsInfo& other) {
  if (const auto d = difference(part, other.source, other.settings))
    throw Error(ErrorKind::unreadable, part.name + " does not go with " + other.name + ": it has " +
                                           d->has + ", not " + d->other_has +
                                           "; gather one of them anew with the same " + d->option);
}

}  // namespace mvga
