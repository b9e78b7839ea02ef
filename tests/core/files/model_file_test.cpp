// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/files/model_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/parse_settings.h"
#include "core/base/printable.h"
#include "core/base/sha256.h"
#include "core/files/statistics_file.h"
#include "core/io/safetensors.h"
#include "core/scoring/profiles/calibrated.h"
#include "core/scoring/profiles/calibrated_0_1.h"
#include "core/scoring/profiles/paper.h"
#include "tests/core/files/forgery.h"
#include "tests/core/files/plausible_model.h"
#include "tests/core/io/damage_step.h"
#include "tests/core/io/file_size_limit.h"
#include "tests/core/io/test_files.h"

namespace mvga {
namespace {

using Bytes = std::vector<std::byte>;
using test::Forgery;

// Of a model with the profile `calibrated`.
const NormalScales& scales_of(const Model& model) {
  return dynamic_cast<const CalibratedScoring&>(*model.calibration.scoring).scales();
}

Model small_model() {
  Model model = test::plausible_model({{3, 4, 6, 6}, {5, 3, 3, 2}}, 5);
  // Opposite PCA keeps fewer components than channels.
  model.levels[0].pixel.whitening = Gaussian::Whitening(model.levels[0].pixel.whitening.topRows(2));
  model.calibration.map_levels = {1};
  NormalScales scales = scales_of(model);
  scales.levels = {{-0.4f, 0.3f}};
  scales.usual = {3, 2, {0, 0.5f, 0, -0.25f, 0, 1}};
  model.calibration.scoring = std::make_shared<CalibratedScoring>(scales);
  return model;
}

template <typename Matrix>
bool same_numbers(const Matrix& a, const Matrix& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() && a == b;
}

void expect_same(const Gaussian& found, const Gaussian& expected) {
  EXPECT_TRUE(same_numbers(found.mean, expected.mean));
  EXPECT_TRUE(same_numbers(found.whitening, expected.whitening));
  EXPECT_EQ(found.shrinkage, expected.shrinkage);
}

void expect_same(const std::vector<LevelScale>& found, const std::vector<LevelScale>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(found[i].offset, expected[i].offset) << "scale " << i;
    EXPECT_EQ(found[i].scale, expected[i].scale) << "scale " << i;
  }
}

void expect_same(const NormalScales& found, const NormalScales& expected) {
  expect_same(found.levels, expected.levels);
  EXPECT_EQ(found.usual.values, expected.usual.values);
  EXPECT_EQ(found.image_part, expected.image_part);
  EXPECT_EQ(found.map_part, expected.map_part);
}

void expect_same(const Model& found, const Model& expected) {
  EXPECT_EQ(found.architecture, expected.architecture);
  EXPECT_EQ(found.weights_sha256, expected.weights_sha256);
  EXPECT_EQ(found.input_size, expected.input_size);
  EXPECT_EQ(found.frames, expected.frames);
  EXPECT_EQ(found.held_out, expected.held_out);
  EXPECT_EQ(found.target_fpr, expected.target_fpr);
  EXPECT_EQ(found.roi, expected.roi);
  EXPECT_EQ(found.reading, expected.reading);
  EXPECT_EQ(found.reduction, expected.reduction);
  ASSERT_EQ(found.levels.size(), expected.levels.size());
  for (std::size_t i = 0; i < expected.levels.size(); ++i) {
    EXPECT_TRUE(found.levels[i].shape == expected.levels[i].shape) << "level " << i;
    expect_same(found.levels[i].image, expected.levels[i].image);
    expect_same(found.levels[i].pixel, expected.levels[i].pixel);
    EXPECT_EQ(found.levels[i].places.values, expected.levels[i].places.values);
  }
  const Calibration& f = found.calibration;
  const Calibration& e = expected.calibration;
  EXPECT_EQ(f.profile, e.profile);
  EXPECT_EQ(f.map_levels, e.map_levels);
  if (e.profile == Profile::calibrated) expect_same(scales_of(found), scales_of(expected));
  EXPECT_EQ(f.scores, e.scores);
  EXPECT_EQ(f.peaks, e.peaks);
  EXPECT_EQ(f.normal_end, e.normal_end);
}

// The text of the refusal; empty, and a failure, if the bytes are accepted.
std::string refusal(const Bytes& bytes) {
  try {
    parse_model(bytes, "line1.mvga");
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::unreadable) << e.what();
    return e.what();
  }
  ADD_FAILURE() << "accepted";
  return "";
}

