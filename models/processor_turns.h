// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Who computes when more want to than there are processors.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>

namespace mvga {

/// Lets in as much work at once as there are processors for, in the order in which it came: more
/// would only get into each other's way. What needs few waits behind what needs many, so that
/// nothing waits for ever. Safe to use from several threads at once.
class ProcessorTurns {
 public:
  explicit ProcessorTurns(int processors) : processors_(processors), free_(processors) {}

  /// How many wait now.
  std::size_t waiting() const;

  /// The right to use some processors, given back at the end of the scope.
  class Turn {
   public:
    /// Waits. More threads than there are processors: all of them.
    Turn(ProcessorTurns& turns, int threads);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    ProcessorTurns& turns_;
    int threads_;
  };

 private:
  struct Waiting {
    int threads;
    std::condition_variable called = {};
    bool let_in = false;
  };

  /// With mutex_ held.
  void let_in();

  mutable std::mutex mutex_;  ///< of free_ and line_
  const int processors_;
  int free_;
  std::deque<Waiting*> line_;
};

}  // namespace mvga
