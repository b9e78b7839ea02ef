// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/files/statistics_reader.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "core/files/statistics_layout.h"
#include "core/light/light_changes.h"
#include "core/scoring/false_alarm_rate.h"

static_assert(std::endian::native == std::endian::little, "statistics files are little-endian");

namespace mvga {
namespace {

constexpr std::uint64_t kMostViews = 64;  // of an image

/// In how many lights every image was learned, in files that do not say how many images there were.
std::uint64_t views_of(const FitSettings& settings) {
  return settings.light.value_or(0) > 0 ? 1 + kOtherLights : 1;
}

std::uint64_t vectors(const LevelShape& shape, std::uint64_t frames) {
  return frames * static_cast<std::uint64_t>(shape.height) *
         static_cast<std::uint64_t>(shape.width);
}

}  // namespace

RgbView stored_image(std::span<const std::byte> bytes, std::size_t index, int side) {
  const std::size_t size = std::size_t{3} * static_cast<std::size_t>(side) * side;
  return {reinterpret_cast<const std::uint8_t*>(bytes.data() + index * size), side, side,
          std::ptrdiff_t{3} * side};
}

StatisticsReader::StatisticsReader(const SafetensorsFile& file)
    : Fields(file, kStatisticsKind), file_(file) {}

StatisticsInfo StatisticsReader::describe() const {
  check();
  StatisticsInfo info;
  info.name = file_.name();
  info.sha256 = text("sha256");
  info.source = read_source(*this);
  info.frames = number("frames", 1, kMostFrames);
  info.stored = number("stored", 0, info.frames);
  info.settings.roi = info.source.roi;
  info.settings.reading = info.source.reading;
  info.settings.first_frame = number("first_frame", 0, kMostFrames);
  info.settings.profile = named("profile", profile_from);
  const double variance = scalar("reduction.variance", 0, 1);
  if (text("reduction") != "auto")
    info.settings.reduction = Reduction{named("reduction", reduction_from), variance};
  info.settings.target_fpr = scalar("target_fpr", kLowestRate, kHighestRate);
  if (has_tensor("light")) info.settings.light = scalar("light", 0, kMostLight);
  info.place = place();
  images(info);  // of the right shape
  return info;
}

std::optional<ShardPlace> StatisticsReader::place() const {
  if (!file_.metadata().contains("shard_set")) return std::nullopt;
  const std::uint64_t begin = number("shard_begin", 0, kMostFrames);
  return ShardPlace{text("shard_set"), begin, number("shard_end", begin, kMostFrames)};
}

std::span<const std::byte> StatisticsReader::images(const StatisticsInfo& info) const {
  const std::int64_t side = info.source.input_size;
  const TensorView& view = tensor("frames", DType::u8, 4);
  if (view.shape !=
      std::vector<std::int64_t>{static_cast<std::int64_t>(info.stored), side, side, 3})
    damaged("tensor 'frames' has the wrong shape");
  return view.bytes;
}

Statistics StatisticsReader::statistics(const StatisticsInfo& info) const {
  Statistics all(info.source.levels, info.source.input_size, static_cast<std::size_t>(info.stored),
                 info.settings.first_frame);
  all.frames = info.frames;
  read_groups(info, all);
  const auto seen = static_cast<std::uint64_t>(all.images());
  for (std::size_t i = 0; i < info.source.levels.size(); ++i) {
    const LevelShape& shape = info.source.levels[i];
    read_sample(level_key(shape.level, "image"), all, seen, all.samples[i].image);
    read_sample(level_key(shape.level, "pixel"), all, vectors(shape, seen), all.samples[i].pixel);
  }
  read_store(info, all);
  return all;
}

std::vector<std::uint64_t> StatisticsReader::images_of(const Statistics& all,
                                                       const FitSettings& settings) const {
  const auto groups = static_cast<std::int64_t>(all.groups.size());
  std::vector<std::uint64_t> images;
  if (has("places")) {
    for (const std::int64_t count : whole_numbers("groups.images", groups))
      images.push_back(static_cast<std::uint64_t>(count));
  } else {
    for (const FrameGroup& group : all.groups) images.push_back(views_of(settings) * group.frames);
  }
  for (std::size_t g = 0; g < images.size(); ++g)
    if (images[g] < all.groups[g].frames || images[g] > kMostViews * all.groups[g].frames)
      damaged("'groups.images'");
  return images;
}

void StatisticsReader::read_groups(const StatisticsInfo& info, Statistics& all) const {
  all.frames_a_group = number("frames_a_group", 1, kMostFrames);
  all.on_grid = number("on_grid", 0, 1) == 1;
  const std::int64_t count = tensor("groups", DType::i64, 1).shape[0];
  if (count < 1 || count > static_cast<std::int64_t>(Statistics::kMostGroups))
    damaged("tensor 'groups' has the wrong length");
  for (const std::int64_t frames : whole_numbers("groups", count)) {
    if (frames < 1 || frames > static_cast<std::int64_t>(kMostFrames)) damaged("'groups'");
    all.groups.push_back({static_cast<std::uint64_t>(frames), {}});
  }
  check_grid(all);
  const std::vector<std::uint64_t> images = images_of(all, info.settings);
  for (std::size_t g = 0; g < all.groups.size(); ++g) {
    for (const LevelShape& s : info.source.levels)
      all.groups[g].levels.push_back(
          {moments(group_key(g, s.level, "image"), s.channels, images[g]),
           moments(group_key(g, s.level, "pixel"), s.channels, vectors(s, images[g])),
           places(group_key(g, s.level, "places"), s, images[g])});
  }
}

void StatisticsReader::check_grid(const Statistics& all) const {
  std::uint64_t at = all.first;
  for (const FrameGroup& group : all.groups) {
    at += group.frames;
    const bool last = &group == &all.groups.back();
    if (all.on_grid &&
        ((!last && at % all.frames_a_group != 0) || group.frames > all.frames_a_group))
      damaged("'groups'");
  }
  if (at != all.end() || (all.on_grid && !std::has_single_bit(all.frames_a_group)))
    damaged("'groups'");
}

Moments StatisticsReader::moments(const std::string& key, int channels, std::uint64_t count) const {
  const std::int64_t size = std::int64_t{channels} * (channels + 1) / 2;
  const std::vector<double> mean = vector(key + ".mean", channels);
  const std::vector<double> lower = vector(key + ".scatter", size);
  Eigen::MatrixXd scatter(channels, channels);
  const double* next = lower.data();
  for (Eigen::Index c = 0; c < channels; ++c)
    for (Eigen::Index r = c; r < channels; ++r) scatter(r, c) = *next++;
  return {static_cast<double>(count), Eigen::Map<const Eigen::VectorXd>(mean.data(), channels),
          std::move(scatter)};
}

PlaceMoments StatisticsReader::places(const std::string& key, const LevelShape& shape,
                                      std::uint64_t maps) const {
  if (optional_number("places", 0, 1) == 0) return {};
  const TensorView& view = tensor(key, DType::f64, 3);
  const std::vector<std::int64_t> expected{place_cells(shape.height), place_cells(shape.width),
                                           shape.channels};
  if (view.shape != expected) damaged("tensor '" + key + "' has the wrong shape");
  Eigen::MatrixXd sums(shape.channels, expected[0] * expected[1]);
  copy_finite(key, view, sums.data());
  return {shape.height, shape.width, static_cast<double>(maps), std::move(sums)};
}

void StatisticsReader::read_sample(const std::string& key, const Statistics& all,
                                   std::uint64_t seen, VectorSample& sample) const {
  const TensorView& view = tensor(key + ".sample", DType::f32, 2);
  const std::uint64_t rows = std::min<std::uint64_t>(seen, sample.capacity());
  if (view.shape != std::vector<std::int64_t>{static_cast<std::int64_t>(rows), sample.channels()})
    damaged("tensor '" + key + ".sample' has the wrong shape");
  std::vector<float> values(static_cast<std::size_t>(view.elements()));
  copy_finite(key + ".sample", view, values.data());
  std::vector<std::uint64_t> hashes;
  for (const std::int64_t hash : whole_numbers(key + ".sample.hashes", view.shape[0]))
    hashes.push_back(std::bit_cast<std::uint64_t>(hash));
  sample.restore(values.data(), hashes, tags(key + ".sample.groups", view.shape[0], all), seen);
}

std::vector<int> StatisticsReader::tags(const std::string& key, std::int64_t size,
                                        const Statistics& all) const {
  std::vector<int> tags;
  for (const std::int64_t tag : whole_numbers(key, size)) {
    if (tag < 0 || tag >= static_cast<std::int64_t>(all.groups.size()))
      damaged("tensor '" + key + "' names a group that is not there");
    tags.push_back(static_cast<int>(tag));
  }
  return tags;
}

void StatisticsReader::read_store(const StatisticsInfo& info, Statistics& all) const {
  const std::vector<int> groups =
      tags("frames.groups", static_cast<std::int64_t>(info.stored), all);
  const std::span<const std::byte> bytes = images(info);
  for (std::size_t i = 0; i < groups.size(); ++i)
    all.store.add(stored_image(bytes, i, info.source.input_size), groups[i]);
  all.store.keep_below(std::bit_cast<std::uint64_t>(whole_numbers("frames.bound", 1)[0]));
  if (all.store.complete()) damaged("'frames.bound'");
}

}  // namespace mvga