bool is_refused(const Bytes& bytes) {
  try {
    parse_model(bytes, "line1.mvga");
  } catch (const Error& e) {
    return e.kind() == ErrorKind::unreadable;
  }
  return false;
}

Forgery forgery_of(const Model& model) {
  return Forgery(SafetensorsFile::parse(serialise_model(model), "model"));
}

std::string refusal_after(const std::function<void(Forgery&)>& change) {
  Forgery forgery = forgery_of(small_model());
  change(forgery);
  return refusal(forgery.bytes());
}

class ModelFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string path = testing::TempDir() + "mvga-model-XXXXXX";
    ASSERT_NE(mkdtemp(path.data()), nullptr);
    folder_ = path;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  ErrorKind kind_of_failure(const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& e) {
      text_ = e.what();
      return e.kind();
    }
    ADD_FAILURE() << "no error";
    return ErrorKind::engine;
  }

  std::filesystem::path folder_;
  std::string text_;
};

TEST_F(ModelFile, KeepsEveryBit) {
  const Model model = small_model();
  save_model(model, folder_ / "a.mvga");
  expect_same(load_model(folder_ / "a.mvga"), model);
}

TEST_F(ModelFile, KeepsHowManyImagesWereIndependent) {
  Model model = test::plausible_model({{3, 4, 6, 6}, {5, 3, 3, 2}}, 5);
  EXPECT_EQ(parse_model(serialise_model(model), "older").independent, 0U)
      << "models of a time before copies were looked for cannot be read";
  model.independent = 5;
  EXPECT_EQ(parse_model(serialise_model(model), "m").independent, 5U);
  model.independent = 6;
  EXPECT_THROW(parse_model(serialise_model(model), "m"), Error) << "more than there are scores";
}

TEST_F(ModelFile, KeepsTilesAndSaysTheNetworksInputWhereOlderProgramsLook) {
  Model model = small_model();
  ASSERT_EQ(parse_model(serialise_model(model), "m").tiles, 1);
  model.tile_size = model.input_size;
  model.tiles = 3;
  model.input_size = 5 * model.tile_size / 2;
  const Model read = parse_model(serialise_model(model), "m");
  EXPECT_EQ(read.tiles, 3);
  EXPECT_EQ(read.tile_size, model.tile_size);
  EXPECT_EQ(read.input_size, model.input_size);
  const auto file = SafetensorsFile::parse(serialise_model(model), "m");
  EXPECT_EQ(file.metadata().at("input_size"), std::to_string(model.tile_size));
  model.tiles = kMostTiles + 1;
  EXPECT_THROW(parse_model(serialise_model(model), "m"), Error);
}

TEST_F(ModelFile, KeepsEveryProfileAndReduction) {
  for (const Profile profile : {Profile::paper, Profile::calibrated}) {
    for (const auto kind : {ReductionKind::none, ReductionKind::opposite_pca, ReductionKind::pca}) {
      Model model = small_model();
      model.calibration.profile = profile;
      if (profile == Profile::paper) {
        model.calibration.scoring = std::make_shared<PaperScoring>();
        for (LevelModel& level : model.levels) level.places = {};
      }
      model.reduction.kind = kind;
      expect_same(parse_model(serialise_model(model), "model"), model);
    }
  }
}

TEST_F(ModelFile, SaysHowItsFramesWereRead) {
  Model model = small_model();
  EXPECT_EQ(parse_model(serialise_model(model), "model").reading, Reading::exact);
  Forgery forgery = forgery_of(model);
  forgery.metadata.erase("reading");
  EXPECT_EQ(parse_model(forgery.bytes(), "older").reading, Reading::gstreamer)
      << "files that do not say so are of an older mvga";
  model.reading = Reading::gstreamer;
  EXPECT_TRUE(serialise_model(parse_model(serialise_model(model), "model")) ==
              serialise_model(model));
  EXPECT_NE(refusal_after([](Forgery& f) { f.metadata["reading"] = "by hand"; }).find("'by hand'"),
            std::string::npos);
}

TEST_F(ModelFile, SaysHowManyBitsItsPicturesHadInSamplesOf16) {
  Model model = small_model();
  EXPECT_EQ(parse_model(serialise_model(model), "model").reading.bits, 16);
  for (const int bits : {10, 12, 14}) {
    model.reading.bits = bits;
    EXPECT_EQ(parse_model(serialise_model(model), "model").reading.bits, bits);
    EXPECT_NE(forgery_of(model).metadata.at("reading"), name_of(Reading::exact))
        << "an mvga that knows of no bits would see nearly black, and not refuse";
  }
  refusal_after([](Forgery& f) { f.metadata["reading"] = "exact, 13 bits"; });
}

