// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgafit says to input that it cannot learn from, and what it leaves behind: the older model
// as it was, and no other file.
#include <gtest/gtest.h>

#include <limits>

#include "tests/core/io/file_size_limit.h"
#include "tests/core/io/test_files.h"
#include "tests/gst/harness/fit_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/torch/random_weights.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

/// A file at the model's path that nothing may touch.
void put_older_model(const FitHarness& fit) {
  test::write_text(fit.output(), "old");
}

/// The expected error, its text has all of `words`, and the older model is alone and as it was.
void expect_error(FitHarness& fit, GQuark domain, gint code,
                  const std::vector<std::string>& words) {
  const auto error = fit.error();
  ASSERT_TRUE(error) << "nobody is told";
  EXPECT_EQ(g_quark_to_string(error->domain), std::string(g_quark_to_string(domain)))
      << error->text;
  EXPECT_EQ(error->code, code) << error->text;
  for (const std::string& word : words)
    EXPECT_NE(error->text.find(word), std::string::npos)
        << "'" << word << "' is not in: " << error->text;
  EXPECT_EQ(error->text.find('\n'), std::string::npos) << error->text;
  EXPECT_FALSE(fit.error()) << "one failure, two errors";
  fit.stop();
  EXPECT_EQ(fit.files(), "line.mvga") << "something half-written is left behind";
  EXPECT_EQ(fit.bytes(), "old") << "the older model is lost";
}

// ---- too little to learn from

TEST(FitBadInput, OfTooFewFrames) {
  for (const unsigned frames : {0u, 1u, 3u}) {
    FitHarness fit;
    put_older_model(fit);
    ASSERT_TRUE(fit.begin());
    fit.learn(frames);
    EXPECT_TRUE(fit.end()) << "the end of the stream has to go on all the same";
    expect_error(fit, GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED,
                 {std::to_string(frames) + " normal frames", "at least 4", "some hundred",
                  "older model", fit.output().string()});
  }
}

TEST(FitBadInput, OfMaxFramesThatAreTooFew) {
  FitHarness fit;
  put_older_model(fit);
  fit.set("max-frames", guint64{2});
  ASSERT_TRUE(fit.begin());
  EXPECT_EQ(fit.learn(2), GST_FLOW_ERROR);
  expect_error(fit, GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, {"2 normal frames", "at least 4"});
}

TEST(FitBadInput, OfFramesThatAreAllTheSame) {
  FitHarness fit;
  put_older_model(fit);
  ASSERT_TRUE(fit.begin());
  for (unsigned i = 0; i < 20; ++i) fit.push(still_frame(fit.video(), i));
  fit.end();
  expect_error(fit, GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED,
               {"20", "hardly differ", "frozen camera", "use footage"});
}

// ---- where the model is to go

struct BadOutput {
  const char* name;
  const char* path;  ///< below the folder of the test
  gint code;
  const char* word;
};

class FitBadOutput : public ::testing::TestWithParam<BadOutput> {};

TEST_P(FitBadOutput, IsRefusedBeforeAnythingIsLearned) {
  FitHarness fit;
  put_older_model(fit);
  const TemporaryFolder folder;
  test::write_text(folder / "file", "");
  const std::string path = (folder / GetParam().path).string();
  fit.set("model", path.c_str());
  EXPECT_FALSE(fit.play()) << "it would fail after hours of learning";
  expect_error(fit, GST_RESOURCE_ERROR, GetParam().code, {path, GetParam().word});
}

INSTANTIATE_TEST_SUITE_P(
    Outputs, FitBadOutput,
    ::testing::Values(BadOutput{"AFolderThatIsMissing", "none/line.mvga",
                                GST_RESOURCE_ERROR_NOT_FOUND, "there is no folder"},
                      BadOutput{"APathBelowAFile", "file/line.mvga", GST_RESOURCE_ERROR_NOT_FOUND,
                                "there is no folder"},
                      BadOutput{"AFolder", ".", GST_RESOURCE_ERROR_WRITE, "is a folder"},
                      BadOutput{"ADevice", "../../../../../../../../dev/full",
                                GST_RESOURCE_ERROR_WRITE, "not a regular file"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(FitBadInput, WithoutAnOutput) {
  for (const char* nothing : {static_cast<const char*>(nullptr), ""}) {
    FitHarness fit;
    put_older_model(fit);
    fit.set("model", nothing);
    EXPECT_FALSE(fit.play());
    expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, {"'model'", "line.mvga"});
  }
}

TEST(FitBadInput, WithAFolderThatGoesAwayWhileLearning) {
  FitHarness fit;
  put_older_model(fit);
  fs::path gone;
  {
    const TemporaryFolder folder;
    gone = folder / "line.mvga";
    fit.set("model", gone.c_str());
    ASSERT_TRUE(fit.begin());
    fit.learn(6);
  }
  EXPECT_TRUE(fit.end());
  expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND,
               {gone.string(), "there is no folder", "no model was written"});
}

TEST(FitBadInput, WithADiskThatIsFullWhenTheModelIsWritten) {
  FitHarness fit;
  put_older_model(fit);
  ASSERT_TRUE(fit.begin());
  fit.learn(6);
  {
    const test::FileSizeLimit limit(1000);  // the model is larger
    EXPECT_TRUE(fit.end());
  }
  expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE,
               {fit.output().string(), "cannot be written", "older model"});
}

