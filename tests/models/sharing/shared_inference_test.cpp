// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/sharing/shared_inference.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <future>
#include <latch>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "models/sharing/inference_queue.h"
#include "tests/models/wait_until.h"

namespace mvga::testing {
namespace {

using Batch = std::vector<int>;

/// An image of one pixel, which is its number; the only feature is that number.
struct Image {
  explicit Image(int number) : pixel{static_cast<std::uint8_t>(number), 0, 0} {}
  RgbView view() const { return {pixel, 1, 1, 3}; }

  std::uint8_t pixel[3];
};

int number_of(const Levels& levels) {
  return static_cast<int>(*levels.at(0).values);
}

constexpr int kBad = 13;
constexpr int kSlow = 99;

/// Remembers what it was given together. Waits at kSlow until it may go on, and throws for kBad.
class RecordingBackbone : public Backbone {
 public:
  RecordingBackbone() {
    info_.architecture = "recording";
    info_.input_size = 1;
    info_.levels = {{0, 1, 1, 1}};
  }
  const BackboneInfo& info() const override { return info_; }
  BackboneInfo& change() { return info_; }

  Levels extract(const RgbView& image) const override {
    return std::move(extract_batch({&image, 1}).front());
  }
  std::vector<Levels> extract_batch(std::span<const RgbView> images) const override {
    Batch batch;
    std::vector<Levels> all;
    bool slow = false, bad = false;
    for (const RgbView& image : images) {
      batch.push_back(image.data[0]);
      slow |= batch.back() == kSlow;
      bad |= batch.back() == kBad;
      const auto value = std::make_shared<const float>(static_cast<float>(batch.back()));
      all.push_back({FeatureMap{0, 1, 1, 1, value}});
    }
    batches.push_back(batch);
    ++calls;
    if (slow) may_go_on.wait();
    if (bad) throw Error(ErrorKind::engine, "13 is bad");
    return all;
  }

  mutable std::vector<Batch> batches;  ///< of the one thread that calls
  mutable std::atomic<int> calls = 0;
  mutable std::latch may_go_on{1};

 private:
  BackboneInfo info_;
};

/// A queue whose thread is busy with kSlow while images line up, one after the other.
class BusyQueue {
 public:
  explicit BusyQueue(std::size_t batch_size) : queue_(backbone) {
    queue_.allow({batch_size});
    push(kSlow);
    busy_ = wait_until([&] { return backbone->calls == 1; });
  }
  ~BusyQueue() { join(); }
  BusyQueue(const BusyQueue&) = delete;
  BusyQueue& operator=(const BusyQueue&) = delete;

  void line_up(const std::vector<int>& numbers) {
    for (const int number : numbers) {
      const std::size_t before = queue_.waiting();
      push(number);
      busy_ = busy_ && wait_until([&] { return queue_.waiting() == before + 1; });
    }
    EXPECT_TRUE(busy_) << "the images did not line up";
  }

  /// Lets the thread go on, and returns what came out: the images' numbers, or -1 for an error.
  std::vector<int> finish() {
    join();
    std::vector<int> numbers;
    for (std::future<int>& result : results_) numbers.push_back(result.get());
    return numbers;
  }

  const std::shared_ptr<RecordingBackbone> backbone = std::make_shared<RecordingBackbone>();

 private:
  void push(int number) {
    std::packaged_task<int()> task([this, number] {
      try {
        return number_of(queue_.extract(Image(number).view()));
      } catch (const Error& e) {
        return e.kind() == ErrorKind::engine ? -1 : -2;
      }
    });
    results_.push_back(task.get_future());
    streams_.emplace_back(std::move(task));
  }
  void join() {
    if (!backbone->may_go_on.try_wait()) backbone->may_go_on.count_down();
    for (std::thread& stream : streams_)
      if (stream.joinable()) stream.join();
  }

