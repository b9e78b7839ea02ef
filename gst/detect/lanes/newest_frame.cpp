// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/lanes/newest_frame.h"

#include <utility>

namespace mvga::gst {

NewestFrame::NewestFrame(Infer infer)
    : infer_(std::move(infer)),
      worker_([this](const std::stop_token& stopped) { serve(stopped); }) {}

void NewestFrame::offer(Owned<GstBuffer> buffer, const FrameSnapshot& snapshot) {
  std::optional<Waiting> old(Waiting{std::move(buffer), snapshot});
  {
    const std::lock_guard lock(mutex_);
    waiting_.swap(old);
  }
  changed_.notify_all();
}

std::vector<Inference> NewestFrame::collect() {
  const std::lock_guard lock(mutex_);
  return std::exchange(inferences_, {});
}

void NewestFrame::wait_until_idle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !waiting_ && !inferring_; });
}

void NewestFrame::forget() {
  std::optional<Waiting> old;
  const std::lock_guard lock(mutex_);
  waiting_.swap(old);
  inferences_.clear();
  ++epoch_;
}

void NewestFrame::serve(const std::stop_token& stopped) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stopped, [this] { return waiting_.has_value(); })) {
    std::optional<Waiting> frame = std::exchange(waiting_, std::nullopt);
    const std::uint64_t epoch = epoch_;
    inferring_ = true;
    lock.unlock();
    Inference inference = infer_(frame->buffer.get(), frame->snapshot);
    frame.reset();
    lock.lock();
    inferring_ = false;
    if (epoch == epoch_) inferences_.push_back(std::move(inference));
    changed_.notify_all();
  }
}

}  // namespace mvga::gst
