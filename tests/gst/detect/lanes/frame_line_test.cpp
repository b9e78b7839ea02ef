// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The line in which frames wait for their results, and leave in order.
#include "gst/detect/lanes/frame_line.h"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace mvga::gst {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMost = 4;
constexpr std::size_t kInferenceThreads = 3;

/// What left the line: "3" for frame 3, "tag" for an event.
class Left {
 public:
  void add(const std::string& what) {
    const std::lock_guard lock(mutex_);
    text_ += (text_.empty() ? "" : " ") + what;
    changed_.notify_all();
  }
  std::string text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  /// Pushing waits while it is shut, as before a sink that blocks.
  void shut(bool shut) {
    const std::lock_guard lock(mutex_);
    shut_ = shut;
    changed_.notify_all();
  }
  void wait_while_shut() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !shut_; });
    --waiting_;
  }
  void wait_until_somebody_waits() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_ > 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string text_;
  bool shut_ = false;
  unsigned waiting_ = 0;
};

class FrameLineTest : public ::testing::Test {
 protected:
  static FrameInLine frame(GstClockTime number, Scheduled scheduled = Scheduled::infer) {
    FrameInLine frame;
    frame.buffer.reset(gst_buffer_new());
    GST_BUFFER_PTS(frame.buffer.get()) = number;
    frame.snapshot.times.pts = number;
    frame.scheduled = scheduled;
    return frame;
  }
  Owned<GstEvent> event() { return Owned<GstEvent>(gst_event_new_tag(gst_tag_list_new_empty())); }

  GstFlowReturn leave(FrameInLine frame) {
    left.wait_while_shut();
    const GstClockTime number = GST_BUFFER_PTS(frame.buffer.get());
    if (frame.scheduled == Scheduled::infer && frame.inference.snapshot.times.pts != number)
      left.add("wrong");
    left.add(std::to_string(number));
    return flow;
  }

  Inference infer(const FrameSnapshot& snapshot) {
    Inference inference;
    inference.snapshot = snapshot;
    if (meeting) meeting->arrive_and_wait();
    if (one_at_a_time) inferred.push_back(snapshot.times.pts);
    return inference;
  }

  Left left;
  std::atomic<GstFlowReturn> flow = GST_FLOW_OK;
  std::unique_ptr<std::barrier<>> meeting;  ///< of those that infer
  std::atomic<bool> one_at_a_time = false;
  std::vector<GstClockTime> inferred;  ///< one at a time
  FrameLine line{{[this](GstBuffer*, const FrameSnapshot& snapshot) { return infer(snapshot); },
                  [this] { return one_at_a_time.load(); },
                  [this](FrameInLine frame) { return leave(std::move(frame)); },
                  [this](Owned<GstEvent>) { left.add("tag"); }},
                 {kMost, kInferenceThreads}};
};

TEST_F(FrameLineTest, KeepsFramesAndEventsInOrder) {
  line.enter(frame(1));
  line.enter(frame(2, Scheduled::hold));
  line.enter(event());
  line.enter(frame(3));
  line.enter(event());
  line.drain();
  EXPECT_EQ(left.text(), "1 2 tag 3 tag");
}

TEST_F(FrameLineTest, InfersAsManyFramesAtOnceAsItHasThreads) {
  meeting = std::make_unique<std::barrier<>>(kInferenceThreads);
  for (unsigned i = 0; i < 2 * kInferenceThreads; ++i)
    line.enter(frame(i));  // hangs if they do not meet
  line.drain();
  EXPECT_EQ(left.text(), "0 1 2 3 4 5");
}

TEST_F(FrameLineTest, InfersOneAfterTheOtherWhereThatIsAskedFor) {
  one_at_a_time = true;
  std::vector<GstClockTime> entered;
  for (unsigned i = 0; i < 200; ++i) {
    line.enter(frame(i));
    entered.push_back(i);
  }
  line.drain();
  EXPECT_EQ(inferred, entered);
}

TEST_F(FrameLineTest, HoldsSoManyFramesAndNoMore) {
  left.shut(true);
  for (unsigned i = 0; i < kMost; ++i) EXPECT_EQ(line.enter(frame(i)), GST_FLOW_OK);
  auto more = std::async(std::launch::async, [&] { return line.enter(frame(kMost)); });
  EXPECT_EQ(more.wait_for(50ms), std::future_status::timeout);
  left.shut(false);
  EXPECT_EQ(more.get(), GST_FLOW_OK);
  line.drain();
  EXPECT_EQ(left.text(), "0 1 2 3 4");
}

TEST_F(FrameLineTest, GivesBackWhatPushingCameTo) {
  flow = GST_FLOW_EOS;
  line.enter(frame(1));
  line.drain();
  EXPECT_EQ(line.enter(frame(2)), GST_FLOW_EOS);
  EXPECT_EQ(left.text(), "1");
}

TEST_F(FrameLineTest, DropsAllInAFlushAndGoesOn) {
  left.shut(true);
  for (unsigned i = 0; i < kMost; ++i) line.enter(frame(i));
  left.wait_until_somebody_waits();
  auto blocked = std::async(std::launch::async, [&] { return line.enter(frame(9)); });
  auto draining = std::async(std::launch::async, [&] { line.drain(); });
  line.stop();
  EXPECT_EQ(blocked.get(), GST_FLOW_FLUSHING) << "a stop wakes who waits for room";
  draining.get();
  EXPECT_EQ(line.enter(frame(10)), GST_FLOW_FLUSHING);
  auto resuming = std::async(std::launch::async, [&] { line.resume(); });
  EXPECT_EQ(resuming.wait_for(50ms), std::future_status::timeout) << "a frame is being pushed";
  left.shut(false);
  resuming.get();
  EXPECT_EQ(line.enter(frame(11)), GST_FLOW_OK);
  line.drain();
  EXPECT_EQ(left.text(), "0 11");
}

TEST_F(FrameLineTest, StandsAStormOfFramesEventsAndFlushes) {
  std::atomic<bool> done = false;
  std::thread flushes([&] {
    while (!done) {
      line.stop();
      line.resume();
      std::this_thread::yield();
    }
  });
  for (unsigned i = 0; i < 5000; ++i) {
    line.enter(frame(i, i % 3 == 0 ? Scheduled::hold : Scheduled::infer));
    if (i % 5 == 0) line.enter(event());
    if (i % 50 == 0) line.drain();
  }
  done = true;
  flushes.join();
  line.enter(frame(5000));
  line.drain();
  const std::string text = left.text();
  EXPECT_EQ(text.find("wrong"), std::string::npos);
  EXPECT_EQ(text.substr(text.rfind(' ') + 1), "5000");
}

}  // namespace
}  // namespace mvga::gst
