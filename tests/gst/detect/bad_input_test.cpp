// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect says to files and values that it cannot work with. In every detail the files are
// damaged in tests/core/files/model_file_test.cpp and tests/models/torch/backbone_test.cpp.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/models/torch/random_weights.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class DetectBadInput : public ::testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return folder / name;
  }

  /// Starting fails with this error, and works once `repair` has been done.
  template <typename Repair>
  void expect_refusal(GQuark domain, int code, const std::vector<std::string>& said,
                      const Repair& repair) {
    ASSERT_FALSE(detect.play()) << "taken as it is";
    const auto error = detect.error();
    ASSERT_TRUE(error) << "refused without an error on the bus";
    EXPECT_EQ(error->domain, domain) << error->text;
    EXPECT_EQ(error->code, code) << error->text;
    for (const std::string& part : said)
      EXPECT_NE(error->text.find(part), std::string::npos)
          << "'" << part << "' is not in: " << error->text;
    EXPECT_FALSE(detect.error()) << "one cause, two errors";

    repair();
    detect.start(video_info(GST_VIDEO_FORMAT_I420, 96, 64));
    EXPECT_EQ(detect.look_at(normal_frame(detect.info, 1)).status, "fresh")
        << "the element is not usable any more";
  }

  void expect_bad_model(const fs::path& model, int code, std::vector<std::string> said) {
    detect.set("model", model.c_str());
    said.push_back(model.string());
    expect_refusal(GST_RESOURCE_ERROR, code, said,
                   [&] { detect.set("model", small_model().c_str()); });
  }

  void expect_bad_weights(const fs::path& weights, int code, std::vector<std::string> said) {
    detect.set("weights", weights.c_str());
    said.push_back(weights.string());
    expect_refusal(GST_RESOURCE_ERROR, code, said,
                   [&] { detect.set("weights", small_weights().c_str()); });
  }

  /// The value is refused with a warning of GLib's (a critical one since GLib 2.84 at the latest),
  /// and the old one stays.
  void expect_out_of_range(const char* property, const char* value) {
    const std::string before = value_of(property);
    std::string warned;
    const guint handler = g_log_set_handler(
        "GLib-GObject", static_cast<GLogLevelFlags>(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL),
        [](const gchar*, GLogLevelFlags, const gchar* message, gpointer to) {
          *static_cast<std::string*>(to) = message;
        },
        &warned);
    gst_util_set_object_arg(G_OBJECT(detect.element()), property, value);
    g_log_remove_handler("GLib-GObject", handler);
    EXPECT_NE(warned.find(property), std::string::npos)
        << property << "=" << value << ": " << warned;
    EXPECT_EQ(value_of(property), before) << property << "=" << value << " was taken";
  }

  std::string value_of(const char* property) {
    GValue value = G_VALUE_INIT;
    g_object_get_property(G_OBJECT(detect.element()), property, &value);
    gchar* text = gst_value_serialize(&value);
    std::string result = text;
    g_free(text);
    g_value_unset(&value);
    return result;
  }

  TemporaryFolder folder;
  Detect detect;
};

// ---- the model

TEST_F(DetectBadInput, NoModel) {
  detect.set("model", nullptr);
  expect_refusal(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, {"'model'", "mvgafit"},
                 [&] { detect.set("model", small_model().c_str()); });
}

TEST_F(DetectBadInput, AModelThatIsNotThere) {
  expect_bad_model(folder / "nowhere.mvga", GST_RESOURCE_ERROR_NOT_FOUND,
                   {"no such file", "check the path"});
}

TEST_F(DetectBadInput, AFolder) {
  expect_bad_model(folder.path(), GST_RESOURCE_ERROR_READ, {"folder"});
}

TEST_F(DetectBadInput, AnEmptyFile) {
  expect_bad_model(write("empty.mvga", ""), GST_RESOURCE_ERROR_READ, {"0 bytes", "again"});
}

TEST_F(DetectBadInput, ATruncatedModel) {
  const std::string whole = contents(small_model());
  expect_bad_model(write("half.mvga", whole.substr(0, whole.size() / 2)), GST_RESOURCE_ERROR_READ,
                   {"truncated", "again"});
}

TEST_F(DetectBadInput, AFlippedByteInTheHeader) {
  std::string bytes = contents(small_model());
  bytes[40] ^= 1;
  expect_bad_model(write("flipped.mvga", bytes), GST_RESOURCE_ERROR_READ, {"again"});
}

TEST_F(DetectBadInput, AFlippedByteInTheData) {
  std::string bytes = contents(small_model());
  bytes[bytes.size() - 100] ^= 1;
  expect_bad_model(write("flipped.mvga", bytes), GST_RESOURCE_ERROR_READ, {"checksum", "mvgafit"});
}

TEST_F(DetectBadInput, AnotherFormatVersion) {
  std::string bytes = contents(small_model());
  const std::string field = R"("format_version":"3")";
  const std::size_t at = bytes.find(field);
  ASSERT_NE(at, std::string::npos);
  bytes[at + field.size() - 2] = '9';
  expect_bad_model(write("later.mvga", bytes), GST_RESOURCE_ERROR_READ,
                   {"version 9", "learn the model anew", "update"});
}

TEST_F(DetectBadInput, WeightsInPlaceOfAModel) {
  expect_bad_model(small_weights(), GST_RESOURCE_ERROR_READ, {"not an mvga model", "'weights'"});
}

// ---- the weights

TEST_F(DetectBadInput, WeightsThatAreNotThere) {
  expect_bad_weights(folder / "nowhere.safetensors", GST_RESOURCE_ERROR_NOT_FOUND,
                     {"no such file", "check the path"});
}

