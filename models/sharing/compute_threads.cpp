// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/sharing/compute_threads.h"

#include <algorithm>
#include <utility>

namespace mvga {

ComputeThreads::ComputeThreads(int processors) : processors_(processors), free_(processors) {}

ComputeThreads::~ComputeThreads() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ComputeThreads::run(const Processors& wanted, std::function<void(int)> work) {
  const int least = std::clamp(wanted.least, 1, processors_);
  Job job{{least, std::clamp(wanted.most, least, processors_)},
          std::packaged_task<void(int)>(std::move(work))};
  std::future<void> done = job.work.get_future();
  {
    const std::lock_guard lock(mutex_);
    line_.push_back(std::move(job));
    call_a_thread_for_next();
  }
  done.get();
}

std::size_t ComputeThreads::waiting() const {
  const std::lock_guard lock(mutex_);
  return line_.size();
}

std::size_t ComputeThreads::threads() const {
  const std::lock_guard lock(mutex_);
  return threads_.size();
}

bool ComputeThreads::next_fits() const {
  return !line_.empty() && line_.front().wanted.least <= free_;
}

void ComputeThreads::call_a_thread_for_next() {
  if (!next_fits()) return;
  if (idle_ > 0) {
    changed_.notify_one();
  } else if (threads_.size() < static_cast<std::size_t>(processors_)) {
    ++idle_;
    threads_.emplace_back([this] { serve(); });
  }
}

void ComputeThreads::serve() {
  std::unique_lock lock(mutex_);  // idle, as it was counted when it was called
  for (;;) {
    changed_.wait(lock, [&] { return ending_ || next_fits(); });
    if (!next_fits()) return;
    --idle_;
    const int share = free_ / static_cast<int>(line_.size());
    Job job = std::move(line_.front());
    line_.pop_front();
    const int processors = std::clamp(share, job.wanted.least, job.wanted.most);
    free_ -= processors;
    call_a_thread_for_next();
    lock.unlock();
    job.work(processors);
    lock.lock();
    free_ += processors;
    ++idle_;
    // This thread takes the next itself; there may be room for the one after it.
  }
}

}  // namespace mvga
