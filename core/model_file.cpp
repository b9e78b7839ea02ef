// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/model_file.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/io/atomic_file.h"
#include "core/io/error.h"
#include "core/io/safetensors.h"
#include "core/io/sha256.h"

static_assert(std::endian::native == std::endian::little, "model files are little-endian");

namespace mvga {
namespace {

constexpr std::string_view kDigestKey = "sha256";
constexpr int kLargestInput = 4096;
constexpr int kMostChannels = 16384;

// The SHA-256 covers every byte of the file, with zeros in the place of its own digits.
std::string digest_placeholder() {
  return std::string(64, '0');
}

std::size_t digest_position(std::span<const std::byte> bytes, std::string_view digits) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  // Not one sum: GCC 12 sees an overlap in it that is not there (-Wrestrict).
  std::string entry = "\"";
  entry.append(kDigestKey).append("\":\"").append(digits).append("\"");
  const std::size_t at = text.find(entry);
  return at == std::string_view::npos ? at : at + kDigestKey.size() + 4;
}

// ---- writing ------------------------------------------------------------------------------------

class ModelWriter {
 public:
  explicit ModelWriter(const Model& model) : model_(model) {}

  std::vector<std::byte> bytes() {
    describe();
    for (const LevelModel& level : model_.levels) {
      add_gaussian(level, "image", level.image);
      add_gaussian(level, "pixel", level.pixel);
    }
    add_calibration();
    std::vector<std::byte> bytes = file_.bytes();
    const std::string digest = sha256_hex(bytes);
    std::memcpy(bytes.data() + digest_position(bytes, digest_placeholder()), digest.data(),
                digest.size());
    return bytes;
  }

 private:
  void describe() {
    nlohmann::json levels = nlohmann::json::array();
    for (const LevelModel& level : model_.levels) {
      const LevelShape& s = level.shape;
      levels.push_back({s.level, s.channels, s.height, s.width});
    }
    file_.set_metadata("format", "mvga-model");
    file_.set_metadata("format_version", std::to_string(kModelFormatVersion));
    file_.set_metadata("written_by", "mvga " MVGA_VERSION);
    file_.set_metadata("backbone", model_.architecture);
    file_.set_metadata("backbone_sha256", model_.weights_sha256);
    file_.set_metadata("input_size", std::to_string(model_.input_size));
    file_.set_metadata("levels", levels.dump());
    file_.set_metadata("map_levels", nlohmann::json(model_.calibration.map_levels).dump());
    file_.set_metadata("profile", std::string(name_of(model_.calibration.profile)));
    file_.set_metadata("reduction", std::string(name_of(model_.reduction.kind)));
    file_.set_metadata("frames", std::to_string(model_.frames));
    file_.set_metadata("held_out", std::to_string(model_.held_out));
    file_.set_metadata(std::string(kDigestKey), digest_placeholder());
  }

  void add_gaussian(const LevelModel& level, const std::string& kind, const Gaussian& g) {
    const std::string key = "level" + std::to_string(level.shape.level) + "." + kind + ".";
    add(key + "mean", DType::f64, {g.mean.size()}, g.mean.data());
    add(key + "whitening", DType::f32, {g.whitening.rows(), g.whitening.cols()},
        g.whitening.data());
    add(key + "shrinkage", DType::f64, {}, &g.shrinkage);
  }

  void add_calibration() {
    const Calibration& c = model_.calibration;
    std::vector<double> scales;
    for (const LevelScale& s : c.scales) scales.insert(scales.end(), {s.offset, s.scale});
    add_vector("calibration.level_scales", scales);
    add_vector("calibration.score_parts",
               std::vector<double>{c.image_part.mean, c.image_part.deviation, c.map_part.mean,
                                   c.map_part.deviation, c.score_deviation});
    add_vector("calibration.scores", c.scores);
    add_vector("calibration.peaks", c.peaks);
    const double normal_end = c.normal_end;
    add("calibration.normal_end", DType::f64, {}, &normal_end);
    add("reduction.variance", DType::f64, {}, &model_.reduction.variance);
    add("target_fpr", DType::f64, {}, &model_.target_fpr);
    const Box& r = model_.roi;
    add_vector("roi", std::vector<double>{r.x, r.y, r.width, r.height});
  }

  void add_vector(const std::string& key, const std::vector<double>& values) {
    add(key, DType::f64, {static_cast<std::int64_t>(values.size())}, values.data());
  }

  void add(const std::string& key, DType type, std::vector<std::int64_t> shape, const void* data) {
    std::size_t size = size_of(type);
    for (const std::int64_t side : shape) size *= static_cast<std::size_t>(side);
    file_.add(key, type, std::move(shape), {static_cast<const std::byte*>(data), size});
  }

