// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgafit says while it learns, and at the end.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/printable.h"
#include "core/scoring/false_alarm_rate.h"
#include "tests/gst/harness/fit_harness.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// When each `mvga-fit` message was posted.
class PostTimes {
 public:
  explicit PostTimes(GstElement* element) : bus_(gst_element_get_bus(element)) {
    gst_bus_set_sync_handler(bus_, note, this, nullptr);
  }
  ~PostTimes() {
    gst_bus_set_sync_handler(bus_, nullptr, nullptr, nullptr);
    gst_object_unref(bus_);
  }
  PostTimes(const PostTimes&) = delete;
  PostTimes& operator=(const PostTimes&) = delete;

  std::vector<Clock::time_point> get() {
    const std::lock_guard lock(mutex_);
    return times_;
  }

 private:
  static GstBusSyncReply note(GstBus*, GstMessage* message, gpointer self) {
    auto* times = static_cast<PostTimes*>(self);
    if (gst_message_has_name(message, "mvga-fit")) {
      const std::lock_guard lock(times->mutex_);
      times->times_.push_back(Clock::now());
    }
    return GST_BUS_PASS;
  }

  GstBus* bus_;
  std::mutex mutex_;
  std::vector<Clock::time_point> times_;
};

std::string text(const GstStructure* s, const char* field) {
  const char* value = gst_structure_get_string(s, field);
  return value ? value : "";
}

guint64 whole(const GstStructure* s, const char* field) {
  guint64 value = 0;
  EXPECT_TRUE(gst_structure_get_uint64(s, field, &value)) << "no field " << field;
  return value;
}

double real(const GstStructure* s, const char* field) {
  double value = 0;
  EXPECT_TRUE(gst_structure_get_double(s, field, &value)) << "no field " << field;
  return value;
}

bool contains(const std::string& where, const std::string& what) {
  return where.find(what) != std::string::npos;
}

TEST(FitReport, ComesAtLeastEverySecond) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  PostTimes posts(fit.element());
  const Clock::time_point start = Clock::now();
  unsigned frames = 0;
  while (Clock::now() < start + 3s) fit.learn(1, frames++);
  fit.end();
  std::vector<Clock::time_point> times = posts.get();
  times.insert(times.begin(), start);
  ASSERT_GE(times.size(), 5u);
  for (std::size_t i = 1; i < times.size(); ++i)
    EXPECT_LE(times[i] - times[i - 1], 1s) << "a user would wonder whether it hangs";

  const auto messages = fit.messages("mvga-fit");
  const GstStructure* first = messages.front().get();
  EXPECT_EQ(text(first, "phase"), "learning");
  EXPECT_GT(whole(first, "frames"), 0u);
  EXPECT_LE(whole(first, "frames"), frames);
  const double rate = real(first, "frames-per-second");
  EXPECT_NEAR(rate, static_cast<double>(whole(first, "frames")) / 0.9, 0.3 * rate)
      << "it comes after 0.8 to 1 s";
  const std::vector<std::string> infos = fit.infos();
  EXPECT_GE(infos.size(), messages.size()) << "each has to be there for people as well";
  EXPECT_TRUE(std::any_of(infos.begin(), infos.end(), [](const std::string& info) {
    return info.starts_with("learning: ") && info.ends_with(" frames/s");
  }));
}

// A frame at the largest input takes seconds on any processor that runs these tests.
TEST(FitReport, ComesEverySecondEvenWhenOneFrameTakesLonger) {
  FitHarness fit;
  fit.set("input-size", 2048);
  ASSERT_TRUE(fit.begin());
  PostTimes posts(fit.element());
  const Clock::time_point start = Clock::now();
  fit.learn(1);
  const auto duration = Clock::now() - start;
  if (duration < 2s) GTEST_SKIP() << "a frame takes no two seconds here";
  EXPECT_GE(posts.get().size(), static_cast<std::size_t>(duration / 1s) - 1)
      << "a user would wonder whether it hangs";
}

TEST(FitReport, StaysSilentWhileNoFramesCome) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  PostTimes posts(fit.element());
  fit.learn(5);
  GstBus* bus = gst_element_get_bus(fit.element());
  // On a slow machine progress comes before the last frame, too. Then it is reported once, and
  // nothing comes within two more intervals.
  guint64 reported = 0;
  while (reported < 5) {
    GstMessage* message = gst_bus_timed_pop_filtered(bus, 10 * GST_SECOND, GST_MESSAGE_ELEMENT);
    ASSERT_NE(message, nullptr) << "the last frame was never reported";
    reported = whole(gst_message_get_structure(message), "frames");
    gst_message_unref(message);
  }
  {
    GstMessage* message = gst_bus_timed_pop_filtered(bus, 2 * GST_SECOND, GST_MESSAGE_ELEMENT);
    EXPECT_EQ(message, nullptr) << "an idle element keeps the terminal scrolling";
    if (message) gst_message_unref(message);
  }
  gst_object_unref(bus);
}

