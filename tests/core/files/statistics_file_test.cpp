// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/files/statistics_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/files/model_file.h"
#include "core/io/seal.h"
#include "tests/core/files/forgery.h"
#include "tests/core/io/damage_step.h"
#include "tests/core/io/file_size_limit.h"
#include "tests/core/io/test_files.h"
#include "tests/core/learning/fake_backbone.h"

namespace mvga {
namespace {

using test::FakeBackbone;
using test::Forgery;
namespace fs = std::filesystem;

template <typename AnyLearner>
void learn(AnyLearner& learner, unsigned begin, unsigned end) {
  for (unsigned i = begin; i < end; ++i) {
    const test::Pixels pixels = test::normal_picture(i);
    learner.add(test::view_of(pixels));
  }
}

Model whole(unsigned end) {
  Learner learner(std::make_shared<FakeBackbone>(), {});
  learn(learner, 0, end);
  return learner.finish();
}

class StatisticsFiles : public testing::Test {
 protected:
  // Learns the pictures from `begin` to `end` in a learner of its own and saves what it saw.
  fs::path part(unsigned begin, unsigned end, bool placed = true,
                const std::shared_ptr<const Backbone>& backbone = std::make_shared<FakeBackbone>(),
                FitSettings settings = {}) {
    if (placed) settings.first_frame = begin;
    PartLearner learner(backbone, settings);
    learn(learner, begin, end);
    EXPECT_EQ(learner.frames(), end - begin);
    fs::path path = folder_ / (std::to_string(begin) + "-" + std::to_string(end));
    std::optional<ShardPlace> place;
    if (placed) place = ShardPlace{"set", begin, end};
    save_statistics(learner, place, path);
    return path;
  }

  static Model merged(const std::vector<fs::path>& parts, const FitSettings& settings = {}) {
    Learner learner(std::make_shared<FakeBackbone>(), settings);
    for (const fs::path& path : parts) StatisticsFile::open(path).add_to(learner);
    return learner.finish();
  }

