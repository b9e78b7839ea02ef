// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/sharing/shared_values.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace mvga::testing {
namespace {

using Numbers = SharedValues<std::string, int>;

bool any(int) {
  return true;
}

TEST(SharedValues, AreMadeOnceForAllWhoAskAtTheSameTime) {
  constexpr int askers = 8;
  Numbers numbers;
  std::atomic<int> made = 0;
  std::latch start(askers);
  std::vector<std::shared_ptr<int>> got(askers);
  std::vector<std::thread> threads;
  for (int t = 0; t < askers; ++t) {
    threads.emplace_back([&, t] {
      start.arrive_and_wait();
      got[t] = numbers.get("a", any, [&] { return std::make_shared<int>(++made); });
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
  for (const auto& value : got) EXPECT_EQ(value, got[0]);
}

TEST(SharedValues, GoWithTheirLastUser) {
  Numbers numbers;
  const auto seven = [] { return std::make_shared<int>(7); };
  std::shared_ptr<int> first = numbers.get("a", any, seven);
  std::shared_ptr<int> second = numbers.get("a", any, seven);
  const std::weak_ptr<int> value = first;
  first.reset();
  EXPECT_FALSE(value.expired()) << "the second still uses it";
  second.reset();
  EXPECT_TRUE(value.expired()) << "nobody uses it, and it is still there";
  EXPECT_EQ(*numbers.get("a", any, [] { return std::make_shared<int>(8); }), 8);
}

TEST(SharedValues, AreReplacedWhereTheyDoNotSuit) {
  Numbers numbers;
  const auto at_least = [&](int wanted) {
    return numbers.get(
        "a", [&](int has) { return has >= wanted; }, [&] { return std::make_shared<int>(wanted); });
  };
  const auto low = at_least(1);
  const auto high = at_least(3);
  EXPECT_EQ(*low, 1) << "its users keep it";
  EXPECT_EQ(*high, 3);
  EXPECT_EQ(at_least(2), high);
  EXPECT_EQ(at_least(1), high);
}

TEST(SharedValues, AreTriedAgainAfterAFailure) {
  Numbers numbers;
  const auto fail = [&]() -> std::shared_ptr<int> { throw std::runtime_error("not now"); };
  EXPECT_THROW(numbers.get("a", any, fail), std::runtime_error);
  EXPECT_THROW(numbers.get("a", any, fail), std::runtime_error);
  EXPECT_EQ(*numbers.get("a", any, [] { return std::make_shared<int>(7); }), 7);
}

TEST(SharedValues, DoNotWaitForAnotherKey) {
  Numbers numbers;
  std::promise<void> b_is_made;
  std::shared_ptr<int> a;
  std::thread slow([&] {
    a = numbers.get("a", any, [&] {
      const auto b = b_is_made.get_future().wait_for(std::chrono::minutes(1));
      return std::make_shared<int>(b == std::future_status::ready);
    });
  });
  numbers.get("b", any, [] { return std::make_shared<int>(2); });
  b_is_made.set_value();
  slow.join();
  EXPECT_EQ(*a, 1) << "b had to wait until a was made";
}

}  // namespace
}  // namespace mvga::testing
