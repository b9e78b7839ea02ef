// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The frame that another thread infers while the video goes on.
#include "gst/detect/lanes/newest_frame.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

namespace mvga::gst {
namespace {

FrameSnapshot snapshot(GstClockTime pts) {
  FrameSnapshot snapshot;
  snapshot.times.pts = pts;
  return snapshot;
}

/// Inferences that last until they are let go, one at a time.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_ > 0; });
    --open_;
  }
  void let_one_pass() {
    const std::lock_guard lock(mutex_);
    ++open_;
    changed_.notify_all();
  }
  void wait_for(unsigned arrivals) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return arrived_ >= arrivals; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  unsigned arrived_ = 0;
  unsigned open_ = 0;
};

class NewestFrameTest : public ::testing::Test {
 protected:
  void offer(GstClockTime pts) { newest.offer(Owned<GstBuffer>(gst_buffer_new()), snapshot(pts)); }

  Gate gate;
  NewestFrame newest{[this](GstBuffer*, const FrameSnapshot& snapshot) {
    gate.pass();
    Inference inference;
    inference.snapshot = snapshot;
    return inference;
  }};
};

TEST_F(NewestFrameTest, IsTheOneThatIsInferredNext) {
  offer(1);
  gate.wait_for(1);
  for (GstClockTime pts = 2; pts <= 5; ++pts) offer(pts);
  EXPECT_TRUE(newest.collect().empty()) << "offering does not wait";
  gate.let_one_pass();
  gate.let_one_pass();
  newest.wait_until_idle();
  const std::vector<Inference> inferences = newest.collect();
  ASSERT_EQ(inferences.size(), 2u) << "those between are not inferred";
  EXPECT_EQ(inferences[0].snapshot.times.pts, 1u);
  EXPECT_EQ(inferences[1].snapshot.times.pts, 5u);
  EXPECT_TRUE(newest.collect().empty()) << "each once";
}

TEST_F(NewestFrameTest, HasNoInferenceAfterAFlush) {
  offer(1);
  gate.wait_for(1);
  offer(2);
  newest.forget();
  gate.let_one_pass();
  newest.wait_until_idle();
  EXPECT_TRUE(newest.collect().empty());
  offer(3);
  gate.let_one_pass();
  newest.wait_until_idle();
  EXPECT_EQ(newest.collect().size(), 1u);
}

TEST(NewestFrame, IsLetGoOfWhenItWasInferred) {
  NewestFrame newest([](GstBuffer*, const FrameSnapshot&) { return Inference(); });
  GstBuffer* buffer = gst_buffer_new();
  newest.offer(Owned<GstBuffer>(gst_buffer_ref(buffer)), snapshot(1));
  newest.wait_until_idle();
  EXPECT_TRUE(gst_buffer_is_writable(buffer));
  gst_buffer_unref(buffer);
}

TEST(NewestFrame, StandsAStorm) {
  std::atomic<unsigned> inferred = 0;
  unsigned collected = 0;
  {
    NewestFrame newest([&](GstBuffer*, const FrameSnapshot&) {
      ++inferred;
      return Inference();
    });
    for (unsigned i = 0; i < 20000; ++i) {
      newest.offer(Owned<GstBuffer>(gst_buffer_new()), snapshot(i));
      if (i % 7 == 0) collected += static_cast<unsigned>(newest.collect().size());
      if (i % 1000 == 999) newest.forget();
    }
    newest.offer(Owned<GstBuffer>(gst_buffer_new()), snapshot(0));
    newest.wait_until_idle();
    collected += static_cast<unsigned>(newest.collect().size());
  }
  EXPECT_GT(inferred, 0u);
  EXPECT_LE(collected, inferred.load());
}

}  // namespace
}  // namespace mvga::gst
