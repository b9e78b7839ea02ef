// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga-watch reads mvgadetect's messages; these are made as gst/detect_messages.cpp makes them.

#include "examples/watch/event_log.h"

#include <gtest/gtest.h>

#include "examples/common/handles.h"

namespace {

using mvga::examples::Message;

GstStructure* with_region(GstStructure* event) {
  GstStructure* region =
      gst_structure_new("mvga-region", "x", G_TYPE_DOUBLE, 0.1, "y", G_TYPE_DOUBLE, 0.2, "width",
                        G_TYPE_DOUBLE, 0.3, "height", G_TYPE_DOUBLE, 0.4, nullptr);
  GstStructure* list =
      gst_structure_new("mvga-regions", "region-0", GST_TYPE_STRUCTURE, region, nullptr);
  gst_structure_set(event, "regions", GST_TYPE_STRUCTURE, list, nullptr);
  gst_structure_free(region);
  gst_structure_free(list);
  return event;
}

Message start_of(guint64 id, GstClockTime pts, GstClockTime stream_time) {
  return Message(gst_message_new_element(
      nullptr, gst_structure_new("mvga-event", "event", G_TYPE_STRING, "start", "id", G_TYPE_UINT64,
                                 id, "pts", G_TYPE_UINT64, pts, "stream-time", G_TYPE_UINT64,
                                 stream_time, "score", G_TYPE_DOUBLE, 3.0, "p-value", G_TYPE_DOUBLE,
                                 0.01, "threshold", G_TYPE_DOUBLE, 2.5, nullptr)));
}

Message end_of(guint64 id, GstClockTime end_pts) {
  return Message(gst_message_new_element(
      nullptr, with_region(gst_structure_new("mvga-event", "event", G_TYPE_STRING, "end", "id",
                                             G_TYPE_UINT64, id, "end-pts", G_TYPE_UINT64, end_pts,
                                             "peak-score", G_TYPE_DOUBLE, 7.5, "peak-p-value",
                                             G_TYPE_DOUBLE, 0.004, nullptr))));
}

class EventLogTest : public testing::Test {
 protected:
  void SetUp() override { gst_init(nullptr, nullptr); }
  void hear(const Message& message) { log_.handle(message.get()); }
  watch::EventLog log_;
};

TEST_F(EventLogTest, GivesTimesOfTheVideoEvenWhenTimestampsDoNotStartAtZero) {
  hear(start_of(1, 102 * GST_SECOND, 2 * GST_SECOND));
  hear(end_of(1, 105 * GST_SECOND));
  ASSERT_EQ(log_.events().size(), 1u);
  EXPECT_DOUBLE_EQ(log_.events()[0].start, 2) << "a player would seek to the wrong place";
  EXPECT_DOUBLE_EQ(log_.events()[0].end, 5);
}

TEST_F(EventLogTest, KeepsWhatWasSeenAtThePeak) {
  hear(start_of(1, 0, 0));
  hear(end_of(1, GST_SECOND));
  ASSERT_EQ(log_.events().size(), 1u);
  const watch::Event& event = log_.events()[0];
  EXPECT_DOUBLE_EQ(event.peak_score, 7.5) << "the score at the start is not the peak";
  EXPECT_DOUBLE_EQ(event.p_value, 0.004);
  EXPECT_DOUBLE_EQ(event.threshold, 2.5);
  ASSERT_EQ(event.regions.size(), 1u);
  EXPECT_DOUBLE_EQ(event.regions[0].x, 0.1);
  EXPECT_DOUBLE_EQ(event.regions[0].height, 0.4);
}

TEST_F(EventLogTest, KeepsEventsInOrderAndLeavesOtherMessages) {
  hear(start_of(1, 0, 0));
  hear(end_of(1, GST_SECOND));
  hear(Message(gst_message_new_element(nullptr, gst_structure_new_empty("mvga-fit"))));
  hear(Message(gst_message_new_eos(nullptr)));
  hear(start_of(2, 4 * GST_SECOND, 4 * GST_SECOND));
  ASSERT_EQ(log_.events().size(), 2u) << "another message was taken for an event, or one was lost";
  EXPECT_EQ(log_.events()[0].id, 1u);
  EXPECT_EQ(log_.events()[1].id, 2u);
  EXPECT_DOUBLE_EQ(log_.events()[0].end, 1) << "the second event changed the first";
}

}  // namespace
