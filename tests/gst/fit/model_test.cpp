// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// When mvgafit writes its model, and which.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>

#include "core/files/model_file.h"
#include "core/learning/learner.h"
#include "models/open_backbone.h"
#include "tests/core/io/test_files.h"
#include "tests/gst/harness/fit_harness.h"
#include "tests/gst/harness/small_model.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

TEST(FitModel, IsOnDiskBeforeTheEndOfTheStreamGoesOn) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  fit.learn(6);
  struct Seen {
    const FitHarness& fit;
    bool end = false;
    std::string files = {};
  } seen{fit};
  gst_pad_add_probe(
      fit.get()->sinkpad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      [](GstPad*, GstPadProbeInfo* info, gpointer data) {
        auto* s = static_cast<Seen*>(data);
        if (GST_EVENT_TYPE(GST_PAD_PROBE_INFO_EVENT(info)) == GST_EVENT_EOS) {
          s->end = true;
          s->files = s->fit.files();
        }
        return GST_PAD_PROBE_OK;
      },
      &seen, nullptr);
  fit.end();
  EXPECT_TRUE(seen.end) << "the end did not go on";
  EXPECT_EQ(seen.files, "line.mvga")
      << "an application that is told of the end would look for the model in vain";
}

// RGB of the backbone's input size needs no conversion, so the frames are what the library sees.
TEST(FitModel, IsThatOfTheLibraryOnTheSameFrames) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin(video_info(GST_VIDEO_FORMAT_RGB, kSmallInput, kSmallInput)));
  fit.learn(30);
  fit.end();

  BackboneSettings settings;
  settings.architecture = kSmallArchitecture;
  settings.weights = small_weights();
  settings.levels = {0, 1};
  settings.input_size = kSmallInput;
  settings.threads = 1;
  Learner learner(open_backbone(settings), {});
  for (unsigned i = 0; i < 30; ++i) {
    const Buffer frame = normal_frame(fit.video(), i);
    GstMapInfo map;
    ASSERT_TRUE(gst_buffer_map(frame.get(), &map, GST_MAP_READ));
    learner.add({map.data, kSmallInput, kSmallInput, 3 * kSmallInput});
    gst_buffer_unmap(frame.get(), &map);
  }
  const std::vector<std::byte> expected = serialise_model(learner.finish());
  const std::string found = fit.bytes();
  ASSERT_EQ(found.size(), expected.size());
  EXPECT_EQ(std::memcmp(found.data(), expected.data(), found.size()), 0)
      << "the element learns something else than the library";
}

TEST(FitModel, IsTheSameForTheSameFrames) {
  FitHarness first;
  FitHarness second;
  first.run(30);
  second.run(30);
  EXPECT_TRUE(first.bytes() == second.bytes()) << "a model cannot be made again";
}

TEST(FitModel, IsWrittenAfterMaxFrames) {
  FitHarness fit;
  fit.set("max-frames", guint64{6});
  ASSERT_TRUE(fit.begin());
  fit.learn(5);
  EXPECT_EQ(fit.files(), "") << "too early";
  EXPECT_EQ(fit.learn(1, 5), GST_FLOW_OK);
  EXPECT_EQ(fit.model().frames, 6u);
  fs::remove(fit.output());
  ASSERT_EQ(fit.push(anomalous_frame(fit.video(), 6)), GST_FLOW_OK);
  EXPECT_TRUE(fit.pull()) << "later frames have to pass";
  EXPECT_TRUE(fit.end());
  fit.stop();
  EXPECT_EQ(fit.files(), "") << "the model was written again";
  EXPECT_FALSE(fit.error());
}

TEST(FitModel, ReplacesAnOlderOne) {
  FitHarness fit;
  test::write_text(fit.output(), "old");
  fit.run(6);
  EXPECT_EQ(fit.model().frames, 6u);
  EXPECT_EQ(fit.files(), "line.mvga");
}

TEST(FitModel, IsLearnedAnewInEveryRun) {
  FitHarness fit;
  fit.run(6);
  const std::string first = fit.bytes();
  fit.run(9);
  EXPECT_EQ(fit.model().frames, 9u) << "frames of the last run are counted in";
  fit.run(6);
  EXPECT_TRUE(fit.bytes() == first) << "a run leaves something behind for the next";
}

TEST(FitModel, IsWrittenOfWhatWasSeenWhenTheStreamIsInterrupted) {
  for (const GstState state : {GST_STATE_READY, GST_STATE_NULL}) {
    FitHarness fit;
    ASSERT_TRUE(fit.begin());
    fit.learn(6);
    EXPECT_EQ(gst_element_set_state(fit.element(), state), GST_STATE_CHANGE_SUCCESS);
    EXPECT_EQ(fit.model().frames, 6u);
    EXPECT_FALSE(fit.error());
  }
}

TEST(FitModel, StaysTheOldOneWhenTheStreamIsInterruptedTooEarly) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  test::write_text(fit.output(), "old");
  fit.learn(3);
  fit.stop();
  EXPECT_EQ(fit.bytes(), "old");
  EXPECT_EQ(fit.files(), "line.mvga") << "a temporary file is left behind";
  const auto error = fit.error();
  ASSERT_TRUE(error) << "nobody is told that there is no new model";
  EXPECT_EQ(error->domain, GST_STREAM_ERROR);
  EXPECT_NE(error->text.find("3 normal frames"), std::string::npos) << error->text;
  EXPECT_NE(error->text.find("untouched"), std::string::npos) << error->text;
}

TEST(FitModel, IsNotMissedWhenNothingWasPlayed) {
  FitHarness fit;
  test::write_text(fit.output(), "old");
  ASSERT_TRUE(fit.begin());
  fit.stop();
  EXPECT_EQ(fit.bytes(), "old");
  EXPECT_FALSE(fit.error()) << "stopping before the first frame is no failure";
}

int entries(const char* folder) {
  int count = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder)) ++count;
  return count;
}

long resident_kib() {
  long pages = 0;
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (std::fscanf(file, "%*s %ld", &pages) != 1) pages = 0;
  std::fclose(file);
  return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

TEST(FitModel, TakesNothingMoreAfter200Runs) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer keeps freed memory for a while: the process grows by itself";
#endif
  FitHarness fit;
  fit.set("levels", "0", "input-size", 32);
  const auto runs = [&](int count) {
    for (int i = 0; i < count; ++i) {
      fit.run(4);
      ASSERT_FALSE(fit.error());
      while (fit.warning()) {
      }
      fit.infos();
      fit.messages("mvga-fit");
    }
  };
  runs(30);  // what is set up once, and what the allocator keeps
  const int files = entries("/proc/self/fd");
  const int threads = entries("/proc/self/task");
  const long memory = resident_kib();
  runs(200);
  EXPECT_EQ(entries("/proc/self/fd"), files) << "files stay open";
  EXPECT_EQ(entries("/proc/self/task"), threads) << "threads stay";
  // The backbone alone is 0.9 MB, the statistics are more: a leak of either would show.
  EXPECT_LE(resident_kib() - memory, 200 * 20) << "every run leaves memory behind";
}

}  // namespace
}  // namespace mvga::testing
