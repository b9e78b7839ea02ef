// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How times are compared on a machine that other work makes faster and slower: in turn, in many
// short rounds. Each round gives a ratio; what is reported is their median and their quartiles.
#pragma once

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace mvga::benchmarks {

struct Spread {
  double lower = 0;  ///< quartile
  double median = 0;
  double upper = 0;  ///< quartile
};

inline Spread spread(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    return values[static_cast<std::size_t>(
        std::lround(share * static_cast<double>(values.size() - 1)))];
  };
  return {at(0.25), at(0.5), at(0.75)};
}

inline double milliseconds(const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// What this thread had of a processor, which others on the machine take less from.
inline double processor_milliseconds(const std::function<void()>& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
  };
  const double start = now();
  work();
  return now() - start;
}

struct Contender {
  std::string name;
  std::function<void()> work;
  std::vector<double> rounds = {};  ///< milliseconds of the fastest run of each round
};

/// In every round each contender has one untimed and then `repeats` timed runs; who begins changes
/// from round to round.
inline void run_in_turn(std::vector<Contender>& contenders, int rounds, int repeats,
                        double (*time)(const std::function<void()>&) = milliseconds) {
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < contenders.size(); ++i) {
      Contender& c = contenders[(i + static_cast<std::size_t>(round)) % contenders.size()];
      c.work();
      double fastest = time(c.work);
      for (int r = 1; r < repeats; ++r) fastest = std::min(fastest, time(c.work));
      c.rounds.push_back(fastest);
    }
  }
}

/// Round by round, so that a slow second counts on both sides.
inline Spread ratio(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) ratios.push_back(a[i] / b[i]);
  return spread(std::move(ratios));
}

}  // namespace mvga::benchmarks
