// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/lanes/newest_frame.h"

#include <utility>

namespace mvga::gst {

NewestFrame::NewestFrame(Look look)
    : look_(std::move(look)), worker_([this](const std::stop_token& stopped) { serve(stopped); }) {}

void NewestFrame::offer(Owned<GstBuffer> buffer, const FrameFacts& facts) {
  std::optional<Waiting> old(Waiting{std::move(buffer), facts});
  {
    const std::lock_guard lock(mutex_);
    waiting_.swap(old);
  }
  changed_.notify_all();
}

std::vector<Outcome> NewestFrame::collect() {
  const std::lock_guard lock(mutex_);
  return std::exchange(outcomes_, {});
}

void NewestFrame::wait_until_idle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !waiting_ && !looking_; });
}

void NewestFrame::forget() {
  std::optional<Waiting> old;
  const std::lock_guard lock(mutex_);
  waiting_.swap(old);
  outcomes_.clear();
  ++epoch_;
}

void NewestFrame::serve(const std::stop_token& stopped) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stopped, [this] { return waiting_.has_value(); })) {
    std::optional<Waiting> frame = std::exchange(waiting_, std::nullopt);
    const std::uint64_t epoch = epoch_;
    looking_ = true;
    lock.unlock();
    Outcome outcome = look_(frame->buffer.get(), frame->facts);
    frame.reset();
    lock.lock();
    looking_ = false;
    if (epoch == epoch_) outcomes_.push_back(std::move(outcome));
    changed_.notify_all();
  }
}

}  // namespace mvga::gst