TEST(FitReport, EndsWithWhatWasLearned) {
  FitHarness fit;
  fit.set("target-fpr", 0.1);
  ASSERT_TRUE(fit.begin());
  fit.learn(40);
  fit.end();
  const auto messages = fit.messages("mvga-fit");
  ASSERT_FALSE(messages.empty());
  const GstStructure* last = messages.back().get();
  const Model model = fit.model();
  EXPECT_EQ(text(last, "phase"), "done");
  EXPECT_EQ(text(last, "model"), fit.output().string());
  EXPECT_EQ(whole(last, "frames"), 40u);
  EXPECT_EQ(whole(last, "held-out"), model.held_out);
  EXPECT_EQ(whole(last, "independent"), 40u);
  EXPECT_EQ(real(last, "threshold"), threshold_for(model.calibration.scores, 0.1).value);
  EXPECT_EQ(real(last, "target-fpr"), 0.1);
  EXPECT_EQ(real(last, "promised-fpr"), 0.1);
  EXPECT_GT(real(last, "seconds"), 0);

  const std::string words = fit.infos().back();
  EXPECT_TRUE(contains(words, fit.output().string())) << words;
  EXPECT_TRUE(contains(words, "40 frames")) << words;
  EXPECT_TRUE(contains(words, "40 held-out ones, 40 of them independent")) << words;
  EXPECT_TRUE(contains(words, "10 % false alarms")) << words;
}

// gst-launch-1.0 prints nothing but the debug string of an INFO message.
TEST(FitReport, SaysTheSameInTheDebugStringThatGstLaunchPrints) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  fit.learn(5);
  fit.end();
  GstBus* bus = gst_element_get_bus(fit.element());
  int count = 0;
  while (GstMessage* message = gst_bus_pop_filtered(bus, GST_MESSAGE_INFO)) {
    GError* error = nullptr;
    gchar* debug = nullptr;
    gst_message_parse_info(message, &error, &debug);
    EXPECT_STREQ(debug, error->message);
    g_error_free(error);
    g_free(debug);
    gst_message_unref(message);
    ++count;
  }
  EXPECT_GE(count, 2) << "a beginning and an end";
  gst_object_unref(bus);
}

TEST(FitReport, SaysHowManyFramesMoreThePromisedRateTakes) {
  FitHarness fit;
  fit.set("target-fpr", 0.05);
  ASSERT_TRUE(fit.begin());
  fit.learn(58);
  fit.end();
  const auto warning = fit.warning();
  ASSERT_TRUE(warning) << "a promise that 58 frames cannot support was made";
  EXPECT_EQ(warning->domain, GST_STREAM_ERROR);
  EXPECT_TRUE(contains(warning->text, "target-fpr=0.05")) << warning->text;
  EXPECT_TRUE(contains(warning->text, "59 independent held-out frames")) << warning->text;
  EXPECT_TRUE(contains(warning->text, "1 more frame,")) << warning->text;
  const auto messages = fit.messages("mvga-fit");
  const GstStructure* last = messages.back().get();
  EXPECT_GT(real(last, "promised-fpr"), 0.05) << "the tightest rate that 58 frames support";
  EXPECT_LT(real(last, "promised-fpr"), 0.0505);
}

TEST(FitReport, DoesNotWarnWhenThereAreEnoughFrames) {
  FitHarness fit;
  fit.set("target-fpr", 0.05);
  ASSERT_TRUE(fit.begin());
  fit.learn(59);
  fit.end();
  EXPECT_FALSE(fit.warning());
}

/// What GLib's log gets from mvgafit.
class LogOfFit {
 public:
  LogOfFit() : handler_(g_log_set_handler("mvgafit", G_LOG_LEVEL_MESSAGE, keep, this)) {}
  ~LogOfFit() { g_log_remove_handler("mvgafit", handler_); }
  LogOfFit(const LogOfFit&) = delete;
  LogOfFit& operator=(const LogOfFit&) = delete;

  const std::vector<std::string>& lines() const { return lines_; }

 private:
  static void keep(const gchar*, GLogLevelFlags, const gchar* text, gpointer self) {
    static_cast<LogOfFit*>(self)->lines_.emplace_back(text);
  }

  std::vector<std::string> lines_;
  guint handler_;
};

TEST(FitReport, SaysWhatATerminalMayGetWhateverTheFileIsCalled) {
  const TemporaryFolder folder;
  for (const unsigned frames : {20U, 2U}) {  // enough, and too few
    FitHarness fit;
    fit.set("model", (folder / "a\x1b[31m\nb.mvga").c_str());
    ASSERT_TRUE(fit.begin());
    fit.learn(frames);
    const LogOfFit log;
    fit.stop();
    const bool enough = frames > 2;
    ASSERT_GE(log.lines().size(), 2u) << "an interrupted fit speaks to GLib's log";
    if (enough) {
      EXPECT_TRUE(contains(log.lines().back(), R"(a\x1b[31m\nb.mvga)")) << log.lines().back();
    }
    for (const std::string& line : log.lines()) EXPECT_EQ(printable(line, kLongestMessage), line);
    for (const std::string& info : fit.infos()) EXPECT_EQ(printable(info, kLongestMessage), info);
    EXPECT_EQ(fit.warning().has_value(), enough) << "20 frames cannot support 1 %";
  }
}

}  // namespace
}  // namespace mvga::testing