TEST_F(ModelFile, IsTheSameForTheSameModel) {
  EXPECT_TRUE(serialise_model(small_model()) == serialise_model(small_model()));
  const Bytes bytes = serialise_model(small_model());
  EXPECT_TRUE(serialise_model(parse_model(bytes, "model")) == bytes)
      << "loading and saving changes the file";
}

TEST_F(ModelFile, IsSmallForEfficientNetB4) {
  EXPECT_LT(serialise_model(test::efficientnet_b4_model()).size(), 4'500'000u);
}

TEST_F(ModelFile, IsRefusedWhenTruncatedAtAnyLength) {
  const Bytes bytes = serialise_model(small_model());
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_TRUE(
        is_refused(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length))))
        << "the first " << length << " of " << bytes.size() << " bytes are taken for a model";
}

TEST_F(ModelFile, IsRefusedWhenAnythingFollows) {
  Bytes bytes = serialise_model(small_model());
  bytes.push_back(std::byte{0});
  refusal(bytes);
}

TEST_F(ModelFile, IsRefusedWhenAnyByteIsDamaged) {
  const Bytes bytes = serialise_model(small_model());
  for (const int flip : {0x01, 0x20, 0xFF}) {
    for (std::size_t i = 0; i < bytes.size(); i += test::damage_step) {
      Bytes damaged = bytes;
      damaged[i] ^= static_cast<std::byte>(flip);
      EXPECT_TRUE(is_refused(damaged)) << "byte " << i << " of " << bytes.size() << " xor " << flip;
    }
  }
}

TEST_F(ModelFile, IsRefusedWithTextThatNamesTheFileAndTheWayOut) {
  Bytes bytes = serialise_model(small_model());
  bytes.back() ^= std::byte{1};
  const std::string text = refusal(bytes);
  EXPECT_NE(text.find("line1.mvga"), std::string::npos) << text;
  EXPECT_NE(text.find("checksum"), std::string::npos) << text;
  EXPECT_NE(text.find("mvgafit"), std::string::npos) << "what can be done? " << text;
}

TEST_F(ModelFile, IsRefusedInAnotherFormatVersion) {
  const std::string text = refusal_after([](Forgery& f) { f.metadata["format_version"] = "4"; });
  EXPECT_NE(text.find("version 4"), std::string::npos) << text;
  EXPECT_NE(text.find("version 3"), std::string::npos) << "which can be read? " << text;
  EXPECT_EQ(text.find("damaged"), std::string::npos)
      << "a newer file is not a damaged one: " << text;
}

TEST_F(ModelFile, IsToldFromAWeightsFile) {
  SafetensorsWriter weights;
  weights.set_metadata("architecture", "resnet18");
  const float one = 1;
  weights.add("conv1.weight", DType::f32, {1}, std::as_bytes(std::span(&one, 1)));
  const std::string text = refusal(weights.bytes());
  EXPECT_NE(text.find("not an mvga model"), std::string::npos) << text;
  EXPECT_NE(text.find("'weights'"), std::string::npos) << "where does the file belong? " << text;
}

TEST_F(ModelFile, IsAcceptedByTheSameRulesWhenForgedWithoutChanges) {
  EXPECT_FALSE(is_refused(forgery_of(small_model()).bytes()))
      << "the forgeries below would be refused for another reason than they say";
}

TEST_F(ModelFile, IsRefusedWhenMetadataAreMissing) {
  for (const auto& [key, value] : forgery_of(small_model()).metadata) {
    if (key == "written_by" || key == "reading") continue;  // which older files do not have
    const std::string missing = key;
    refusal_after([&](Forgery& f) { f.metadata.erase(missing); });
  }
}

