// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Several mvgadetect in one process: one network, and with the same model-instance-id one
// inference.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "models/engine.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"

namespace mvga::testing {
namespace {

constexpr int kElements = 8;
constexpr unsigned kFrames = 12;

const GstVideoInfo kInfo = video_info(GST_VIDEO_FORMAT_I420, 96, 64);

/// Every third frame is anomalous.
Buffer frame(unsigned number) {
  return number % 3 == 0 ? anomalous_frame(kInfo, number) : normal_frame(kInfo, number);
}

std::vector<double> scores(Detect& detect) {
  std::vector<double> scores;
  for (unsigned i = 0; i < kFrames; ++i) scores.push_back(detect.look_at(frame(i)).score.value());
  return scores;
}

void expect_near(const std::vector<double>& some, const std::vector<double>& others) {
  for (unsigned i = 0; i < kFrames; ++i)
    EXPECT_NEAR(some[i], others[i], 1e-3)
        << "more than a thousandth of what normal frames differ by";
}

std::vector<double> scores_of_one() {
  Detect detect;
  detect.set("threads", 1);
  detect.start(kInfo);
  return scores(detect);
}

/// Of elements that play at the same time, each in a thread of its own.
std::vector<std::vector<double>> scores_of_eight(const std::function<void(Detect&)>& prepare) {
  std::vector<std::unique_ptr<Detect>> elements;
  for (int i = 0; i < kElements; ++i) {
    elements.push_back(std::make_unique<Detect>());
    elements.back()->set("threads", 1);
    prepare(*elements.back());
    elements.back()->start(kInfo);
  }
  EXPECT_EQ(engine().networks(), 1u) << "they do not share their weights";
  std::vector<std::vector<double>> all(kElements);
  std::vector<std::thread> threads;
  for (int i = 0; i < kElements; ++i)
    threads.emplace_back([&, i] { all[i] = scores(*elements[i]); });
  for (std::thread& thread : threads) thread.join();
  return all;
}

TEST(DetectInstances, ShareTheNetworkAndGiveTheScoresOfOne) {
  const std::vector<double> one = scores_of_one();
  for (const auto& each : scores_of_eight([](Detect&) {})) EXPECT_EQ(each, one);
  EXPECT_EQ(engine().networks(), 0u) << "the network outlives the elements";
}

TEST(DetectInstances, OfOneIdGiveTheScoresOfOne) {
  const std::vector<double> one = scores_of_one();
  const auto all = scores_of_eight([](Detect& d) { d.set("model-instance-id", "line"); });
  for (const auto& each : all) EXPECT_EQ(each, one);
  EXPECT_EQ(engine().networks(), 0u) << "the network outlives the elements";
}

TEST(DetectInstances, ThatShareTheProcessorsGiveTheScoresOfOneToRounding) {
  const std::vector<double> one = scores_of_one();
  for (const auto& each : scores_of_eight([](Detect& d) { d.set("threads", 0); }))
    expect_near(each, one);
}

TEST(DetectInstances, InBatchesGiveTheScoresOfOneToRounding) {
  const std::vector<double> one = scores_of_one();
  const auto all = scores_of_eight(
      [](Detect& d) { d.set("model-instance-id", "line", "batch-size", kElements); });
  for (const auto& each : all)
    for (unsigned i = 0; i < kFrames; ++i)
      EXPECT_NEAR(each[i], one[i], 1e-3)
          << "more than a thousandth of what normal frames differ by";
}

TEST(DetectInstances, KeepTheirOwnModels) {
  const auto score = [](Detect& detect) { return detect.look_at(frame(0)).score.value(); };
  const auto prepare = [](Detect& detect, Profile profile, const char* id) {
    detect.set("model", small_model(40, profile).c_str(), "model-instance-id", id);
    detect.start(kInfo);
  };
  Detect calibrated, paper, calibrated_alone, paper_alone;
  prepare(calibrated, Profile::calibrated, "line");
  prepare(paper, Profile::paper, "line");
  prepare(calibrated_alone, Profile::calibrated, nullptr);
  prepare(paper_alone, Profile::paper, nullptr);
  EXPECT_EQ(score(calibrated), score(calibrated_alone));
  EXPECT_EQ(score(paper), score(paper_alone));
  EXPECT_NE(score(paper), score(calibrated));
}

TEST(DetectInstances, OneThatStopsLeavesTheOthersRunning) {
  Detect first, second;
  for (Detect* detect : {&first, &second}) {
    detect->set("model-instance-id", "line");
    detect->start(kInfo);
  }
  const double before = second.look_at(frame(0)).score.value();
  first.look_at(frame(1));
  first.stop();
  EXPECT_EQ(second.look_at(frame(0)).score.value(), before);
  first.start(kInfo);
  EXPECT_EQ(first.look_at(frame(0)).score.value(), before);
}

TEST(DetectInstances, AreApartByDefault) {
  Detect detect;
  gchar* id = nullptr;
  guint batch_size = 0;
  g_object_get(detect.element(), "model-instance-id", &id, "batch-size", &batch_size, nullptr);
  EXPECT_EQ(id, nullptr);
  EXPECT_EQ(batch_size, 1u);
}

}  // namespace
}  // namespace mvga::testing
