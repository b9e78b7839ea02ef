// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/frame_times.h"

#include <gtest/gtest.h>

#include <string>

namespace mvga::gst {
namespace {

constexpr GstClockTime kSecond = GST_SECOND;

/// What GLib is told of while this lives.
class Complaints {
 public:
  Complaints() : before_(g_log_set_default_handler(note, this)) {}
  ~Complaints() { g_log_set_default_handler(before_, nullptr); }
  Complaints(const Complaints&) = delete;
  Complaints& operator=(const Complaints&) = delete;

  const std::string& all() const { return all_; }

 private:
  static void note(const gchar*, GLogLevelFlags, const gchar* text, gpointer self) {
    static_cast<Complaints*>(self)->all_ += text;
  }

  GLogFunc before_;
  std::string all_;
};

GstSegment segment(GstFormat format) {
  GstSegment made;
  gst_segment_init(&made, format);
  return made;
}

TEST(FrameTimes, AreThoseOfTheSegment) {
  GstSegment moved = segment(GST_FORMAT_TIME);
  moved.start = 10 * kSecond;
  moved.time = 100 * kSecond;
  moved.base = 1000 * kSecond;
  const FrameTimes times = frame_times(moved, 12 * kSecond);
  EXPECT_EQ(times.pts, 12 * kSecond);
  EXPECT_EQ(times.running_time, 1002 * kSecond);
  EXPECT_EQ(times.stream_time, 102 * kSecond);
}

TEST(FrameTimes, AreThoseOfAFilmThatPlaysBackwards) {
  GstSegment backwards = segment(GST_FORMAT_TIME);
  backwards.rate = -1;
  backwards.stop = 20 * kSecond;
  const FrameTimes times = frame_times(backwards, 12 * kSecond);
  EXPECT_EQ(times.running_time, 8 * kSecond);
  EXPECT_EQ(times.stream_time, 12 * kSecond);
}

TEST(FrameTimes, AreNotAskedForWhereGStreamerCannotTell) {
  GstSegment backwards = segment(GST_FORMAT_TIME);
  backwards.rate = -1;  // from no known end
  GstSegment turned = segment(GST_FORMAT_TIME);
  turned.applied_rate = -1;
  for (const GstSegment& one : {segment(GST_FORMAT_BYTES), backwards, turned}) {
    const Complaints complaints;
    const FrameTimes times = frame_times(one, kSecond);
    EXPECT_EQ(times.pts, kSecond);
    EXPECT_FALSE(GST_CLOCK_TIME_IS_VALID(times.running_time));
    EXPECT_FALSE(GST_CLOCK_TIME_IS_VALID(times.stream_time));
    EXPECT_EQ(complaints.all(), "") << "once for every frame";
  }
}

}  // namespace
}  // namespace mvga::gst
