// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/processor_turns.h"

#include <algorithm>

namespace mvga {

ProcessorTurns::Turn::Turn(ProcessorTurns& turns, int threads)
    : turns_(turns), threads_(std::clamp(threads, 1, turns.processors_)) {
  Waiting self{threads_};
  std::unique_lock lock(turns_.mutex_);
  turns_.line_.push_back(&self);
  turns_.let_in();
  self.called.wait(lock, [&] { return self.let_in; });
}

ProcessorTurns::Turn::~Turn() {
  const std::lock_guard lock(turns_.mutex_);
  turns_.free_ += threads_;
  turns_.let_in();
}

std::size_t ProcessorTurns::waiting() const {
  const std::lock_guard lock(mutex_);
  return line_.size();
}

void ProcessorTurns::let_in() {
  while (!line_.empty() && line_.front()->threads <= free_) {
    Waiting& first = *line_.front();
    line_.pop_front();
    free_ -= first.threads;
    first.let_in = true;
    // It lives until it has the mutex again.
    first.called.notify_one();
  }
}

}  // namespace mvga
