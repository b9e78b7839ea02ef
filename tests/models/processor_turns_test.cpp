// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/processor_turns.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include "tests/models/wait_until.h"

namespace mvga::testing {
namespace {

TEST(ProcessorTurns, NeverLetInMoreThanThereAreProcessorsFor) {
  constexpr int processors = 4;
  ProcessorTurns turns(processors);
  std::atomic<int> busy = 0;
  std::atomic<int> too_many = 0;
  std::vector<std::thread> workers;
  for (int w = 0; w < 8; ++w) {
    const int threads = 1 + w % 3;
    workers.emplace_back([&, threads] {
      for (int i = 0; i < 200; ++i) {
        const ProcessorTurns::Turn turn(turns, threads);
        if ((busy += threads) > processors) ++too_many;
        std::this_thread::yield();
        busy -= threads;
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(too_many, 0);
}

TEST(ProcessorTurns, LetInAsManyAsThereAreProcessorsFor) {
  ProcessorTurns turns(3);
  const ProcessorTurns::Turn two(turns, 2);
  const ProcessorTurns::Turn one(turns, 1);  // would wait for ever
  EXPECT_EQ(turns.waiting(), 0u);
}

TEST(ProcessorTurns, GiveAllToWhoAsksForMore) {
  ProcessorTurns turns(2);
  { const ProcessorTurns::Turn all(turns, 16); }
  const ProcessorTurns::Turn again(turns, 2);
  EXPECT_EQ(turns.waiting(), 0u);
}

TEST(ProcessorTurns, KeepTheOrderAlsoWhereALaterOneWouldFit) {
  ProcessorTurns turns(2);
  std::optional<ProcessorTurns::Turn> busy(std::in_place, turns, 1);
  std::vector<int> order;  // written by who has both processors, or waits behind them
  std::thread large([&] {
    const ProcessorTurns::Turn turn(turns, 2);
    order.push_back(2);
  });
  ASSERT_TRUE(wait_until([&] { return turns.waiting() == 1; }));
  std::thread small([&] {
    const ProcessorTurns::Turn turn(turns, 1);
    order.push_back(1);
  });
  EXPECT_TRUE(wait_until([&] { return turns.waiting() == 2; }))
      << "the one that needs few went past the one that needs many";
  busy.reset();
  large.join();
  small.join();
  EXPECT_EQ(order, (std::vector<int>{2, 1}));
}

}  // namespace
}  // namespace mvga::testing