  const Model& model_;
  SafetensorsWriter file_;
};

// ---- reading ------------------------------------------------------------------------------------

class ModelReader {
 public:
  explicit ModelReader(const SafetensorsFile& file) : file_(file) {}

  Model read() {
    check_identity();
    check_digest();
    Model model;
    model.architecture = metadata("backbone");
    model.weights_sha256 = metadata("backbone_sha256");
    model.input_size = static_cast<int>(number("input_size", 1, kLargestInput));
    model.frames = number("frames", 0, UINT64_MAX / 2);
    model.held_out = number("held_out", 0, UINT64_MAX / 2);
    read_levels(model);
    model.reduction.kind = named("reduction", reduction_from);
    model.reduction.variance = scalar("reduction.variance", 0, 1);
    model.target_fpr = scalar("target_fpr", 0, 1);
    const std::vector<double> roi = vector("roi", 4);
    model.roi = {roi[0], roi[1], roi[2], roi[3]};
    if (roi[0] < 0 || roi[1] < 0 || roi[2] <= 0 || roi[3] <= 0 || roi[0] + roi[2] > 1 + 1e-6 ||
        roi[1] + roi[3] > 1 + 1e-6)
      damaged("'roi' does not lie in the frame");
    read_calibration(model);
    return model;
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(ErrorKind::unreadable, file_.name() + ": " + what);
  }
  [[noreturn]] void damaged(const std::string& what) const {
    refuse("damaged model: " + what + "; copy it again or learn it anew with mvgafit");
  }

  const std::string& metadata(const std::string& key) const {
    const auto it = file_.metadata().find(key);
    if (it == file_.metadata().end()) damaged("'" + key + "' is missing");
    return it->second;
  }

  void check_identity() const {
    const auto format = file_.metadata().find("format");
    if (format == file_.metadata().end() || format->second != "mvga-model")
      refuse("not an mvga model (a weights file goes to the property 'weights')");
    const std::string& version = metadata("format_version");
    if (version != std::to_string(kModelFormatVersion))
      refuse("model format version " + version + ", but this mvga reads version " +
             std::to_string(kModelFormatVersion) + "; learn the model anew, or update mvga");
  }

  void check_digest() const {
    const std::string digest = metadata(std::string(kDigestKey));
    std::vector<std::byte> bytes(file_.bytes().begin(), file_.bytes().end());
    const std::size_t at = digest_position(bytes, digest);
    if (digest.size() != 64 || at == std::string::npos) damaged("its checksum is missing");
    std::fill_n(bytes.data() + at, digest.size(), std::byte{'0'});
    if (sha256_hex(bytes) != digest) damaged("its checksum does not match");
  }

  std::uint64_t number(const std::string& key, std::uint64_t low, std::uint64_t high) const {
    const std::string& text = metadata(key);
    const bool digits =
        !text.empty() && text.size() < 20 &&
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const std::uint64_t value = digits ? std::stoull(text) : 0;
    if (!digits || value < low || value > high) damaged("'" + key + "' is '" + text + "'");
    return value;
  }

  template <typename Kind>
  Kind named(const std::string& key, Kind (*parse)(std::string_view)) const {
    try {
      return parse(metadata(key));
    } catch (const Error& e) {
      damaged(e.what());
    }
  }

  std::vector<std::vector<int>> integers(const std::string& key) const {
    const auto json = nlohmann::json::parse(metadata(key), nullptr, false);
    std::vector<std::vector<int>> rows;
    const auto integer = [&](const nlohmann::json& j) {
      if (!j.is_number_integer() || j < 0 || j > kMostChannels) damaged("'" + key + "'");
      return j.get<int>();
    };
    if (!json.is_array() || json.empty() || json.size() > 64) damaged("'" + key + "'");
    for (const auto& row : json) {
      rows.emplace_back();
      if (!row.is_array()) {
        rows.back().push_back(integer(row));
        continue;
      }
      for (const auto& j : row) rows.back().push_back(integer(j));
    }
    return rows;
  }

  const TensorView& tensor(const std::string& key, DType type, std::size_t dimensions) const {
    const TensorView* view = file_.find(key);
    if (view == nullptr) damaged("tensor '" + key + "' is missing");
    if (view->type != type || view->shape.size() != dimensions)
      damaged("tensor '" + key + "' has the wrong type or shape");
    return *view;
  }

  template <typename T>
  void copy_finite(const std::string& key, const TensorView& view, T* target) const {
    std::memcpy(target, view.bytes.data(), view.bytes.size());
    const std::size_t count = view.bytes.size() / sizeof(T);
    if (!std::all_of(target, target + count, [](T v) { return std::isfinite(v); }))
      damaged("tensor '" + key + "' has numbers that are not finite");
  }