TEST_F(ModelFile, IsRefusedWhenMetadataMakeNoSense) {
  const std::vector<std::pair<std::string, std::string>> changes{
      {"format", "mvga-weights"},
      {"format_version", ""},
      {"input_size", "0"},
      {"input_size", "-380"},
      {"input_size", "380.5"},
      {"input_size", "99999999999999999999999"},
      {"frames", "many"},
      {"held_out", " 5"},
      {"levels", ""},
      {"levels", "[]"},
      {"levels", "[[3,4,6]]"},
      {"levels", "[[5,3,3,2],[3,4,6,6]]"},
      {"levels", "[[3,4,6,6],[3,4,6,6]]"},
      {"levels", "[[3,4,0,6],[5,3,3,2]]"},
      {"levels", "[[3,-4,6,6],[5,3,3,2]]"},
      {"levels", "[[3,4.5,6,6],[5,3,3,2]]"},
      {"levels", "[[3,4,6,1000000],[5,3,3,2]]"},
      {"levels", "[[3,18446744073709551615,6,6],[5,3,3,2]]"},
      {"levels", "[[3,5,6,6],[5,3,3,2]]"},
      {"levels", "{\"3\":[3,4,6,6]}"},
      {"map_levels", "[2]"},
      {"map_levels", "[-1]"},
      {"map_levels", "[]"},
      {"map_levels", "[0,1]"},
      {"map_levels", std::string(100000, '[')},
      {"profile", "papers"},
      {"reduction", ""},
      {"backbone", "\x1b]0;title\x07"},
      {"backbone", "resnet18\nmvga: all is well"},
      {"backbone", "\u202e81tenser"},
      {"backbone", std::string(1 << 20, 'b')},
      {"backbone_sha256", "\x1b[2J"},
  };
  for (const auto& [key, value] : changes) {
    SCOPED_TRACE(key + " = " + value.substr(0, 60));
    const auto& [k, v] = std::pair(key, value);
    refusal_after([&, k = k, v = v](Forgery& f) { f.metadata[k] = v; });
  }
}

TEST_F(ModelFile, IsRefusedWhenATensorIsMissing) {
  for (const auto& [key, tensor] : forgery_of(small_model()).tensors) {
    const std::string missing = key;
    const std::string text = refusal_after([&](Forgery& f) { f.tensors.erase(missing); });
    EXPECT_NE(text.find(missing), std::string::npos) << "which one? " << text;
  }
}

TEST_F(ModelFile, IsRefusedWhenATensorHasAnotherTypeOrShape) {
  for (const auto& [key, tensor] : forgery_of(small_model()).tensors) {
    const std::string changed = key;
    SCOPED_TRACE(changed);
    refusal_after([&](Forgery& f) {  // bytes stay the same
      test::ForgedTensor& t = f.tensors[changed];
      t.type = t.type == DType::f64 ? DType::i64 : DType::u8;
      if (t.type == DType::u8) t.shape.back() *= 4;
    });
    refusal_after(
        [&](Forgery& f) { f.tensors[changed].shape.insert(f.tensors[changed].shape.begin(), 1); });
    if (changed == "calibration.scores" || changed == "calibration.peaks") continue;
    refusal_after([&](Forgery& f) {
      test::ForgedTensor& t = f.tensors[changed];
      if (t.shape.empty()) t.shape = {1};
      t.shape.back() += 1;
      std::int64_t elements = 1;
      for (const std::int64_t side : t.shape) elements *= side;
      t.data.resize(static_cast<std::size_t>(elements) * size_of(t.type));
    });
  }
}

TEST_F(ModelFile, IsRefusedWhenANumberIsNotFinite) {
  for (const auto& [key, tensor] : forgery_of(small_model()).tensors) {
    const auto& name = key;
    const bool is_float = tensor.type == DType::f32;
    for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
      SCOPED_TRACE(name + " = " + std::to_string(bad));
      refusal_after([&, name = name](Forgery& f) {
        if (is_float)
          f.set(name, 0, static_cast<float>(bad));
        else
          f.set(name, 0, bad);
      });
    }
  }
}

TEST_F(ModelFile, IsRefusedWhenANumberIsOutOfRange) {
  const auto with = [](const std::string& key, std::size_t index, double value) {
    SCOPED_TRACE(key + "[" + std::to_string(index) + "] = " + std::to_string(value));
    refusal_after([&](Forgery& f) { f.set(key, index, value); });
  };
  with("level3.image.shrinkage", 0, -0.01);
  with("level3.image.shrinkage", 0, 1.01);
  with("reduction.variance", 0, 2);
  with("target_fpr", 0, -1);
  with("target_fpr", 0, 1.5);
  with("target_fpr", 0, 0);
  with("target_fpr", 0, -0.0);
  with("target_fpr", 0, 1e-300);
  with("target_fpr", 0, 0.6);
  with("calibration.log_scales", 1, -1);
  with("calibration.log_scales", 0, 1e300);  // not finite as a float
  with("calibration.log_scales", 1, 1e300);
  with("calibration.score_parts", 1, 0);
  with("calibration.score_parts", 3, -1);
  with("calibration.log_scales", 1, 0);
  with("calibration.normal_end", 0, 1e300);
  with("calibration.scores", 0, 1e9);  // no longer ascending
  with("calibration.peaks", 0, 1e9);
  with("roi", 0, -0.1);
  with("roi", 1, 0.9);
  with("roi", 2, 0);
  with("roi", 3, 1.1);
}

