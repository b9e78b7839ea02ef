// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <bit>
#include <numeric>
#include <span>
#include <vector>

#include "core/files/statistics_file.h"
#include "core/files/statistics_layout.h"
#include "core/io/atomic_file.h"
#include "core/io/field_writer.h"

static_assert(std::endian::native == std::endian::little, "statistics files are little-endian");

namespace mvga {
namespace {

class StatisticsWriter {
 public:
  StatisticsWriter(const PartLearner& part, const std::optional<ShardPlace>& place)
      : part_(part), statistics_(part.statistics()), place_(place), file_(kStatisticsKind) {}

  void write(const std::filesystem::path& path) {
    describe();
    if (part_.store().complete()) {
      add_frames(part_.store().in_order());
    } else {
      std::vector<std::size_t> as_kept(part_.store().size());
      std::iota(as_kept.begin(), as_kept.end(), 0U);
      add_frames(as_kept);
      add_sample_of_frames();
      add_groups();
      add_samples();
    }
    const SafetensorsWriter& sealed = file_.sealed();
    stream_file_atomically(path, [&](const ByteSink& sink) { sealed.write(sink); });
  }

 private:
  void describe() {
    const FitSettings& settings = part_.settings();
    write_source(source_of(part_.backbone(), settings.roi, settings.reading), file_);
    file_.number("frames", part_.frames());
    file_.number("stored", part_.store().size());
    file_.number("first_frame", settings.first_frame);
    file_.text("profile", name_of(settings.profile));
    file_.text("reduction", settings.reduction ? name_of(settings.reduction->kind) : "auto");
    file_.scalar("reduction.variance", settings.reduction.value_or(Reduction{}).variance);
    file_.scalar("target_fpr", settings.target_fpr);
    if (settings.light) file_.scalar("light", *settings.light);
    if (!place_) return;
    file_.text("shard_set", place_->set);
    file_.number("shard_begin", place_->begin);
    file_.number("shard_end", place_->end);
  }

  void add_frames(const std::vector<std::size_t>& indexes) {
    const std::int64_t side = part_.backbone().input_size;
    file_.streamed("frames", DType::u8, {static_cast<std::int64_t>(indexes.size()), side, side, 3},
                   [this, indexes](const ByteSink& sink) {
                     for (const std::size_t i : indexes) {
                       const std::vector<std::uint8_t> pixels = part_.store().read(i);
                       sink(std::as_bytes(std::span(pixels)));
                     }
                   });
  }

  void add_sample_of_frames() {
    std::vector<std::int64_t> tags;
    for (std::size_t i = 0; i < part_.store().size(); ++i) tags.push_back(part_.store().tag(i));
    file_.whole_numbers("frames.groups", tags);
    file_.whole_numbers("frames.bound", {std::bit_cast<std::int64_t>(part_.store().bound())});
  }

  void add_groups() {
    file_.number("frames_a_group", statistics_.frames_a_group);
    file_.number("on_grid", statistics_.on_grid ? 1 : 0);
    std::vector<std::int64_t> frames;
    std::vector<std::int64_t> images;
    for (std::size_t g = 0; g < statistics_.groups.size(); ++g) {
      const FrameGroup& group = statistics_.groups[g];
      frames.push_back(static_cast<std::int64_t>(group.frames));
      images.push_back(static_cast<std::int64_t>(group.images()));
      for (std::size_t i = 0; i < group.levels.size(); ++i) {
        const int level = part_.backbone().levels[i].level;
        add_moments(group_key(g, level, "image"), group.levels[i].image);
        add_moments(group_key(g, level, "pixel"), group.levels[i].pixel);
        add_places(group_key(g, level, "places"), group.levels[i]);
      }
    }
    file_.number("places", has_places() ? 1 : 0);
    file_.whole_numbers("groups", frames);
    file_.whole_numbers("groups.images", images);
  }

  void add_moments(const std::string& key, const Moments& moments) {
    std::vector<double> scatter;  // the lower triangle, column by column
    for (Eigen::Index c = 0; c < moments.channels(); ++c)
      for (Eigen::Index r = c; r < moments.channels(); ++r)
        scatter.push_back(moments.scatter()(r, c));
    file_.tensor(key + ".mean", DType::f64, {moments.channels()}, moments.mean().data());
    file_.vector(key + ".scatter", scatter);
  }

  // Not if some were gathered before places were told apart.
  bool has_places() const {
    for (const FrameGroup& group : statistics_.groups)
      for (const LevelMoments& level : group.levels)
        if (level.places.maps() != level.image.count()) return false;
    return true;
  }

  void add_places(const std::string& key, const LevelMoments& level) {
    const PlaceMoments& places = level.places;
    if (!has_places()) return;
    file_.tensor(key, DType::f64, {places.cell_rows(), places.cell_columns(), places.sums().rows()},
                 places.sums().data());
  }

  void add_samples() {
    for (std::size_t i = 0; i < statistics_.samples.size(); ++i) {
      const int level = part_.backbone().levels[i].level;
      add_sample(level_key(level, "image"), statistics_.samples[i].image);
      add_sample(level_key(level, "pixel"), statistics_.samples[i].pixel);
    }
  }

  void add_sample(const std::string& key, const VectorSample& sample) {
    std::vector<std::int64_t> hashes;
    std::vector<std::int64_t> tags;
    for (std::size_t i = 0; i < sample.size(); ++i) {
      hashes.push_back(std::bit_cast<std::int64_t>(sample.hash(i)));
      tags.push_back(sample.tag(i));
    }
    file_.whole_numbers(key + ".sample.hashes", hashes);
    file_.whole_numbers(key + ".sample.groups", tags);
    // The largest by far: not copied.
    file_.streamed(key + ".sample", DType::f32,
                   {static_cast<std::int64_t>(sample.size()), sample.channels()},
                   [&sample](const ByteSink& sink) {
                     const auto channels = static_cast<std::size_t>(sample.channels());
                     for (std::size_t i = 0; i < sample.size(); ++i)
                       sink(std::as_bytes(std::span(sample.vector(i), channels)));
                   });
  }

  const PartLearner& part_;
  const Statistics& statistics_;
  const std::optional<ShardPlace>& place_;
  FieldWriter file_;
};

}  // namespace

void save_statistics(const PartLearner& part, const std::optional<ShardPlace>& place,
                     const std::filesystem::path& path) {
  StatisticsWriter(part, place).write(path);
}

}  // namespace mvga
