// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/sharing/inference_queue.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

namespace mvga {

InferenceQueue::InferenceQueue(std::shared_ptr<const Backbone> backbone)
    : backbone_(std::move(backbone)), thread_([this] { work(); }) {}

InferenceQueue::~InferenceQueue() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void InferenceQueue::allow(const Batching& batching) {
  const std::lock_guard lock(mutex_);
  batching_.size = std::max(batching_.size, batching.size);
  batching_.timeout = std::max(batching_.timeout, batching.timeout);
}

Levels InferenceQueue::extract(const RgbView& image) {
  std::future<Levels> features;
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({image, std::chrono::steady_clock::now(), {}});
    features = waiting_.back().features.get_future();
  }
  changed_.notify_one();
  return features.get();
}

std::size_t InferenceQueue::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void InferenceQueue::work() {
  for (std::vector<Request> batch = next_batch(); !batch.empty(); batch = next_batch())
    answer(batch);
}

std::vector<InferenceQueue::Request> InferenceQueue::next_batch() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
  if (batching_.timeout.count() > 0 && !ending_) {
    const auto enough = [&] { return ending_ || waiting_.size() >= batching_.size; };
    changed_.wait_until(lock, waiting_.front().came + batching_.timeout, enough);
  }
  const auto end =
      waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(batching_.size, waiting_.size()));
  std::vector<Request> batch(std::make_move_iterator(waiting_.begin()),
                             std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  return batch;
}

void InferenceQueue::answer(std::vector<Request>& batch) const {
  if (batch.size() == 1) return answer_alone(batch.front());
  std::vector<Levels> features;
  try {
    std::vector<RgbView> images;
    images.reserve(batch.size());
    for (const Request& request : batch) images.push_back(request.image);
    features = backbone_->extract_batch(images);
  } catch (...) {
    for (Request& request : batch) answer_alone(request);
    return;
  }
  for (std::size_t i = 0; i < batch.size(); ++i)
    batch[i].features.set_value(std::move(features[i]));
}

void InferenceQueue::answer_alone(Request& request) const {
  try {
    request.features.set_value(backbone_->extract(request.image));
  } catch (...) {
    request.features.set_exception(std::current_exception());
  }
}

}  // namespace mvga
