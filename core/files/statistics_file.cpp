// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/files/statistics_file.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/fields.h"
#include "core/io/seal.h"
#include "core/learning/light_changes.h"

static_assert(std::endian::native == std::endian::little, "statistics files are little-endian");

namespace mvga {
namespace {

constexpr FileKind kKind{
    .format = "mvga-statistics",
    .version = kStatisticsFormatVersion,
    .name = "statistics",
    .not_of_it = "not a statistics file of mvga (mvga fit --stats-only writes them)",
    .anew = "gather the statistics anew",
    .repair = "copy the file again or gather it anew with mvga fit --stats-only",
};
constexpr std::uint64_t kMostFrames = std::uint64_t{1} << 48;

std::string key_of(int level, const std::string& kind) {
  return "level" + std::to_string(level) + "." + kind;
}

std::string key_of(std::size_t group, int level, const std::string& kind) {
  std::string key = "group" + std::to_string(group);
  return key.append(".").append(key_of(level, kind));
}

FeatureSource source_of(const BackboneInfo& backbone, const Box& roi) {
  return {backbone.architecture, backbone.weights_sha256, backbone.input_size, backbone.levels,
          roi};
}

// ---- writing ------------------------------------------------------------------------------------

class StatisticsWriter {
 public:
  StatisticsWriter(const PartLearner& part, const std::optional<ShardPlace>& place)
      : part_(part), statistics_(part.statistics()), place_(place) {}

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
    seal(file_);
    stream_file_atomically(path, [&](const ByteSink& sink) { file_.write(sink); });
  }

 private:
  void describe() {
    const FitSettings& settings = part_.settings();
    write_source(source_of(part_.backbone(), settings.roi), file_);
    file_.set_metadata("format", std::string(kKind.format));
    file_.set_metadata("format_version", std::to_string(kStatisticsFormatVersion));
    file_.set_metadata("written_by", "mvga " MVGA_VERSION);
    file_.set_metadata("frames", std::to_string(part_.frames()));
    file_.set_metadata("stored", std::to_string(part_.store().size()));
    file_.set_metadata("first_frame", std::to_string(settings.first_frame));
    file_.set_metadata("profile", std::string(name_of(settings.profile)));
    file_.set_metadata("reduction", settings.reduction
                                        ? std::string(name_of(settings.reduction->kind))
                                        : std::string("auto"));
    const double variance = settings.reduction.value_or(Reduction{}).variance;
    add("reduction.variance", DType::f64, {}, &variance);
    add("target_fpr", DType::f64, {}, &settings.target_fpr);
    if (settings.light > 0) add("light", DType::f64, {}, &settings.light);
    if (!place_) return;
    file_.set_metadata("shard_set", place_->set);
    file_.set_metadata("shard_begin", std::to_string(place_->begin));
    file_.set_metadata("shard_end", std::to_string(place_->end));
  }

  void add_frames(const std::vector<std::size_t>& indexes) {
    const std::int64_t side = part_.backbone().input_size;
    file_.add_streamed("frames", DType::u8,
                       {static_cast<std::int64_t>(indexes.size()), side, side, 3},
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
    add_numbers("frames.groups", tags);
    add_numbers("frames.bound", {std::bit_cast<std::int64_t>(part_.store().bound())});
  }

  void add_groups() {
    file_.set_metadata("frames_a_group", std::to_string(statistics_.frames_a_group));
    file_.set_metadata("on_grid", statistics_.on_grid ? "1" : "0");
    std::vector<std::int64_t> frames;
    for (std::size_t g = 0; g < statistics_.groups.size(); ++g) {
      const FrameGroup& group = statistics_.groups[g];
      frames.push_back(static_cast<std::int64_t>(group.frames));
      for (std::size_t i = 0; i < group.levels.size(); ++i) {
        const int level = part_.backbone().levels[i].level;
        add_moments(key_of(g, level, "image"), group.levels[i].image);
        add_moments(key_of(g, level, "pixel"), group.levels[i].pixel);
      }
    }
    add_numbers("groups", frames);
  }

  void add_moments(const std::string& key, const Moments& moments) {
    std::vector<double> scatter;  // the lower triangle, column by column
    for (Eigen::Index c = 0; c < moments.channels(); ++c)
      for (Eigen::Index r = c; r < moments.channels(); ++r)
        scatter.push_back(moments.scatter()(r, c));
    add(key + ".mean", DType::f64, {moments.channels()}, moments.mean().data());
    add(key + ".scatter", DType::f64, {static_cast<std::int64_t>(scatter.size())}, scatter.data());
  }

  void add_samples() {
    for (std::size_t i = 0; i < statistics_.samples.size(); ++i) {
      const int level = part_.backbone().levels[i].level;
      add_sample(key_of(level, "image"), statistics_.samples[i].image);
      add_sample(key_of(level, "pixel"), statistics_.samples[i].pixel);
    }
  }

  void add_sample(const std::string& key, const VectorSample& sample) {
    std::vector<std::int64_t> hashes;
    std::vector<std::int64_t> tags;
    for (std::size_t i = 0; i < sample.size(); ++i) {
      hashes.push_back(std::bit_cast<std::int64_t>(sample.hash(i)));
      tags.push_back(sample.tag(i));
    }
    add_numbers(key + ".sample.hashes", hashes);
    add_numbers(key + ".sample.groups", tags);
    // The largest by far: not copied.
    file_.add_streamed(key + ".sample", DType::f32,
                       {static_cast<std::int64_t>(sample.size()), sample.channels()},
                       [&sample](const ByteSink& sink) {
                         const auto channels = static_cast<std::size_t>(sample.channels());
                         for (std::size_t i = 0; i < sample.size(); ++i)
                           sink(std::as_bytes(std::span(sample.vector(i), channels)));
                       });
  }

  void add_numbers(const std::string& key, const std::vector<std::int64_t>& numbers) {
    add(key, DType::i64, {static_cast<std::int64_t>(numbers.size())}, numbers.data());
  }

  void add(const std::string& key, DType type, std::vector<std::int64_t> shape, const void* data) {
    std::size_t size = size_of(type);
    for (const std::int64_t side : shape) size *= static_cast<std::size_t>(side);
    file_.add(key, type, std::move(shape), {static_cast<const std::byte*>(data), size});
  }

  const PartLearner& part_;
  const Statistics& statistics_;
  const std::optional<ShardPlace>& place_;
  SafetensorsWriter file_;
};

// ---- reading ------------------------------------------------------------------------------------

RgbView picture(std::span<const std::byte> bytes, std::size_t index, int side) {
  const std::size_t size = std::size_t{3} * static_cast<std::size_t>(side) * side;
  return {reinterpret_cast<const std::uint8_t*>(bytes.data() + index * size), side, side,
          std::ptrdiff_t{3} * side};
}

class StatisticsReader : private Fields {
 public:
  explicit StatisticsReader(const SafetensorsFile& file) : Fields(file, kKind), file_(file) {}