  test::TemporaryFolder folder_;
};

// Every tensor of the model file, to a share of the largest number in it.
void expect_close(const Model& found, const Model& expected, double tolerance) {
  const SafetensorsFile a = SafetensorsFile::parse(serialise_model(found), "found");
  const SafetensorsFile b = SafetensorsFile::parse(serialise_model(expected), "expected");
  const auto numbers = [](const TensorView& view) {
    std::vector<double> values(static_cast<std::size_t>(view.elements()));
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (view.type == DType::f64) {
        std::memcpy(&values[i], view.bytes.data() + 8 * i, 8);
        continue;
      }
      float single = 0;
      std::memcpy(&single, view.bytes.data() + 4 * i, 4);
      values[i] = single;
    }
    return values;
  };
  for (const auto& [key, tensor] : b.tensors()) {
    ASSERT_NE(a.find(key), nullptr) << key;
    const std::vector<double> x = numbers(*a.find(key));
    const std::vector<double> y = numbers(tensor);
    ASSERT_EQ(x.size(), y.size()) << key;
    double largest = 0;
    for (const double v : y) largest = std::max(largest, std::abs(v));
    for (std::size_t i = 0; i < y.size(); ++i)
      ASSERT_NEAR(x[i], y[i], tolerance * largest) << key << "[" << i << "]";
  }
  EXPECT_EQ(found.frames, expected.frames);
  EXPECT_EQ(found.held_out, expected.held_out);
}

bool same(const Model& a, const Model& b) {
  return serialise_model(a) == serialise_model(b);
}

TEST_F(StatisticsFiles, OfPicturesThatAreAllStoredGiveTheModelOfTheWholeToTheLastBit) {
  for (const std::vector<unsigned>& borders : std::vector<std::vector<unsigned>>{
           {0, 9}, {0, 1, 2, 9}, {0, 30, 67, 100}, {0, 13, 29, 31, 100}}) {
    for (const bool placed : {true, false}) {
      std::vector<fs::path> parts;
      for (std::size_t i = 0; i + 1 < borders.size(); ++i)
        parts.push_back(part(borders[i], borders[i + 1], placed));
      EXPECT_TRUE(same(merged(parts), whole(borders.back()))) << parts.size() << " parts";
    }
  }
}

// Each part stores all of its pictures, the whole does not.
TEST_F(StatisticsFiles, GiveTheModelOfTheWholeToTheLastBitThoughItStoresNotAllPictures) {
  EXPECT_TRUE(same(merged({part(0, 200), part(200, 350), part(350, 400)}), whole(400)));
}

TEST_F(StatisticsFiles, OfTooManyPicturesToStoreGoOnToTheLastBit) {
  EXPECT_TRUE(same(merged({part(0, 310)}), whole(310))) << "a part alone is not what it was";
  EXPECT_TRUE(same(merged({part(0, 310, false), part(310, 500, false)}), whole(500)))
      << "pictures after such a part are not learned as they would have been";
}

TEST_F(StatisticsFiles, OfTooManyPicturesToStoreGiveTheModelOfTheWhole) {
  const Model expected = whole(1100);
  expect_close(merged({part(0, 333), part(333, 700), part(700, 1100)}), expected, 1e-6);
  expect_close(merged({part(0, 310), part(310, 500), part(500, 1100)}), expected, 1e-6);
}

// Where they begin is not known, so other groups are left out; the Gaussians are the same.
TEST_F(StatisticsFiles, WithoutTheirPlaceGiveTheGaussiansOfTheWhole) {
  Model found = merged({part(0, 333, false), part(333, 700, false)});
  const Model expected = whole(700);
  EXPECT_EQ(found.held_out, expected.held_out);
  for (std::size_t i = 0; i < expected.calibration.scores.size(); ++i)
    EXPECT_NEAR(found.calibration.scores[i], expected.calibration.scores[i], 0.5)
        << "in standard deviations";
  found.calibration = expected.calibration;
  found.lights = expected.lights;  // of the stored ones
  expect_close(found, expected, 1e-6);
}

TEST_F(StatisticsFiles, LetTheWholeChooseWhatTheStatisticsDoNotDependOn) {
  FitSettings settings;
  settings.profile = Profile::paper;
  settings.reduction = Reduction{ReductionKind::pca, 0.9};
  settings.target_fpr = 0.05;
  Learner learner(std::make_shared<FakeBackbone>(), settings);
  learn(learner, 0, 40);
  EXPECT_TRUE(same(merged({part(0, 15), part(15, 40)}, settings), learner.finish()));
}

Model whole_in_other_light(unsigned end, const FitSettings& settings) {
  Learner learner(std::make_shared<FakeBackbone>(), settings);
  learn(learner, 0, end);
  return learner.finish();
}

TEST_F(StatisticsFiles, OfPicturesInOtherLightGiveTheModelOfTheWhole) {
  FitSettings settings;
  settings.light = 0.2;
  const auto lit = [&](unsigned begin, unsigned end) {
    return part(begin, end, true, std::make_shared<FakeBackbone>(), settings);
  };
  EXPECT_TRUE(same(merged({lit(0, 13), lit(13, 40)}, settings), whole_in_other_light(40, settings)))
      << "stored pictures are not learned in the lights that the whole learned them in";
  expect_close(merged({lit(0, 310)}, settings), whole_in_other_light(310, settings), 1e-6);
  expect_close(merged({lit(0, 333), lit(333, 700)}, settings), whole_in_other_light(700, settings),
               1e-6);
}

TEST_F(StatisticsFiles, OfAnotherLightAreRefused) {
  FitSettings settings;
  settings.light = 0.2;
  const auto lit =
      StatisticsFile::open(part(0, 4, true, std::make_shared<FakeBackbone>(), settings));
  const auto plain = StatisticsFile::open(part(4, 8));
  Learner learner(std::make_shared<FakeBackbone>(), {});
  for (const auto& attempt : std::vector<std::function<void()>>{
           [&] { check_same_source(lit.info(), plain.info()); }, [&] { lit.add_to(learner); }}) {
    try {
      attempt();
      ADD_FAILURE() << "no error";
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("--light"), std::string::npos) << e.what();
    }
  }
}

