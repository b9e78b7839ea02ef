// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The queue: order, what is dropped, and who waits for what.
#include <gtest/gtest.h>

#include <future>

#include "gst/publish/document_queue.h"

namespace mvga::gst::publish {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kWindow = 2;

std::string taken(DocumentQueue& queue) {
  const auto document = queue.take(kWindow);
  return document ? document->text : "nothing";
}

void fill(DocumentQueue& queue, const std::string& names) {
  for (const char name : names) queue.push(std::string(1, name), OnFull::drop_oldest);
}

TEST(DocumentQueue, HandsOverInOrderAndCountsWhatHasArrived) {
  DocumentQueue queue(10);
  fill(queue, "ab");
  EXPECT_EQ(queue.wait(kWindow)->text, "a");
  EXPECT_EQ(queue.counts().queued, 2u) << "handed over is not arrived";
  queue.delivered(1);
  EXPECT_EQ(taken(queue), "b");
  queue.delivered(2);
  EXPECT_EQ(queue.counts().published, 2u);
  EXPECT_EQ(queue.counts().queued, 0u);
}

TEST(DocumentQueue, HandsOverNoMoreThanTheWindow) {
  DocumentQueue queue(10);
  fill(queue, "abc");
  taken(queue);
  taken(queue);
  EXPECT_EQ(taken(queue), "nothing");
  queue.delivered(1);
  EXPECT_EQ(taken(queue), "c");
}

TEST(DocumentQueue, DropsTheOldestThatIsStillWaiting) {
  DocumentQueue queue(3);
  fill(queue, "abc");
  taken(queue);
  fill(queue, "de");
  EXPECT_EQ(queue.counts().dropped, 2u);
  EXPECT_EQ(taken(queue), "d") << "b and c were waiting; a is with the broker";
  queue.delivered(1);
  EXPECT_EQ(taken(queue), "e");
}

TEST(DocumentQueue, DropsTheNewestWhenAllAreHandedOver) {
  DocumentQueue queue(2);
  fill(queue, "ab");
  taken(queue);
  taken(queue);
  fill(queue, "c");
  EXPECT_EQ(queue.counts().dropped, 1u);
  queue.delivered(1);
  EXPECT_EQ(taken(queue), "nothing");
}

TEST(DocumentQueue, HandsOverAgainWhatIsGivenBack) {
  DocumentQueue queue(3);
  fill(queue, "abc");
  taken(queue);
  taken(queue);
  queue.give_back(1);
  EXPECT_EQ(taken(queue), "a");
  queue.give_back_all();
  EXPECT_EQ(taken(queue), "a");
  EXPECT_EQ(taken(queue), "b");
}

TEST(DocumentQueue, ForgetsWhatIsRefused) {
  DocumentQueue queue(3);
  fill(queue, "ab");
  taken(queue);
  queue.refused(1);
  EXPECT_EQ(queue.counts().dropped, 1u);
  EXPECT_EQ(queue.counts().queued, 1u);
}

TEST(DocumentQueue, WaitsForRoomAndGoesOnWhenThereIsSome) {
  DocumentQueue queue(1);
  fill(queue, "a");
  auto pushed = std::async(std::launch::async, [&] { return queue.push("b", OnFull::block); });
  EXPECT_EQ(pushed.wait_for(50ms), std::future_status::timeout);
  queue.delivered(queue.take(kWindow)->id);
  EXPECT_TRUE(pushed.get());
  EXPECT_EQ(taken(queue), "b");
  EXPECT_EQ(queue.counts().dropped, 0u);
}

TEST(DocumentQueue, WaitsForRoomNoLongerThanUntilItIsInterrupted) {
  DocumentQueue queue(1);
  fill(queue, "a");
  auto pushed = std::async(std::launch::async, [&] { return queue.push("b", OnFull::block); });
  EXPECT_EQ(pushed.wait_for(50ms), std::future_status::timeout);
  queue.interrupt(true);
  EXPECT_FALSE(pushed.get());
  EXPECT_EQ(queue.counts().dropped, 1u);
  queue.delivered(queue.take(kWindow)->id);
  queue.interrupt(false);
  EXPECT_TRUE(queue.push("c", OnFull::block)) << "after the flush it goes on";
}

TEST(DocumentQueue, DrainsWhenAllHasArrivedOrTheTimeIsUp) {
  DocumentQueue queue(2);
  EXPECT_TRUE(queue.drain(0ms));
  fill(queue, "a");
  EXPECT_FALSE(queue.drain(10ms));
  auto drained = std::async(std::launch::async, [&] { return queue.drain(1h); });
  queue.delivered(queue.take(kWindow)->id);
  EXPECT_TRUE(drained.get());
}

TEST(DocumentQueue, LetsEverybodyGoWhenItIsClosed) {
  DocumentQueue queue(1);
  auto waited = std::async(std::launch::async, [&] { return queue.wait(kWindow).has_value(); });
  auto paused = std::async(std::launch::async, [&] { queue.pause(1h); });
  queue.close();
  EXPECT_FALSE(waited.get());
  paused.get();
  EXPECT_TRUE(queue.push("a", OnFull::drop_oldest));
  EXPECT_EQ(queue.counts().dropped, 1u);
}

TEST(DocumentQueue, CountsWhatIsLeftAsDroppedWhenItIsClosed) {
  DocumentQueue queue(5);
  fill(queue, "abc");
  queue.delivered(queue.take(kWindow)->id);
  queue.close();
  EXPECT_EQ(queue.counts().published, 1u);
  EXPECT_EQ(queue.counts().dropped, 2u);
  EXPECT_EQ(queue.counts().queued, 0u);
}

TEST(DocumentQueue, TellsOfEveryChangeThatAPublisherWaitsFor) {
  DocumentQueue queue(5);
  int changes = 0;
  queue.on_change([&] { ++changes; });
  fill(queue, "a");
  EXPECT_EQ(changes, 1);
  queue.delivered(queue.take(kWindow)->id);
  EXPECT_EQ(changes, 2) << "the window has room again";
  queue.close();
  EXPECT_EQ(changes, 3);
}

}  // namespace
}  // namespace mvga::gst::publish
