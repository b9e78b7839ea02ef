// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a camera's last seconds are kept in.

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "tools/record/encoded_ring.h"

namespace mvga::testing {
namespace {

using tool::EncodedFrame;
using tool::EncodedRing;

constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max();

class Ring : public ::testing::Test {
 protected:
  /// Adds a frame of 10 bytes for each letter, K for a key frame, one a second.
  static void add(EncodedRing& ring, const std::string& frames, unsigned first = 0) {
    for (unsigned i = 0; i < frames.size(); ++i) {
      EncodedFrame frame;
      frame.buffer.reset(gst_buffer_new_allocate(nullptr, 10, nullptr));
      frame.time = (first + i) * GST_SECOND;
      frame.key = frames[i] == 'K';
      ring.add(std::move(frame));
    }
  }
  /// The seconds of all frames.
  static std::string content(const EncodedRing& ring) {
    std::string seconds;
    for (std::uint64_t i = ring.begin(); i < ring.end(); ++i)
      seconds += std::to_string(ring[i].time / GST_SECOND) + " ";
    return seconds;
  }
};

TEST_F(Ring, BeginsWithTheFirstKeyFrame) {
  EncodedRing ring(1000);
  add(ring, "ddKdd");
  EXPECT_EQ(content(ring), "2 3 4 ");
}

TEST_F(Ring, LetsGoOfWholeGroupsOnly) {
  EncodedRing ring(1000);
  add(ring, "KddKddKdd");
  ring.drop_before(5 * GST_SECOND, kAny);
  EXPECT_EQ(content(ring), "3 4 5 6 7 8 ") << "5 cannot be decoded without 3 and 4";
  ring.drop_before(6 * GST_SECOND, kAny);
  EXPECT_EQ(content(ring), "6 7 8 ");
  ring.drop_before(100 * GST_SECOND, kAny);
  EXPECT_EQ(content(ring), "6 7 8 ") << "the next frame cannot be decoded without them";
}

TEST_F(Ring, KeepsWhatAClipStillNeeds) {
  EncodedRing ring(1000);
  add(ring, "KddKddKdd");
  ring.drop_before(100 * GST_SECOND, 4);
  EXPECT_EQ(content(ring), "3 4 5 6 7 8 ");
}

TEST_F(Ring, IsBoundedInBytes) {
  EncodedRing ring(60);
  add(ring, "KddKddK");
  EXPECT_EQ(content(ring), "3 4 5 6 ");
  EXPECT_EQ(ring.bytes(), 40u);
}

TEST_F(Ring, WaitsForAKeyFrameWhenAGroupIsTooLarge) {
  EncodedRing ring(30);
  add(ring, "Kdddd");
  EXPECT_EQ(content(ring), "") << "a part of a group cannot be decoded";
  EXPECT_EQ(ring.bytes(), 0u);
  add(ring, "dKd", 5);
  EXPECT_EQ(content(ring), "6 7 ");
}

TEST_F(Ring, NumbersFramesWhateverIsDropped) {
  EncodedRing ring(1000);
  add(ring, "KddKdd");
  ring.drop_before(4 * GST_SECOND, kAny);
  EXPECT_EQ(ring.begin(), 3u);
  EXPECT_EQ(ring.end(), 6u);
  EXPECT_EQ(ring[4].time, 4 * GST_SECOND);
  ring.clear();
  EXPECT_EQ(ring.begin(), 6u);
  EXPECT_EQ(ring.end(), 6u);
}

TEST_F(Ring, KnowsWhereAClipCanBegin) {
  EncodedRing ring(1000);
  add(ring, "KddKddKdd", 10);
  EXPECT_EQ(ring.key_frame_before(15 * GST_SECOND), 3u);
  EXPECT_EQ(ring.key_frame_before(16 * GST_SECOND), 6u);
  EXPECT_EQ(ring.key_frame_before(2 * GST_SECOND), 0u) << "there is nothing older";
}

TEST_F(Ring, FindsTheFrameThatIsShownAtATime) {
  EncodedRing ring(1000);
  add(ring, "Kdd", 10);
  EXPECT_EQ(ring.shown_at(10 * GST_SECOND + 1).time, 11 * GST_SECOND);
  EXPECT_EQ(ring.shown_at(99 * GST_SECOND).time, 12 * GST_SECOND);
}

}  // namespace
}  // namespace mvga::testing