TEST_F(StatisticsFiles, SayWhatIsInThem) {
  FitSettings settings;
  settings.profile = Profile::paper;
  settings.reduction = Reduction{ReductionKind::pca, 0.9};
  settings.target_fpr = 0.05;
  settings.roi = {0.1, 0.2, 0.3, 0.4};
  settings.light = 0.25;
  const auto file =
      StatisticsFile::open(part(7, 20, true, std::make_shared<FakeBackbone>(), settings));
  const StatisticsInfo& info = file.info();
  EXPECT_EQ(info.source.architecture, "fake");
  EXPECT_EQ(info.source.weights_sha256, std::string(64, 'a'));
  EXPECT_EQ(info.source.input_size, 32);
  EXPECT_EQ(info.source.levels.size(), 2U);
  EXPECT_EQ(info.source.roi, settings.roi);
  EXPECT_EQ(info.settings.roi, settings.roi);
  EXPECT_EQ(info.settings.profile, Profile::paper);
  EXPECT_EQ(info.settings.reduction, settings.reduction);
  EXPECT_EQ(info.settings.target_fpr, 0.05);
  EXPECT_EQ(info.settings.light, 0.25);
  EXPECT_EQ(info.settings.first_frame, 7U);
  EXPECT_EQ(info.frames, 13U);
  EXPECT_EQ(info.stored, 13U);
  ASSERT_TRUE(info.place);
  EXPECT_EQ(info.place->set, "set");
  EXPECT_EQ(info.place->begin, 7U);
  EXPECT_EQ(info.place->end, 20U);
  EXPECT_FALSE(StatisticsFile::open(part(0, 4, false)).info().place);
  EXPECT_FALSE(StatisticsFile::open(part(0, 4, false)).info().settings.reduction)
      << "what suits the backbone is decided when the model is made";
}

TEST_F(StatisticsFiles, TakeTheBackboneOnlyWhenPicturesHaveNoRoom) {
  const auto backbone = std::make_shared<FakeBackbone>();
  part(0, 300, true, backbone);
  EXPECT_EQ(backbone->extracted, 0) << "what is learned again later is learned now, in vain";
  part(0, 301, true, backbone);
  EXPECT_GE(backbone->extracted, 301);
  EXPECT_LT(backbone->extracted, 301 + 301 / 2) << "besides those that are learned changed, too";
}

// When the disk is full, pictures that were stored must not be lost before they are learned.
TEST_F(StatisticsFiles, HoldEveryPictureThoughTheDiskWasFull) {
  PartLearner learner(std::make_shared<FakeBackbone>(), {});
  {
    const test::FileSizeLimit limit(10 * 3 * 32 * 32 + 100);
    learn(learner, 0, 40);
  }
  save_statistics(learner, {}, folder_ / "full");
  EXPECT_EQ(StatisticsFile::open(folder_ / "full").info().stored, 10U);
  Model found = merged({folder_ / "full"});
  const Model expected = whole(40);
  EXPECT_EQ(found.held_out, 10U);
  found.held_out = expected.held_out;
  found.calibration = expected.calibration;
  found.lights = expected.lights;  // of the stored ones
  expect_close(found, expected, 1e-6);
}

TEST_F(StatisticsFiles, AreTheSameForTheSamePictures) {
  const std::string once = test::read_text(part(0, 310));
  EXPECT_TRUE(test::read_text(part(0, 310)) == once);
}

TEST_F(StatisticsFiles, ThatDoNotFitNameBothFilesThePropertyAndTheWayOut) {
  const StatisticsInfo a = StatisticsFile::open(part(0, 4)).info();
  const std::vector<std::pair<std::string, std::function<void(FeatureSource&)>>> changes{
      {"--backbone", [](FeatureSource& s) { s.architecture = "resnet18"; }},
      {"--weights", [](FeatureSource& s) { s.weights_sha256 = std::string(64, 'b'); }},
      {"--input-size", [](FeatureSource& s) { s.input_size = 64; }},
      {"--levels", [](FeatureSource& s) { s.levels.pop_back(); }},
      {"--roi", [](FeatureSource& s) { s.roi.x = 0.5; }},
      {"--bits", [](FeatureSource& s) { s.reading.bits = 12; }},
      {"version of mvga", [](FeatureSource& s) { s.reading = Reading::gstreamer; }}};
  for (const auto& [option, change] : changes) {
    StatisticsInfo b = a;
    b.name = "other.mvgastats";
    change(b.source);
    try {
      check_same_source(b, a);
      ADD_FAILURE() << option << ": no error";
    } catch (const Error& e) {
      const std::string text = e.what();
      EXPECT_NE(text.find(a.name), std::string::npos) << text;
      EXPECT_NE(text.find("other.mvgastats"), std::string::npos) << text;
      EXPECT_NE(text.find(option), std::string::npos) << text;
    }
  }
  EXPECT_NO_THROW(check_same_source(a, a));
}