TEST_F(ModelFile, IsRefusedWithTextThatCanBeShownWhateverIsInIt) {
  for (const std::size_t length : {10U, 1000U, 1U << 20}) {
    const std::string hostile = "\x1b[2J\nmvga: \u202e" + std::string(length, 'x');
    for (const auto& [key, value] : forgery_of(small_model()).metadata) {
      if (key == "written_by" || key == "sha256") continue;
      const std::string changed = key;
      const std::string text = refusal_after([&](Forgery& f) { f.metadata[changed] = hostile; });
      EXPECT_LT(text.size(), 500U) << key;
      EXPECT_EQ(printable(text, 500), text) << key;
    }
  }
}

TEST_F(ModelFile, IsToldByItsFirstBytesFromAnotherThatIsLarge) {
  const test::TemporaryFolder folder;
  SafetensorsWriter foreign;
  foreign.set_metadata("format", "pt");
  const auto nothing = [](const ByteSink&) {};
  constexpr std::int64_t kSize = 1'000'000'000'000;  // which no memory has
  foreign.add_streamed("weight", DType::u8, {kSize}, nothing);
  std::vector<std::byte> header;
  try {
    foreign.write([&](std::span<const std::byte> bytes) {
      header.insert(header.end(), bytes.begin(), bytes.end());
    });
  } catch (const std::logic_error&) {
    // of the tensor nothing comes
  }
  test::write_text(folder / "m.mvga",
                   {reinterpret_cast<const char*>(header.data()), header.size()});
  std::error_code no_sparse_files;
  std::filesystem::resize_file(folder / "m.mvga", header.size() + kSize, no_sparse_files);
  if (no_sparse_files) GTEST_SKIP() << "no sparse file: " << no_sparse_files.message();
  const auto opened = [&](const auto& open) -> std::string {
    try {
      open(folder / "m.mvga");
      return "accepted";
    } catch (const Error& e) {
      return e.what();
    }
  };
  EXPECT_NE(opened(load_model).find("not an mvga model"), std::string::npos);
  EXPECT_NE(opened(StatisticsFile::open).find("not a statistics file"), std::string::npos);
  EXPECT_NE(opened([](const auto& path) {
              SafetensorsFile::open(path);
            }).find("no more than 1000000000 are read"),
            std::string::npos);
}

// ---- of version 0.1
// ------------------------------------------------------------------------------

Model model_of_0_1() {
  Model model = small_model();
  for (LevelModel& level : model.levels) level.places = {};
  NormalScales01 scales;
  scales.levels = {{0.3f, 1.7f}};
  scales.log_levels = {{-0.4f, 0.3f}};
  scales.surplus = {3, 2, {0, 0.5f, 0, 0.25f, 0, 1}};
  scales.log_surplus = {3, 2, {1, 0, 0, 0.75f, 0, 0}};
  scales.image_part = {1.0 / 3, 0.25};
  scales.map_part = {-2.0 / 3, 0.125};
  model.calibration.profile = Profile::calibrated_0_1;
  model.calibration.scoring = std::make_shared<CalibratedScoring01>(std::move(scales));
  return model;
}

TEST_F(ModelFile, OfVersion01IsWhatItWas) {
  const Model model = model_of_0_1();
  const Forgery file = forgery_of(model);
  EXPECT_EQ(file.metadata.at("profile"), "calibrated") << "as version 0.1 wrote it";
  EXPECT_FALSE(file.metadata.contains("places")) << "version 0.1 knew of none";
  const Model found = parse_model(serialise_model(model), "model");
  expect_same(found, model);
  const auto& scales =
      dynamic_cast<const CalibratedScoring01&>(*found.calibration.scoring).scales();
  EXPECT_EQ(scales.surplus.values, (std::vector<float>{0, 0.5f, 0, 0.25f, 0, 1}));
  EXPECT_EQ(scales.log_surplus.values, (std::vector<float>{1, 0, 0, 0.75f, 0, 0}));
  EXPECT_EQ(scales.image_part, (LogScale{1.0 / 3, 0.25}));
  EXPECT_EQ(scales.map_part, (LogScale{-2.0 / 3, 0.125}));
}

