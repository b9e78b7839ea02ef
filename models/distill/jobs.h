// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Independent jobs on a few threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace mvga::distill {

/// Calls job(0) to job(count - 1), each once, in any order.
/// @throws what a job threw, after all threads have ended
template <typename Job>
void run_jobs(std::size_t count, int threads, const Job& job) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex failing;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) job(i);
    } catch (...) {
      const std::lock_guard lock(failing);
      failure = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> all;
    all.reserve(static_cast<std::size_t>(threads));
    for (int t = 0; t < threads; ++t) all.emplace_back(work);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace mvga::distill