// ---- the temporary folder

class TemporaryFolderVariable {
 public:
  explicit TemporaryFolderVariable(const fs::path& path)
      : before_(g_getenv("TMPDIR") ? g_getenv("TMPDIR") : "") {
    g_setenv("TMPDIR", path.c_str(), TRUE);
  }
  ~TemporaryFolderVariable() {
    if (before_.empty())
      g_unsetenv("TMPDIR");
    else
      g_setenv("TMPDIR", before_.c_str(), TRUE);
  }

 private:
  std::string before_;
};

TEST(FitBadInput, WithATemporaryFolderThatIsNotThere) {
  FitHarness fit;
  put_older_model(fit);
  const TemporaryFolderVariable variable("/nowhere/at/all");
  EXPECT_FALSE(fit.play());
  expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE, {"calibration", "TMPDIR"});
}

constexpr rlim_t kFrameBytes = 3 * kSmallInput * kSmallInput;

TEST(FitBadInput, WithATemporaryFolderThatHasNoRoomForTwoFrames) {
  FitHarness fit;
  put_older_model(fit);
  ASSERT_TRUE(fit.begin());
  {
    const test::FileSizeLimit limit(kFrameBytes + 5);
    EXPECT_EQ(fit.learn(2), GST_FLOW_ERROR);
  }
  expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE, {"calibration", "TMPDIR"});
}

TEST(FitBadInput, WithATemporaryFolderThatHasNoRoomForEnoughFrames) {
  FitHarness fit;
  fit.set("target-fpr", 0.05);
  ASSERT_TRUE(fit.begin());
  {
    const test::FileSizeLimit limit(20 * kFrameBytes + 5);
    EXPECT_EQ(fit.learn(100), GST_FLOW_OK) << "20 frames are enough for a model";
  }
  fit.end();
  EXPECT_EQ(fit.model().held_out, 20u);
  EXPECT_EQ(fit.model().frames, 100u);
  const auto warning = fit.warning();
  ASSERT_TRUE(warning) << "20 held-out frames cannot support 5 %";
  EXPECT_NE(warning->text.find("TMPDIR"), std::string::npos)
      << "more frames would not help: " << warning->text;
}

// ---- settings that are texts

struct BadSetting {
  const char* name;
  const char* property;
  const char* value;
  std::vector<std::string> words;
};

class FitBadSetting : public ::testing::TestWithParam<BadSetting> {};

TEST_P(FitBadSetting, IsRefusedWithTheWayOut) {
  FitHarness fit;
  put_older_model(fit);
  fit.set(GetParam().property, GetParam().value);
  EXPECT_FALSE(fit.play());
  expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, GetParam().words);
}