  std::vector<double> vector(const std::string& key, std::int64_t size = -1) const {
    const TensorView& view = tensor(key, DType::f64, 1);
    if ((size >= 0 && view.shape[0] != size) || view.shape[0] == 0)
      damaged("tensor '" + key + "' has the wrong length");
    std::vector<double> values(static_cast<std::size_t>(view.shape[0]));
    copy_finite(key, view, values.data());
    return values;
  }

  double scalar(const std::string& key, double low, double high) const {
    double value = 0;
    copy_finite(key, tensor(key, DType::f64, 0), &value);
    if (value < low || value > high) damaged("'" + key + "' is out of range");
    return value;
  }

  std::vector<double> sorted(const std::string& key, std::int64_t size) const {
    std::vector<double> values = vector(key, size);
    if (!std::is_sorted(values.begin(), values.end())) damaged("'" + key + "' is not sorted");
    return values;
  }

  void read_levels(Model& model) const {
    for (const std::vector<int>& row : integers("levels")) {
      if (row.size() != 4 || row[1] < 1 || row[2] < 1 || row[3] < 1 || row[2] > kLargestInput ||
          row[3] > kLargestInput ||
          (!model.levels.empty() && row[0] <= model.levels.back().shape.level))
        damaged("'levels'");
      LevelModel level;
      level.shape = {row[0], row[1], row[2], row[3]};
      level.image = gaussian(level.shape, "image");
      level.pixel = gaussian(level.shape, "pixel");
      model.levels.push_back(std::move(level));
    }
  }

  Gaussian gaussian(const LevelShape& shape, const std::string& kind) const {
    const std::string key = "level" + std::to_string(shape.level) + "." + kind + ".";
    Gaussian g;
    const std::vector<double> mean = vector(key + "mean", shape.channels);
    g.mean = Eigen::Map<const Eigen::VectorXd>(mean.data(), shape.channels);
    const TensorView& whitening = tensor(key + "whitening", DType::f32, 2);
    if (whitening.shape[0] < 1 || whitening.shape[0] > shape.channels ||
        whitening.shape[1] != shape.channels)
      damaged("tensor '" + key + "whitening' has the wrong shape");
    g.whitening.resize(whitening.shape[0], whitening.shape[1]);
    copy_finite(key + "whitening", whitening, g.whitening.data());
    g.shrinkage = scalar(key + "shrinkage", 0, 1);
    return g;
  }

  void read_calibration(Model& model) const {
    Calibration& c = model.calibration;
    c.profile = named("profile", profile_from);
    for (const std::vector<int>& row : integers("map_levels")) {
      if (row.size() != 1 || row[0] >= static_cast<int>(model.levels.size()))
        damaged("'map_levels'");
      c.map_levels.push_back(row[0]);
    }
    const auto levels = static_cast<std::int64_t>(c.map_levels.size());
    const std::vector<double> scales = vector("calibration.level_scales", 2 * levels);
    for (std::size_t i = 0; i < scales.size(); i += 2) {
      if (std::abs(scales[i]) > 1e30 || scales[i + 1] > 1e30) damaged("a level's scale");
      c.scales.push_back(
          {static_cast<float>(scales[i]), positive(static_cast<float>(scales[i + 1]))});
    }
    const std::vector<double> parts = vector("calibration.score_parts", 5);
    c.image_part = {parts[0], positive(parts[1])};
    c.map_part = {parts[2], positive(parts[3])};
    c.score_deviation = positive(parts[4]);
    c.scores = sorted("calibration.scores", -1);
    c.peaks = sorted("calibration.peaks", static_cast<std::int64_t>(c.scores.size()));
    c.normal_end = static_cast<float>(scalar("calibration.normal_end", -1e30, 1e30));
  }

  template <typename T>
  T positive(T value) const {
    if (!(value > 0)) damaged("a calibrated spread is not positive");
    return value;
  }

  const SafetensorsFile& file_;
};

}  // namespace

std::vector<std::byte> serialise_model(const Model& model) {
  return ModelWriter(model).bytes();
}

Model parse_model(std::vector<std::byte> bytes, const std::string& name) {
  const SafetensorsFile file = SafetensorsFile::parse(std::move(bytes), name);
  return ModelReader(file).read();
}

void save_model(const Model& model, const std::filesystem::path& path) {
  write_file_atomically(path, serialise_model(model));
}

Model load_model(const std::filesystem::path& path) {
  const SafetensorsFile file = SafetensorsFile::open(path);
  return ModelReader(file).read();
}

}  // namespace mvga
