// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The program mvga as a user calls it (MVGA_TOOL is its path).

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "tests/gst/element_harness.h"
#include "tests/gst/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/run_tool.h"
#include "tests/tools/small_dataset.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

class Program : public ::testing::Test {
 protected:
  void SetUp() override { write_category(part()); }
  fs::path part() const { return folder_ / "part"; }
  fs::path model() const { return folder_ / "part.mvga"; }
  Outcome fit() const {
    return mvga("fit " + part().string() + " -o " + model().string() + small_options());
  }

  TemporaryFolder folder_;
};

TEST_F(Program, LearnsTheModelThatMvgafitLearns) {
  const Outcome outcome = fit();
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_NE(outcome.printed.find("learned 16 frames"), std::string::npos) << outcome.printed;

  const fs::path other = folder_ / "element.mvga";
  GError* error = nullptr;
  GstElement* pipeline = gst_parse_launch(
      ("multifilesrc location=" + (part() / "train/good").string() +
       "/%03d.png caps=image/png,framerate=10/1 ! pngdec ! mvgafit model=" + other.string() +
       " backbone=" + kSmallArchitecture + " weights=" + small_weights().string() +
       " levels=0-1 threads=1 input-size=" + std::to_string(kSmallInput) + " ! fakesink")
          .c_str(),
      &error);
  ASSERT_EQ(error, nullptr);
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  GstBus* bus = gst_element_get_bus(pipeline);
  gst_message_unref(gst_bus_timed_pop_filtered(
      bus, GST_CLOCK_TIME_NONE, static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(bus);
  gst_object_unref(pipeline);
  EXPECT_FALSE(content(other).empty());
  EXPECT_TRUE(content(model()) == content(other)) << "the program's model is not the element's";
}

TEST_F(Program, ScoresPicturesAsLinesOfJson) {
  ASSERT_EQ(fit().code, 0);
  const Outcome outcome =
      mvga("predict " + model().string() + " " + (part() / "test/good").string() + " " +
           (part() / "test/block").string() + " --threads 1 --weights " + small_weights().string());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  std::istringstream lines(outcome.printed);
  int anomalous = 0;
  int all = 0;
  for (std::string line; std::getline(lines, line); ++all) {
    const auto result = nlohmann::json::parse(line);
    const bool block = result["file"].get<std::string>().find("/block/") != std::string::npos;
    EXPECT_TRUE(!block || result["anomalous"].get<bool>()) << "a defect was missed: " << line;
    anomalous += result["anomalous"].get<bool>() ? 1 : 0;
  }
  EXPECT_EQ(all, 7);
  EXPECT_GE(anomalous, 3);
}

TEST_F(Program, EvaluatesIntoFiles) {
  const fs::path json = folder_ / "result.json";
  const fs::path csv = folder_ / "result.csv";
  const Outcome outcome = mvga("evaluate " + part().string() + small_options() + "--json " +
                               json.string() + " --csv " + csv.string());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_NE(outcome.printed.find("image AUROC"), std::string::npos) << outcome.printed;
  EXPECT_EQ(nlohmann::json::parse(content(json))["categories"]["part"]["image_auroc"], 100);
  EXPECT_NE(content(csv).find("\nmean,100.000000,"), std::string::npos);
}

TEST_F(Program, ShowsWhatIsInAFile) {
  ASSERT_EQ(fit().code, 0);
  const Outcome on_model = mvga("inspect " + model().string());
  EXPECT_EQ(on_model.code, 0);
  EXPECT_NE(on_model.printed.find("16 learned"), std::string::npos) << on_model.printed;
  const Outcome on_weights = mvga("inspect " + small_weights().string());
  EXPECT_NE(on_weights.printed.find("layer1.0.conv1.weight"), std::string::npos);
}

TEST_F(Program, EndsWithOneAndOneLineWhenItFails) {
  for (const std::string& arguments :
       {"fit " + (folder_ / "nowhere").string() + " -o " + model().string() + small_options(),
        "fit " + part().string() + " -o " + (folder_ / "nowhere/x.mvga").string() + small_options(),
        "evaluate " + (part() / "test").string() + small_options(),
        "predict " + (folder_ / "no.mvga").string() + " " + part().string(),
        "inspect " + (part() / "train/good/000.png").string()}) {
    const Outcome outcome = mvga(arguments);
    EXPECT_EQ(outcome.code, 1) << arguments;
    EXPECT_EQ(outcome.printed.find('\n'), outcome.printed.size() - 1)
        << "not one line: " << outcome.printed;
    EXPECT_EQ(outcome.printed.rfind("mvga: ", 0), 0U) << outcome.printed;
  }
  EXPECT_FALSE(fs::exists(model())) << "a failed fit left a file";
}

TEST_F(Program, EndsWithTwoWhenItIsCalledWrongly) {
  for (const char* arguments : {"", "learn", "fit", "fit a -o b --target-fpr 7", "inspect"}) {
    const Outcome outcome = mvga(arguments);
    EXPECT_EQ(outcome.code, 2) << "mvga " << arguments << ": " << outcome.printed;
  }
}

TEST_F(Program, HelpsWithAnExample) {
  for (const char* command : {"fit", "evaluate", "predict", "inspect"}) {
    const Outcome outcome = mvga(std::string(command) + " --help");
    EXPECT_EQ(outcome.code, 0);
    EXPECT_NE(outcome.printed.find("Example:"), std::string::npos) << command;
  }
}

}  // namespace
}  // namespace mvga::testing