INSTANTIATE_TEST_SUITE_P(
    Settings, FitBadSetting,
    ::testing::Values(
        BadSetting{"UnknownBackbone", "backbone", "resnet19", {"resnet19", "resnet18"}},
        BadSetting{"LevelsTooHigh", "levels", "0-9", {"level 5", "0 to 4"}},
        BadSetting{"LevelsDescending", "levels", "2,1", {"levels='2,1'", "ascending", "3-7"}},
        BadSetting{"LevelsTwice", "levels", "1,1", {"levels='1,1'", "ascending"}},
        BadSetting{"LevelsNegative", "levels", "-1", {"levels='-1'", "3-7"}},
        BadSetting{"LevelsOpen", "levels", "0-", {"levels='0-'", "3-7"}},
        BadSetting{"LevelsText", "levels", "all", {"levels='all'", "3-7"}},
        BadSetting{"LevelsWithSpace", "levels", "0, x", {"levels='0, x'", "3-7"}},
        BadSetting{"RoiOfThree", "roi", "0,0,1", {"roi='0,0,1'", "x,y,w,h"}},
        BadSetting{"RoiOutside", "roi", "0.5,0,0.6,1", {"roi='0.5,0,0.6,1'", "x,y,w,h"}},
        BadSetting{"RoiEmpty", "roi", "0,0,0,1", {"roi='0,0,0,1'", "x,y,w,h"}},
        BadSetting{"RoiNotANumber", "roi", "nan,0,1,1", {"roi='nan,0,1,1'", "x,y,w,h"}},
        BadSetting{"RoiInPixels", "roi", "10,10,100,100", {"roi='10,10,100,100'", "fractions"}},
        BadSetting{"UnknownDevice", "device", "tpu", {"device=tpu", "auto, cpu, cuda"}},
        BadSetting{"GpuOfANonsenseNumber", "device", "cuda:x", {"device=cuda:x", "number"}},
        BadSetting{"GpuThatIsNotThere", "device", "cuda:99", {"device=cuda:99"}}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(FitBadInput, WithAnInputSizeThatIsTooSmall) {
  FitHarness fit;
  put_older_model(fit);
  fit.set("input-size", 16);
  EXPECT_FALSE(fit.play());
  expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
               {"input-size=16", "32 to 2048"});
}

TEST(FitBadInput, WithHalfPrecisionOnTheProcessor) {
  FitHarness fit;
  put_older_model(fit);
  gst_util_set_object_arg(G_OBJECT(fit.element()), "precision", "fp16");
  fit.set("device", "cpu");
  EXPECT_FALSE(fit.play());
  expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
               {"precision=fp16", "fp32 or bf16"});
}

// ---- weights

/// The weights of small_weights(), after `damage`.
template <typename Damage>
void expect_bad_weights(Damage damage, std::vector<std::string> words) {
  const TemporaryFolder folder;
  const fs::path file = folder / "bad.safetensors";
  RandomWeights weights = random_weights(kSmallArchitecture, 1);
  damage(weights);
  weights.write(file);
  words.push_back(file.string());
  FitHarness fit;
  put_older_model(fit);
  fit.set("weights", file.c_str());
  EXPECT_FALSE(fit.play());
  expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, words);
}

TEST(FitBadWeights, AreNotThere) {
  FitHarness fit;
  put_older_model(fit);
  fit.set("weights", "/nowhere/w.safetensors");
  EXPECT_FALSE(fit.play());
  expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, {"/nowhere/w.safetensors"});
}

TEST(FitBadWeights, AreNotOnTheSearchPath) {
  FitHarness fit;
  put_older_model(fit);
  g_setenv("MVGA_WEIGHTS_PATH", "/nowhere", TRUE);
  fit.set("weights", nullptr, "backbone", "resnet50");
  EXPECT_FALSE(fit.play());
  g_unsetenv("MVGA_WEIGHTS_PATH");
  expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND,
               {"resnet50.safetensors", "/nowhere", "MVGA_WEIGHTS_PATH", "weights"});
}

TEST(FitBadWeights, LackATensor) {
  expect_bad_weights([](RandomWeights& w) { w.tensors.erase("layer1.0.conv2.weight"); },
                     {"layer1.0.conv2.weight", "missing"});
}

TEST(FitBadWeights, EndBelowTheLevelsAskedFor) {
  FitHarness fit;
  put_older_model(fit);
  fit.set("levels", "0-3");
  EXPECT_FALSE(fit.play());
  expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ,
               {small_weights().string(), "layer2.0.conv1.weight", "lower levels"});
}

TEST(FitBadWeights, HaveAWrongShape) {
  expect_bad_weights(
      [](RandomWeights& w) {
        w.tensors.at("layer1.0.conv1.weight").shape = {64, 64, 9, 1};
      },
      {"layer1.0.conv1.weight", "[64, 64, 9, 1]", "[64, 64, 3, 3]"});
}

TEST(FitBadWeights, AreNotNumbers) {
  for (const float value :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    expect_bad_weights([&](RandomWeights& w) { w.tensors.at("bn1.bias").values[7] = value; },
                       {"bn1.bias", "NaN or infinity"});
  }
}

TEST(FitBadWeights, AreForAnotherArchitecture) {
  expect_bad_weights([](RandomWeights& w) { w.architecture = "resnet50"; },
                     {"resnet50", "resnet18"});
}

TEST(FitBadWeights, AreNoWeights) {
  const TemporaryFolder folder;
  for (const char* content : {"", "not safetensors at all, but long enough to have a header"}) {
    test::write_text(folder / "w", content);
    FitHarness fit;
    put_older_model(fit);
    fit.set("weights", (folder / "w").c_str());
    EXPECT_FALSE(fit.play());
    expect_error(fit, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, {(folder / "w").string()});
  }
}

}  // namespace
}  // namespace mvga::testing