  StatisticsInfo describe() const {
    check_identity();
    check_seal();
    StatisticsInfo info;
    info.name = file_.name();
    info.source = read_source(*this);
    info.frames = number("frames", 1, kMostFrames);
    info.stored = number("stored", 0, info.frames);
    info.settings.roi = info.source.roi;
    info.settings.first_frame = number("first_frame", 0, kMostFrames);
    info.settings.profile = named("profile", profile_from);
    const double variance = scalar("reduction.variance", 0, 1);
    if (text("reduction") != "auto")
      info.settings.reduction = Reduction{named("reduction", reduction_from), variance};
    info.settings.target_fpr = scalar("target_fpr", 0, 1);
    info.settings.light = optional_scalar("light", 0, kMostLight);
    info.place = place();
    frames(info);  // of the right shape
    return info;
  }

  /// Bytes of the stored pictures, one after the other.
  std::span<const std::byte> frames(const StatisticsInfo& info) const {
    const std::int64_t side = info.source.input_size;
    const TensorView& view = tensor("frames", DType::u8, 4);
    if (view.shape !=
        std::vector<std::int64_t>{static_cast<std::int64_t>(info.stored), side, side, 3})
      damaged("tensor 'frames' has the wrong shape");
    return view.bytes;
  }

  /// Of a file that does not store all pictures.
  Statistics statistics(const StatisticsInfo& info) const {
    const std::uint64_t views = views_of(info.settings);
    Statistics all(info.source.levels, info.source.input_size,
                   static_cast<std::size_t>(info.stored), info.settings.first_frame);
    all.frames = info.frames;
    read_groups(info.source, views, all);
    for (std::size_t i = 0; i < info.source.levels.size(); ++i) {
      const LevelShape& shape = info.source.levels[i];
      read_sample(key_of(shape.level, "image"), all, views * info.frames, all.samples[i].image);
      read_sample(key_of(shape.level, "pixel"), all, vectors(shape, views * info.frames),
                  all.samples[i].pixel);
    }
    read_store(info, all);
    return all;
  }

 private:
  /// In how many lights every picture was learned.
  static std::uint64_t views_of(const FitSettings& settings) {
    return settings.light > 0 ? 1 + kOtherLights : 1;
  }

  static std::uint64_t vectors(const LevelShape& shape, std::uint64_t frames) {
    return frames * static_cast<std::uint64_t>(shape.height) *
           static_cast<std::uint64_t>(shape.width);
  }

  std::optional<ShardPlace> place() const {
    if (!file_.metadata().contains("shard_set")) return std::nullopt;
    const std::uint64_t begin = number("shard_begin", 0, kMostFrames);
    return ShardPlace{text("shard_set"), begin, number("shard_end", begin, kMostFrames)};
  }