TEST_F(ModelFile, OfVersion01IsRefusedWhenASurplusIsNegative) {
  for (const char* key : {"calibration.surplus", "calibration.log_surplus"}) {
    Forgery forgery = forgery_of(model_of_0_1());
    forgery.set(key, 1, -0.5f);
    EXPECT_NE(refusal(forgery.bytes()), "");
  }
}

// ---- of the light
// --------------------------------------------------------------------------------

TEST_F(ModelFile, KeepsTheLightThatWasLearned) {
  Model model = small_model();
  for (std::size_t i = 0; i < kTones; ++i)
    for (auto& colour : model.lights.reference) colour[i] = -1.5 + 0.07 * static_cast<double>(i);
  model.lights.low = {-0.1, -0.2, -0.3, -0.4};
  model.lights.middle = {0, 0.01, 0.02, 0.03};
  model.lights.high = {0.5, 0.6, 0.7, 0.8};
  EXPECT_EQ(parse_model(serialise_model(model), "model").lights, model.lights);
  EXPECT_TRUE(parse_model(serialise_model(small_model()), "model").lights.empty());
  Forgery wide = forgery_of(model);
  wide.set("light.range", 0, 25.0);
  EXPECT_NE(refusal(wide.bytes()), "");
  Forgery crossed = forgery_of(model);
  crossed.set("light.range", 0, 0.4);  // low above the middle
  EXPECT_NE(refusal(crossed.bytes()), "");
  Forgery bright = forgery_of(model);
  bright.set("light.tones", 0, 1e9);
  EXPECT_NE(refusal(bright.bytes()), "");
}

TEST_F(ModelFile, IsRefusedWhenScoresAndPeaksDifferInNumber) {
  refusal_after([](Forgery& f) {
    f.tensors["calibration.peaks"].shape[0] -= 1;
    f.tensors["calibration.peaks"].data.resize(f.tensors["calibration.peaks"].data.size() - 8);
  });
  refusal_after([](Forgery& f) {
    for (const char* key : {"calibration.peaks", "calibration.scores"})
      f.tensors[key] = {DType::f64, {0}, {}};
  });
}

TEST_F(ModelFile, IsRefusedWhenATensorWasAddedWithoutTheChecksum) {
  Forgery forgery = forgery_of(small_model());
  forgery.tensors["extra"] = {DType::u8, {3}, Bytes(3)};
  Bytes bytes = forgery.bytes();
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::string digest = forgery_of(small_model()).metadata["sha256"];
  std::memcpy(bytes.data() + text.find(R"("sha256":")") + 10, digest.data(), 64);
  refusal(bytes);
}

TEST_F(ModelFile, IsNotThereWhenItIsNotThere) {
  EXPECT_EQ(kind_of_failure([&] { load_model(folder_ / "none.mvga"); }), ErrorKind::not_found);
  EXPECT_NE(text_.find("none.mvga"), std::string::npos) << text_;
}

TEST_F(ModelFile, CannotBeSavedIntoAFolderThatIsNotThere) {
  EXPECT_EQ(kind_of_failure([&] { save_model(small_model(), folder_ / "no" / "a.mvga"); }),
            ErrorKind::not_found);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "no")) << "a folder was made without being asked";
}

TEST_F(ModelFile, SurvivesWhenANewerOneCannotBeWritten) {
  const Model old_model = small_model();
  save_model(old_model, folder_ / "a.mvga");
  Model new_model = old_model;
  new_model.frames = 99;
  {
    const test::FileSizeLimit limit(1000);
    kind_of_failure([&] { save_model(new_model, folder_ / "a.mvga"); });
  }
  expect_same(load_model(folder_ / "a.mvga"), old_model);
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_)) ++files;
  EXPECT_EQ(files, 1u) << "half a file was left behind";
}

TEST_F(ModelFile, ReplacesAnOlderOne) {
  Model model = small_model();
  save_model(model, folder_ / "a.mvga");
  model.frames = 99;
  save_model(model, folder_ / "a.mvga");
  EXPECT_EQ(load_model(folder_ / "a.mvga").frames, 99u);
}

}  // namespace
}  // namespace mvga