  InferenceQueue queue_;
  std::vector<std::future<int>> results_;
  std::vector<std::thread> streams_;
  bool busy_ = false;
};

TEST(InferenceQueue, TakesThoseFirstThatHaveWaitedLongest) {
  BusyQueue queue(1);
  queue.line_up({5, 3, 4, 1, 2});
  EXPECT_EQ(queue.finish(), (std::vector<int>{kSlow, 5, 3, 4, 1, 2}));
  EXPECT_EQ(queue.backbone->batches, (std::vector<Batch>{{kSlow}, {5}, {3}, {4}, {1}, {2}}));
}

TEST(InferenceQueue, InfersTogetherWhatWaits) {
  BusyQueue queue(3);
  queue.line_up({1, 2, 3, 4, 5});
  EXPECT_EQ(queue.finish(), (std::vector<int>{kSlow, 1, 2, 3, 4, 5}));
  EXPECT_EQ(queue.backbone->batches, (std::vector<Batch>{{kSlow}, {1, 2, 3}, {4, 5}}))
      << "kSlow was not to wait for others";
}

TEST(InferenceQueue, AnImageThatFailsFailsNoOther) {
  BusyQueue queue(4);
  queue.line_up({1, kBad, 2, 3});
  EXPECT_EQ(queue.finish(), (std::vector<int>{kSlow, 1, -1, 2, 3}));
  EXPECT_EQ(queue.backbone->batches[1], (Batch{1, kBad, 2, 3}));
}

/// The batches of two images, of which the second comes some time after the first.
std::vector<Batch> batches_of_two(const Batching& batching, std::chrono::milliseconds between) {
  const auto backbone = std::make_shared<RecordingBackbone>();
  InferenceQueue queue(backbone);
  queue.allow(batching);
  auto first = std::async(std::launch::async, [&] { queue.extract(Image(1).view()); });
  std::this_thread::sleep_for(between);
  queue.extract(Image(2).view());
  first.get();
  return backbone->batches;
}

TEST(InferenceQueue, WaitsForABatchToFillUp) {
  EXPECT_EQ(batches_of_two({2, std::chrono::hours(1)}, std::chrono::milliseconds(20)),
            (std::vector<Batch>{{1, 2}}));
}

TEST(InferenceQueue, WaitsNoLongerThanItsTimeout) {
  EXPECT_EQ(batches_of_two({2, std::chrono::milliseconds(1)}, std::chrono::milliseconds(100)),
            (std::vector<Batch>{{1}, {2}}));
}

TEST(InferenceQueue, WaitsForNothingByDefault) {
  EXPECT_EQ(batches_of_two({2}, std::chrono::milliseconds(100)), (std::vector<Batch>{{1}, {2}}));
}

TEST(InferenceQueue, GoesOnAfterAFailure) {
  InferenceQueue queue(std::make_shared<RecordingBackbone>());
  EXPECT_THROW(queue.extract(Image(kBad).view()), Error);
  EXPECT_EQ(number_of(queue.extract(Image(1).view())), 1);
}

TEST(SharedInference, IsOneForAnInstance) {
  const auto first = std::make_shared<RecordingBackbone>();
  const auto second = std::make_shared<RecordingBackbone>();
  const auto a = share_inference("line", first, {});
  const auto b = share_inference("line", second, {});
  a->extract(Image(1).view());
  b->extract(Image(2).view());
  EXPECT_EQ(first->calls, 2);
  EXPECT_EQ(second->calls, 0);
  EXPECT_EQ(second.use_count(), 1) << "it is kept though nobody needs it";
}

TEST(SharedInference, KeepsInstancesAndNetworksApart) {
  const auto own_queue = [](const char* instance, auto change) {
    const auto shared = share_inference("line", std::make_shared<RecordingBackbone>(), {});
    const auto other = std::make_shared<RecordingBackbone>();
    change(other->change());
    share_inference(instance, other, {})->extract(Image(1).view());
    return other->calls == 1;
  };
  const auto same = [](BackboneInfo&) {};
  EXPECT_FALSE(own_queue("line", same));
  EXPECT_TRUE(own_queue("gate", same));
  EXPECT_TRUE(own_queue("line", [](auto& i) { i.architecture = "another"; }));
  EXPECT_TRUE(own_queue("line", [](auto& i) { i.weights_sha256 = "another"; }));
  EXPECT_TRUE(own_queue("line", [](auto& i) { i.levels.push_back({1, 1, 1, 1}); }));
  EXPECT_TRUE(own_queue("line", [](auto& i) { i.input_size = 2; }));
  EXPECT_TRUE(own_queue("line", [](auto& i) { i.device = "cuda:1"; }));
  EXPECT_TRUE(own_queue("line", [](auto& i) { i.precision = Precision::bf16; }));
}

TEST(SharedInference, EndsWithItsLastUser) {
  auto backbone = std::make_shared<RecordingBackbone>();
  const std::weak_ptr<RecordingBackbone> alive = backbone;
  auto a = share_inference("line", std::move(backbone), {});
  auto b = share_inference("line", std::make_shared<RecordingBackbone>(), {});
  a.reset();
  EXPECT_FALSE(alive.expired());
  b.reset();
  EXPECT_TRUE(alive.expired()) << "the thread and what it uses are still there";
}

TEST(SharedInference, OfOneAloneHasAQueueOfItsOwn) {
  const auto first = std::make_shared<RecordingBackbone>();
  const auto second = std::make_shared<RecordingBackbone>();
  infer_in_batches(first, {})->extract(Image(1).view());
  infer_in_batches(second, {})->extract(Image(2).view());
  EXPECT_EQ(first->calls, 1);
  EXPECT_EQ(second->calls, 1);
}

TEST(SharedInference, GivesEveryStreamItsOwn) {
  constexpr int streams = 8;
  std::atomic<int> wrong = 0;
  std::latch start(streams);
  std::vector<std::thread> threads;
  for (int s = 0; s < streams; ++s) {
    threads.emplace_back([&, s] {
      const Batching batching{1 + static_cast<std::size_t>(s), std::chrono::microseconds(50 * s)};
      start.arrive_and_wait();
      // Some come while others go.
      for (int round = 0; round < 4; ++round) {
        const auto backbone =
            share_inference("line", std::make_shared<RecordingBackbone>(), batching);
        for (int i = 0; i < 25; ++i) {
          const int number = (s == 7 && i % 5 == 0) ? kBad : s;
          try {
            wrong += number_of(backbone->extract(Image(number).view())) != number;
          } catch (const Error&) {
            wrong += number != kBad;
          }
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace mvga::testing