  void read_groups(const FeatureSource& source, std::uint64_t views, Statistics& all) const {
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
    for (std::size_t g = 0; g < all.groups.size(); ++g) {
      const std::uint64_t frames = views * all.groups[g].frames;
      for (const LevelShape& s : source.levels)
        all.groups[g].levels.push_back(
            {moments(key_of(g, s.level, "image"), s.channels, frames),
             moments(key_of(g, s.level, "pixel"), s.channels, vectors(s, frames))});
    }
  }

  void check_grid(const Statistics& all) const {
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

  Moments moments(const std::string& key, int channels, std::uint64_t count) const {
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

  void read_sample(const std::string& key, const Statistics& all, std::uint64_t seen,
                   VectorSample& sample) const {
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

  std::vector<int> tags(const std::string& key, std::int64_t size, const Statistics& all) const {
    std::vector<int> tags;
    for (const std::int64_t tag : whole_numbers(key, size)) {
      if (tag < 0 || tag >= static_cast<std::int64_t>(all.groups.size()))
        damaged("tensor '" + key + "' names a group that is not there");
      tags.push_back(static_cast<int>(tag));
    }
    return tags;
  }

  void read_store(const StatisticsInfo& info, Statistics& all) const {
    const std::vector<int> groups =
        tags("frames.groups", static_cast<std::int64_t>(info.stored), all);
    const std::span<const std::byte> bytes = frames(info);
    for (std::size_t i = 0; i < groups.size(); ++i)
      all.store.add(picture(bytes, i, info.source.input_size), groups[i]);
    all.store.keep_below(std::bit_cast<std::uint64_t>(whole_numbers("frames.bound", 1)[0]));
    if (all.store.complete()) damaged("'frames.bound'");
  }

  const SafetensorsFile& file_;
};

// ---- what fits together -------------------------------------------------------------------------

std::string shown(const std::vector<LevelShape>& levels) {
  std::string text;
  for (const LevelShape& s : levels) {
    if (!text.empty()) text += ",";
    text += std::to_string(s.level);
  }
  return text;
}

std::string shown(const Box& box) {
  std::string text;
  for (const double side : {box.x, box.y, box.width, box.height}) {
    if (!text.empty()) text += ",";
    text += std::to_string(side);
  }
  return text;
}

bool same_shapes(const std::vector<LevelShape>& a, const std::vector<LevelShape>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const LevelShape& x, const LevelShape& y) {
                      return x.level == y.level && x.channels == y.channels &&
                             x.height == y.height && x.width == y.width;
                    });
}

/// One property in which two sources differ, in words; the option that sets it.
struct Difference {
  std::string has;
  std::string other_has;
  std::string option;
};

/// Everything that the statistics depend on.
std::optional<Difference> difference(const StatisticsInfo& part, const FeatureSource& b,
                                     const FitSettings& settings) {
  const FeatureSource& a = part.source;
  if (a.architecture != b.architecture)
    return Difference{"backbone " + a.architecture, b.architecture, "--backbone"};
  if (a.weights_sha256 != b.weights_sha256)
    return Difference{"weights with SHA-256 " + a.weights_sha256.substr(0, 12) + "...",
                      b.weights_sha256.substr(0, 12) + "...", "--weights"};
  if (a.input_size != b.input_size)
    return Difference{"an input of " + std::to_string(a.input_size) + " pixels",
                      std::to_string(b.input_size), "--input-size"};
  if (!same_shapes(a.levels, b.levels))
    return Difference{"levels " + shown(a.levels), shown(b.levels), "--levels"};
  if (a.roi != b.roi) return Difference{"roi " + shown(a.roi), shown(b.roi), "--roi"};
  if (part.settings.light != settings.light)
    return Difference{"light " + std::to_string(part.settings.light),
                      std::to_string(settings.light), "--light"};
  return std::nullopt;
}

}  // namespace

void save_statistics(const PartLearner& part, const std::optional<ShardPlace>& place,
                     const std::filesystem::path& path) {
  StatisticsWriter(part, place).write(path);
}

StatisticsFile::StatisticsFile(SafetensorsFile file)
    : file_(std::move(file)), info_(StatisticsReader(file_).describe()) {}

StatisticsFile StatisticsFile::open(const std::filesystem::path& path) {
  return StatisticsFile(SafetensorsFile::open(path));
}

void StatisticsFile::add_to(Learner& learner,
                            const std::function<void(std::uint64_t)>& progress) const {
  const FeatureSource wanted = source_of(learner.backbone(), learner.settings().roi);
  if (const auto d = difference(info_, wanted, learner.settings()))
    throw Error(ErrorKind::unreadable, info_.name + ": was gathered with " + d->has + ", not " +
                                           d->other_has + "; say the same with " + d->option);
  const StatisticsReader reader(file_);
  if (!info_.stores_all()) {
    learner.append(reader.statistics(info_));
    return;
  }
  const std::span<const std::byte> pictures = reader.frames(info_);
  for (std::uint64_t i = 0; i < info_.frames; ++i) {
    learner.add(picture(pictures, i, info_.source.input_size));
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
