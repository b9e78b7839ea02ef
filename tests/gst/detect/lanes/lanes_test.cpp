// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What decides which frames are inferred, and what is told of the time that they take.
#include <gtest/gtest.h>

#include "gst/detect/late_frames.h"
#include "gst/detect/latency_meter.h"
#include "gst/detect/schedule.h"
#include "gst/detect/stats.h"
#include "gst/frames/handles.h"

namespace mvga::gst {
namespace {

Owned<GstEvent> qos(GstClockTime running_time, GstClockTimeDiff jitter) {
  return Owned<GstEvent>(gst_event_new_qos(GST_QOS_TYPE_UNDERFLOW, 1.5, jitter, running_time));
}

// ---- the latency that is told

TEST(LatencyMeter, CoversTheSlowestFrameWithHeadroom) {
  LatencyMeter meter;
  EXPECT_EQ(meter.latency(), 0u);
  EXPECT_TRUE(meter.add(100));
  EXPECT_EQ(meter.latency(), 110u);
  EXPECT_FALSE(meter.add(105)) << "within the headroom";
  EXPECT_FALSE(meter.add(10));
  EXPECT_TRUE(meter.add(200));
  EXPECT_EQ(meter.latency(), 220u);
}

TEST(LatencyMeter, GoesDownWhenAllOfAWindowIsMuchFaster) {
  LatencyMeter meter;
  meter.add(1000);
  unsigned changes = 0;
  for (std::size_t i = 0; i < 3 * LatencyMeter::kWindow; ++i) changes += meter.add(100) ? 1 : 0;
  EXPECT_EQ(changes, 1u);
  EXPECT_EQ(meter.latency(), 110u);
}

TEST(LatencyMeter, StaysWhereAWindowIsALittleFaster) {
  LatencyMeter meter;
  meter.add(1000);
  for (std::size_t i = 0; i < 3 * LatencyMeter::kWindow; ++i) EXPECT_FALSE(meter.add(700));
  EXPECT_EQ(meter.latency(), 1100u);
}

// ---- late frames

TEST(LateFrames, AreNoneUntilTheSinkSaysSo) {
  LateFrames late;
  EXPECT_FALSE(late.is_late(0));
  EXPECT_FALSE(late.is_late(GST_CLOCK_TIME_NONE));
}

TEST(LateFrames, HaveToCatchUpTwiceWhatTheSinkMissed) {
  LateFrames late;
  late.observe(qos(1000, 50).get());
  EXPECT_TRUE(late.is_late(1050));
  EXPECT_TRUE(late.is_late(1099));
  EXPECT_FALSE(late.is_late(1100));
  EXPECT_EQ(late.verdict().jitter, 50);
  EXPECT_EQ(late.verdict().proportion, 1.5);
}

TEST(LateFrames, AreNoneWhereTheSinkIsInTime) {
  LateFrames late;
  late.observe(qos(1000, -50).get());
  EXPECT_FALSE(late.is_late(900));
  EXPECT_FALSE(late.is_late(960));
}

// A test with UndefinedBehaviorSanitizer as well.
TEST(LateFrames, AreReckonedWithWhateverTheSinkSays) {
  for (const GstClockTime time : {GstClockTime{1}, GstClockTime{G_MAXUINT64 - 1}}) {
    LateFrames late;
    late.observe(qos(time, G_MAXINT64).get());
    EXPECT_TRUE(late.is_late(GST_SECOND)) << time;
  }
  LateFrames late;
  late.observe(qos(G_MAXUINT64 - 1, -G_MAXINT64).get());
  EXPECT_FALSE(late.is_late(GST_SECOND));
}

TEST(LateFrames, AreForgottenWithTheRunningTime) {
  LateFrames late;
  late.observe(qos(1000, 50).get());
  late.reset();
  EXPECT_FALSE(late.is_late(10));
}

// ---- which frames are inferred

class ScheduleTest : public ::testing::Test {
 protected:
  Scheduled next(GstClockTime running_time) {
    return schedule.next(frame.get(), {running_time, running_time, running_time}, settings, late,
                         waits);
  }

  Owned<GstBuffer> frame{gst_buffer_new()};
  DetectElementSettings settings;
  LateFrames late;
  Waits waits = Waits::yes;
  Schedule schedule;
};

TEST_F(ScheduleTest, IsEveryNthFrames) {
  settings.inference_interval = 3;
  for (unsigned i = 0; i < 9; ++i)
    EXPECT_EQ(next(i), i % 3 == 0 ? Scheduled::infer : Scheduled::hold) << "frame " << i;
  next(9);
  schedule.start_over();
  EXPECT_EQ(next(10), Scheduled::infer);
  EXPECT_EQ(next(11), Scheduled::hold);
}

TEST_F(ScheduleTest, LeavesOutLateFramesButOneASecond) {
  EXPECT_EQ(next(0), Scheduled::infer);
  late.observe(qos(0, GST_SECOND * 5).get());  // late until 10 s
  unsigned inferred = 0;
  for (unsigned i = 1; i <= 100; ++i)
    if (next(i * 100 * GST_MSECOND) == Scheduled::infer) ++inferred;
  EXPECT_EQ(inferred, 10u);
}

TEST_F(ScheduleTest, InfersLateFramesWhenAskedOrWhenTheyDoNotWait) {
  next(0);
  late.observe(qos(0, GST_SECOND).get());
  EXPECT_EQ(next(GST_MSECOND), Scheduled::late);
  settings.qos_policy = QosPolicy::ignore;
  EXPECT_EQ(next(2 * GST_MSECOND), Scheduled::infer);
  settings.qos_policy = QosPolicy::skip_inference;
  waits = Waits::no;
  EXPECT_EQ(next(3 * GST_MSECOND), Scheduled::infer);
}

// ---- figures

TEST(TimeSeries, HasMedianAndPercentileOfTheLastAndTheLargestOfAll) {
  TimeSeries times;
  EXPECT_EQ(times.quantile_ms(0.5), 0);
  times.add(9);
  for (std::size_t i = 0; i < TimeSeries::kWindow; ++i) times.add(0.001 * static_cast<double>(i));
  EXPECT_NEAR(times.quantile_ms(0.5), 255, 1);
  EXPECT_NEAR(times.quantile_ms(0.95), 485, 1);
  EXPECT_NEAR(times.quantile_ms(1), 511, 0.01) << "the first has left the window";
  EXPECT_NEAR(times.largest_ms(), 9000, 1e-9);
}

}  // namespace
}  // namespace mvga::gst
