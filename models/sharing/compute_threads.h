// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The threads on which a process computes, however many ask for it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

namespace mvga {

/// How many processors work can use.
struct Processors {
  int least = 1;
  int most = 1;
};

/// Runs as much work at once as there are processors for, in the order in which it came: more would
/// only get into each other's way. Those that wait together share what is free: many at once with
/// one processor each are done sooner than one after the other with all. What needs few processors
/// waits behind what needs many, so that nothing waits for ever.
/// The work is done on threads of its own and not on the callers', as few as will do: LibTorch
/// keeps helpers and memory for every thread that it was called on, and OpenMP's helpers go on
/// looking for work for a while, on processors that others wait for. Safe to use from several
/// threads at once.
class ComputeThreads {
 public:
  explicit ComputeThreads(int processors);
  /// Nobody may be waiting any more.
  ~ComputeThreads();
  ComputeThreads(const ComputeThreads&) = delete;
  ComputeThreads& operator=(const ComputeThreads&) = delete;

  /// Waits for the turn, and until the work is done; throws what it throws.
  /// @param wanted more than there are: all
  /// @param work is told how many processors it has
  void run(const Processors& wanted, std::function<void(int)> work);

  /// How much work waits for its turn now, and how many threads there are.
  std::size_t waiting() const;
  std::size_t threads() const;

 private:
  struct Job {
    Processors wanted;
    std::packaged_task<void(int)> work;
  };

  void serve();
  // With mutex_ held:
  bool next_fits() const;
  void call_a_thread_for_next();

  const int processors_;
  mutable std::mutex mutex_;  ///< of what follows
  std::condition_variable changed_;
  int free_;
  std::deque<Job> line_;
  std::size_t idle_ = 0;  ///< threads without work
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace mvga