TEST_F(StatisticsFiles, AreRefusedByALearnerWithAnotherBackbone) {
  const auto file = StatisticsFile::open(part(0, 4));
  auto other = std::make_shared<FakeBackbone>();
  other->change().weights_sha256 = std::string(64, 'b');
  Learner learner(other, {});
  try {
    file.add_to(learner);
    ADD_FAILURE() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::unreadable);
    EXPECT_NE(std::string(e.what()).find("--weights"), std::string::npos) << e.what();
  }
  EXPECT_EQ(learner.frames(), 0U);
}

// ---- damage -------------------------------------------------------------------------------------

bool is_refused(const fs::path& path, const std::string& bytes) {
  test::write_text(path, bytes);
  try {
    const StatisticsFile file = StatisticsFile::open(path);
    Learner learner(std::make_shared<FakeBackbone>(), {});
    file.add_to(learner);
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::unreadable) << e.what();
    EXPECT_EQ(std::string(e.what()).rfind(path.string() + ": ", 0), 0U) << e.what();
    return true;
  }
  return false;
}

TEST_F(StatisticsFiles, AreRefusedWhenTruncated) {
  for (const unsigned frames : {4U, 302U}) {
    const std::string bytes = test::read_text(part(0, frames));
    const std::size_t step = std::max<std::size_t>(1, bytes.size() / 300);
    for (std::size_t length = 0; length < bytes.size(); length += step)
      ASSERT_TRUE(is_refused(folder_ / "cut", bytes.substr(0, length))) << length;
    ASSERT_TRUE(is_refused(folder_ / "cut", bytes.substr(0, bytes.size() - 1)));
    ASSERT_TRUE(is_refused(folder_ / "longer", bytes + "x"));
  }
}

TEST_F(StatisticsFiles, AreRefusedWhenAByteIsDamaged) {
  for (const unsigned frames : {4U, 302U}) {
    std::string bytes = test::read_text(part(0, frames));
    const std::size_t step = std::max<std::size_t>(1, bytes.size() / 300);
    for (std::size_t i = 0; i < bytes.size(); i += (i < 2000 ? 3 : step) * test::damage_step) {
      const char before = bytes[i];
      bytes[i] = static_cast<char>(bytes[i] ^ 0x20);
      ASSERT_TRUE(is_refused(folder_ / "damaged", bytes)) << "byte " << i;
      bytes[i] = before;
    }
    EXPECT_FALSE(is_refused(folder_ / "damaged", bytes)) << "refused for another reason";
  }
}