TEST_F(DetectBadInput, WeightsThatAreNotOnTheSearchPath) {
  g_setenv("MVGA_WEIGHTS_PATH", folder.path().c_str(), TRUE);
  detect.set("weights", nullptr);
  expect_refusal(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND,
                 {"resnet18.safetensors", folder.path().string(), "MVGA_WEIGHTS_PATH"},
                 [&] { fs::copy_file(small_weights(), folder / "resnet18.safetensors"); });
  g_unsetenv("MVGA_WEIGHTS_PATH");
}

TEST_F(DetectBadInput, WeightsForAnotherBackbone) {
  const fs::path weights = folder / "other.safetensors";
  random_weights("resnet50", 1).write(weights);
  expect_bad_weights(weights, GST_RESOURCE_ERROR_READ, {"resnet50", "resnet18"});
}

TEST_F(DetectBadInput, WeightsOfAnotherHash) {
  const fs::path weights = folder / "other.safetensors";
  random_weights(kSmallArchitecture, 1, 2).write(weights);
  expect_bad_weights(weights, GST_RESOURCE_ERROR_READ, {"SHA-256", "learn it anew"});
}

TEST_F(DetectBadInput, WeightsWithATensorMissing) {
  RandomWeights weights = random_weights(kSmallArchitecture, 1);
  weights.tensors.erase("conv1.weight");
  weights.write(folder / "w.safetensors");
  expect_bad_weights(folder / "w.safetensors", GST_RESOURCE_ERROR_READ, {"conv1.weight"});
}

TEST_F(DetectBadInput, WeightsOfTheWrongShape) {
  RandomWeights weights = random_weights(kSmallArchitecture, 1);
  weights.tensors.at("bn1.bias") = {{32}, std::vector<float>(32)};
  weights.write(folder / "w.safetensors");
  expect_bad_weights(folder / "w.safetensors", GST_RESOURCE_ERROR_READ,
                     {"bn1.bias", "[32]", "[64]"});
}

TEST_F(DetectBadInput, WeightsThatAreNoNumbers) {
  for (const float value :
       {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
    RandomWeights weights = random_weights(kSmallArchitecture, 1);
    weights.tensors.at("bn1.bias").values[3] = value;
    weights.write(folder / "w.safetensors");
    expect_bad_weights(folder / "w.safetensors", GST_RESOURCE_ERROR_READ,
                       {"bn1.bias", "NaN or infinity"});
    detect.stop();
  }
}

TEST_F(DetectBadInput, AnEmptyWeightsFile) {
  expect_bad_weights(write("empty.safetensors", ""), GST_RESOURCE_ERROR_READ, {"0 bytes", "again"});
}

// ---- the properties

TEST_F(DetectBadInput, ARoiThatIsNoPartOfTheFrame) {
  for (const char* roi : {"left half", "0,0,1", "0,0,1,1,1", "0.5,0,0.6,1", "0,0,0,1", "-0.1,0,1,1",
                          "0,0,nan,1", "0;0;1;1"}) {
    detect.set("roi", roi);
    expect_refusal(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                   {std::string("roi='") + roi + "'", "x,y,w,h"},
                   [&] { detect.set("roi", "0,0,1,1"); });
    detect.stop();
  }
}

TEST_F(DetectBadInput, ARoiThatIsNoPartOfTheFrameWhilePlaying) {
  detect.set("roi", "0.25,0.25,0.5,0.5");
  detect.start(video_info(GST_VIDEO_FORMAT_I420, 96, 64));
  const double before = detect.look_at(normal_frame(detect.info, 1)).score.value();
  detect.set("roi", "nonsense");
  const auto warning = detect.warning();
  ASSERT_TRUE(warning) << "a bad value was swallowed";
  EXPECT_EQ(warning->domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(warning->code, GST_RESOURCE_ERROR_SETTINGS);
  EXPECT_NE(warning->text.find("roi='nonsense'"), std::string::npos) << warning->text;
  EXPECT_EQ(detect.look_at(normal_frame(detect.info, 1)).score, before)
      << "a bad value changed what is inferred";
}

TEST_F(DetectBadInput, ADeviceThatIsNone) {
  for (const auto& [device, way_out] :
       {std::pair("gpu", "use auto, cpu, cuda or cuda:N"), {"cuda:x", "a number from 0"}}) {
    detect.set("device", device);
    expect_refusal(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                   {std::string("device=") + device, way_out},
                   [&] { detect.set("device", "cpu"); });
    detect.stop();
  }
}

TEST_F(DetectBadInput, HalfPrecisionOnTheCpu) {
  detect.set("device", "cpu");
  gst_util_set_object_arg(G_OBJECT(detect.element()), "precision", "fp16");
  expect_refusal(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, {"precision=fp16", "bf16"},
                 [&] { gst_util_set_object_arg(G_OBJECT(detect.element()), "precision", "auto"); });
}

TEST_F(DetectBadInput, ValuesBeyondTheRangeOfAProperty) {
  expect_out_of_range("threshold", "-2");
  expect_out_of_range("target-fpr", "0.6");
  expect_out_of_range("target-fpr", "-0.1");
  expect_out_of_range("inference-interval", "0");
  expect_out_of_range("trigger-frames", "0");
  expect_out_of_range("trigger-window", "0");
  expect_out_of_range("release-frames", "0");
  expect_out_of_range("alpha", "1.1");
  expect_out_of_range("max-regions", "1001");
  expect_out_of_range("threads", "1025");
}

}  // namespace
}  // namespace mvga::testing
