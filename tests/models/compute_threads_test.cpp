// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/compute_threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/models/wait_until.h"

namespace mvga::testing {
namespace {

TEST(ComputeThreads, NeverDoMoreThanThereAreProcessorsFor) {
  constexpr int processors = 4;
  ComputeThreads compute(processors);
  std::atomic<int> busy = 0;
  std::atomic<int> too_many = 0;
  std::atomic<int> done = 0;
  std::vector<std::thread> callers;
  for (int c = 0; c < 8; ++c) {
    const int needed = 1 + c % 3;
    callers.emplace_back([&, needed] {
      for (int i = 0; i < 200; ++i) {
        compute.run(needed, [&] {
          if ((busy += needed) > processors) ++too_many;
          std::this_thread::yield();
          busy -= needed;
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
  std::thread other([&] { compute.run(1, [&] { together.arrive_and_wait(); }); });
  compute.run(2, [&] { together.arrive_and_wait(); });
  other.join();
}

TEST(ComputeThreads, AreOneWhereWorkNeedsAllProcessors) {
  ComputeThreads compute(4);
  std::vector<std::thread> callers;
  for (int c = 0; c < 8; ++c) {
    callers.emplace_back([&] {
      for (int i = 0; i < 20; ++i) compute.run(16, [] {});
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(compute.threads(), 1u) << "LibTorch would have helpers and memory for each";
}

TEST(ComputeThreads, KeepTheOrderAlsoWhereALaterOneWouldFit) {
  ComputeThreads compute(2);
  std::latch may_go_on(1);
  std::atomic<bool> busy = false;
  std::thread first([&] {
    compute.run(1, [&] {
      busy = true;
      may_go_on.wait();
    });
  });
  EXPECT_TRUE(wait_until([&] { return busy.load(); }));
  std::vector<int> order;  // the large one has all processors, the small one comes after it
  std::thread large([&] { compute.run(2, [&] { order.push_back(2); }); });
  EXPECT_TRUE(wait_until([&] { return compute.waiting() == 1; }));
  std::thread small([&] { compute.run(1, [&] { order.push_back(1); }); });
  EXPECT_TRUE(wait_until([&] { return compute.waiting() == 2; }))
      << "the one that needs few went past the one that needs many";
  may_go_on.count_down();
  first.join();
  large.join();
  small.join();
  EXPECT_EQ(order, (std::vector<int>{2, 1}));
}

TEST(ComputeThreads, GiveErrorsToTheCallerAndGoOn) {
  ComputeThreads compute(1);
  EXPECT_THROW(compute.run(1, [] { throw std::runtime_error("failed"); }), std::runtime_error);
  bool done = false;
  compute.run(1, [&] { done = true; });
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace mvga::testing