bool is_refused(const fs::path& path, const std::vector<std::byte>& bytes) {
  return is_refused(path, std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

TEST_F(StatisticsFiles, AreRefusedWhenSomethingIsMissingThoughTheChecksumIsRight) {
  for (const unsigned frames : {4U, 302U}) {
    const Forgery forgery(SafetensorsFile::open(part(0, frames)));
    EXPECT_FALSE(is_refused(folder_ / "forged", forgery.bytes())) << "refused for another reason";
    for (const auto& [key, value] : forgery.metadata) {
      if (key == "written_by" || key == "sha256" || key == "shard_set") continue;
      Forgery without = forgery;
      without.metadata.erase(key);
      EXPECT_TRUE(is_refused(folder_ / "forged", without.bytes())) << key;
    }
    for (const auto& [key, tensor] : forgery.tensors) {
      Forgery without = forgery;
      without.tensors.erase(key);
      EXPECT_TRUE(is_refused(folder_ / "forged", without.bytes())) << key;
    }
  }
}

TEST_F(StatisticsFiles, AreRefusedWhenATensorHasAnotherLength) {
  const Forgery forgery(SafetensorsFile::open(part(0, 302)));
  for (const auto& [key, tensor] : forgery.tensors) {
    if (tensor.shape.empty()) continue;
    Forgery shorter = forgery;
    test::ForgedTensor& t = shorter.tensors[key];
    const auto row = static_cast<std::ptrdiff_t>(t.data.size()) / t.shape[0];
    t.data.erase(t.data.end() - row, t.data.end());
    --t.shape[0];
    EXPECT_TRUE(is_refused(folder_ / "forged", shorter.bytes())) << key;
  }
}

TEST_F(StatisticsFiles, AreRefusedWhenNumbersMakeNoSense) {
  const Forgery forgery(SafetensorsFile::open(part(0, 302)));
  const std::vector<std::pair<std::string, std::string>> changes{
      {"format", "mvga-model"},
      {"format_version", "2"},
      {"frames", "0"},
      {"frames", "301"},
      {"frames", "303"},
      {"frames", "99999999999999999999"},
      {"stored", "303"},
      {"stored", "302"},
      {"stored", "299"},
      {"first_frame", "-1"},
      {"first_frame", "1"},
      {"frames_a_group", "0"},
      {"frames_a_group", "63"},
      {"frames_a_group", "32"},
      {"on_grid", "2"},
      {"profile", "best"},
      {"reduction", "lda"},
      {"levels", "[]"},
      {"levels", "[[1,6,8,8]]x"},
      {"levels", "[[1,7,8,8],[2,12,4,4]]"},
      {"input_size", "64"},
      {"shard_begin", "many"},
      {"shard_end", "-2"}};
  for (const auto& [key, value] : changes) {
    Forgery changed = forgery;
    changed.metadata[key] = value;
    EXPECT_TRUE(is_refused(folder_ / "forged", changed.bytes())) << key << " = " << value;
  }
  for (const char* key : {"frames.groups", "level1.image.sample.groups", "groups"}) {
    for (const std::int64_t value : {std::int64_t{-1}, std::int64_t{8}, INT64_MAX}) {
      Forgery changed = forgery;
      std::memcpy(changed.tensors[key].data.data(), &value, sizeof value);
      EXPECT_TRUE(is_refused(folder_ / "forged", changed.bytes())) << key << " = " << value;
    }
  }
  for (const double rate : {0.0, 1e-300, -1.0, 1e-4, 0.6, 1e300}) {
    Forgery changed = forgery;
    changed.set("target_fpr", 0, rate);
    EXPECT_TRUE(is_refused(folder_ / "forged", changed.bytes())) << "target_fpr = " << rate;
  }
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  Forgery changed = forgery;
  std::memcpy(changed.tensors["group0.level1.image.scatter"].data.data(), &nothing, sizeof nothing);
  EXPECT_TRUE(is_refused(folder_ / "forged", changed.bytes())) << "not a number";
}

TEST_F(StatisticsFiles, AreToldFromModels) {
  save_model(whole(8), folder_ / "m.mvga");
  try {
    StatisticsFile::open(folder_ / "m.mvga");
    ADD_FAILURE() << "no error";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("not a statistics file"), std::string::npos) << e.what();
    EXPECT_NE(std::string(e.what()).find("--stats-only"), std::string::npos) << e.what();
  }
  EXPECT_THROW(load_model(part(0, 4)), Error);
}

TEST_F(StatisticsFiles, SurviveWhenNewerOnesCannotBeWritten) {
  const fs::path path = part(0, 4);
  const std::string before = test::read_text(path);
  PartLearner learner(std::make_shared<FakeBackbone>(), {});
  learn(learner, 0, 5);
  {
    const test::FileSizeLimit limit(1000);
    EXPECT_THROW(save_statistics(learner, {}, path), Error);
  }
  EXPECT_TRUE(test::read_text(path) == before);
  EXPECT_EQ(test::names_in(folder_.path()), "0-4") << "half a file was left behind";
}

}  // namespace
}  // namespace mvga
