// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/sharing/compute_threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/models/wait_until.h"

namespace mvga::testing {
namespace {

constexpr Processors kAll{16, 16};

constexpr Processors exactly(int processors) {
  return {processors, processors};
}

TEST(ComputeThreads, NeverDoMoreThanThereAreProcessorsFor) {
  constexpr int processors = 4;
  ComputeThreads compute(processors);
  std::atomic<int> busy = 0;
  std::atomic<int> too_many = 0;
  std::atomic<int> done = 0;
  std::vector<std::thread> callers;
  for (int c = 0; c < 8; ++c) {
    const Processors wanted{1 + c % 3, 1 + c};
    callers.emplace_back([&, wanted] {
      for (int i = 0; i < 200; ++i) {
        compute.run(wanted, [&](int has) {
          if ((busy += has) > processors) ++too_many;
          std::this_thread::yield();
          busy -= has;
          ++done;
        });
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(too_many, 0);
  EXPECT_EQ(done, 8 * 200);
  EXPECT_LE(compute.threads(), 4u);
}

TEST(ComputeThreads, DoAsMuchAsThereAreProcessorsFor) {
  ComputeThreads compute(3);
  std::latch together(2);  // each waits for the other
  const auto meet = [&](int) { together.arrive_and_wait(); };
  std::thread other([&] { compute.run(exactly(1), meet); });
  compute.run(exactly(2), meet);
  other.join();
}

TEST(ComputeThreads, GiveAllProcessorsToOneAlone) {
  ComputeThreads compute(3);
  int has = 0;
  compute.run({1, 16}, [&](int processors) { has = processors; });
  EXPECT_EQ(has, 3);
}

/// Keeps all processors busy until it is told to stop.
class Busy {
 public:
  explicit Busy(ComputeThreads& compute)
      : thread_([this, &compute] {
          compute.run(kAll, [this](int) {
            busy_ = true;
            may_stop_.wait();
          });
        }) {
    EXPECT_TRUE(wait_until([&] { return busy_.load(); }));
  }
  ~Busy() { stop(); }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

  void stop() {
    if (!thread_.joinable()) return;
    may_stop_.count_down();
    thread_.join();
  }

 private:
  std::atomic<bool> busy_ = false;
  std::latch may_stop_{1};
  std::thread thread_;
};

TEST(ComputeThreads, DivideTheProcessorsAmongThoseThatWait) {
  ComputeThreads compute(4);
  Busy busy(compute);
  std::latch together(2);  // at the same time, or for ever
  std::atomic<int> has = 0;
  std::vector<std::thread> callers;
  for (int c = 0; c < 2; ++c) {
    callers.emplace_back([&] {
      compute.run({1, 4}, [&](int processors) {
        has += processors == 2;
        together.arrive_and_wait();
      });
    });
  }
  EXPECT_TRUE(wait_until([&] { return compute.waiting() == 2; }));
  busy.stop();
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(has, 2) << "both were to have two of the four";
}

TEST(ComputeThreads, AreOneWhereWorkNeedsAllProcessors) {
  ComputeThreads compute(4);
  std::vector<std::thread> callers;
  for (int c = 0; c < 8; ++c) {
    callers.emplace_back([&] {
      for (int i = 0; i < 20; ++i) compute.run(kAll, [](int) {});
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(compute.threads(), 1u) << "LibTorch would have helpers and memory for each";
}

TEST(ComputeThreads, KeepTheOrderAlsoWhereALaterOneWouldFit) {
  ComputeThreads compute(2);
  Busy busy(compute);
  std::vector<int> order;  // the large one has all processors, the small one comes after it
  std::thread large([&] { compute.run(kAll, [&](int) { order.push_back(2); }); });
  EXPECT_TRUE(wait_until([&] { return compute.waiting() == 1; }));
  std::thread small([&] { compute.run(exactly(1), [&](int) { order.push_back(1); }); });
  EXPECT_TRUE(wait_until([&] { return compute.waiting() == 2; }));
  busy.stop();
  large.join();
  small.join();
  EXPECT_EQ(order, (std::vector<int>{2, 1}));
}

TEST(ComputeThreads, DoNotLetSmallWorkPastLargeWork) {
  ComputeThreads compute(2);
  std::latch may_stop(1);
  std::atomic<bool> busy = false;
  std::thread first([&] {
    compute.run(exactly(1), [&](int) {
      busy = true;
      may_stop.wait();
    });
  });
  EXPECT_TRUE(wait_until([&] { return busy.load(); }));
  std::thread large([&] { compute.run(kAll, [](int) {}); });
  EXPECT_TRUE(wait_until([&] { return compute.waiting() == 1; }));
  std::thread small([&] { compute.run(exactly(1), [](int) {}); });
  EXPECT_TRUE(wait_until([&] { return compute.waiting() == 2; }))
      << "the small one would have a processor, and the large one would wait for ever";
  may_stop.count_down();
  first.join();
  large.join();
  small.join();
}

TEST(ComputeThreads, GiveErrorsToTheCallerAndGoOn) {
  ComputeThreads compute(1);
  EXPECT_THROW(compute.run(exactly(1), [](int) { throw std::runtime_error("failed"); }),
               std::runtime_error);
  bool done = false;
  compute.run(exactly(1), [&](int) { done = true; });
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace mvga::testing
