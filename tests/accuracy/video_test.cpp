// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A real film (MVGA_SHARED): three bottles on a table, hands come and take them. Learned from its
// first five seconds, watched and recorded as a whole.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/gst/harness/play.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

struct SeenFrame {
  double seconds = 0;
  bool anomalous = false;
};

struct SeenEvent {
  double start = -1;  ///< in seconds
};

double seconds_of(const GstStructure& structure, const char* field) {
  guint64 time = 0;
  gst_structure_get_uint64(&structure, field, &time);
  return static_cast<double>(time) / GST_SECOND;
}

/// What the messages of mvgadetect said.
struct Watch {
  std::vector<SeenFrame> frames;
  std::vector<SeenEvent> events;

  void operator()(const GstStructure& message) {
    if (gst_structure_has_name(&message, "mvga-result")) {
      gboolean anomalous = FALSE;
      gst_structure_get_boolean(&message, "anomalous", &anomalous);
      frames.push_back({seconds_of(message, "stream-time"), anomalous != FALSE});
    }
    if (gst_structure_has_name(&message, "mvga-event") &&
        std::string(gst_structure_get_string(&message, "event")) == "start")
      events.push_back({seconds_of(message, "stream-time")});
  }

  /// The share of anomalous frames between two times in seconds.
  double anomalous_share(double from, double to) const {
    double all = 0;
    double anomalous = 0;
    for (const SeenFrame& frame : frames) {
      if (frame.seconds < from || frame.seconds >= to) continue;
      ++all;
      anomalous += frame.anomalous ? 1 : 0;
    }
    return anomalous / all;
  }
};

TEST(Video, HandsAndMissingBottlesAreFoundAndRecorded) {
  const char* shared = std::getenv("MVGA_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "MVGA_SHARED is not set to the project's shared folder";
  const fs::path film = fs::path(shared) / "data/video/bottle-detection.mp4";
  const std::string weights =
      " weights=" + (fs::path(shared) / "weights/tf_efficientnet_b4.safetensors").string();
  const TemporaryFolder folder;
  const std::string source = "filesrc location=" + film.string() + " ! decodebin ! videoconvert ! ";
  const std::string model = " model=" + (folder / "table.mvga").string() + weights;
  const fs::path recording = folder / "annotated.mkv";

  // 149 frames are five seconds of this film.
  ASSERT_EQ(play(source + "identity eos-after=149 ! mvgafit" + model + " ! fakesink"), "");
  Watch watch;
  // Four results a second are enough to tell when something happens.
  ASSERT_EQ(play(source + "mvgadetect messages=all overlay=blend inference-interval=6" + model +
                     " ! videoconvert ! x264enc speed-preset=ultrafast ! matroskamux ! "
                     "filesink location=" +
                     recording.string(),
                 [&](const GstStructure& message) { watch(message); }),
            "");

  EXPECT_EQ(watch.anomalous_share(0, 5.4), 0) << "the still table raised an alarm";
  EXPECT_EQ(watch.anomalous_share(6.2, 7), 1) << "a hand in the picture was missed";
  EXPECT_EQ(watch.anomalous_share(8.2, 10), 1) << "a bottle is gone, and nothing was said";
  EXPECT_EQ(watch.anomalous_share(22, 23), 1) << "a hand in the picture was missed";
  ASSERT_FALSE(watch.events.empty());
  EXPECT_GT(watch.events[0].start, 5.4);
  EXPECT_LT(watch.events[0].start, 6.2) << "the first event came after the first hand was there";

  const std::vector<GstClockTime> filmed = frame_times_of(film);
  const std::vector<GstClockTime> recorded = frame_times_of(recording);
  ASSERT_EQ(recorded.size(), filmed.size()) << "the recording lacks frames";
  for (std::size_t i = 0; i < filmed.size(); ++i) {
    // Matroska starts at zero and stores milliseconds.
    const auto moved =
        static_cast<double>(filmed[i] - filmed[0]) - static_cast<double>(recorded[i] - recorded[0]);
    ASSERT_LE(std::abs(moved), 1.01e6) << "frame " << i << " is at another time";
  }
}

}  // namespace
}  // namespace mvga::testing
