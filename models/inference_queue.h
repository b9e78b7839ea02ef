// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures that wait for their features, and the thread that sees to them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "models/backbone.h"

namespace mvga {

/// The rules are those of share_inference in models/shared_inference.h.
class InferenceQueue {
 public:
  explicit InferenceQueue(std::shared_ptr<const Backbone> backbone);
  /// Nobody may be waiting any more.
  ~InferenceQueue();
  InferenceQueue(const InferenceQueue&) = delete;
  InferenceQueue& operator=(const InferenceQueue&) = delete;

  const Backbone& backbone() const { return *backbone_; }
  /// The largest that was ever allowed counts.
  void allow_batches_of(int size);

  /// Waits for the picture's turn and for its features.
  Levels extract(const RgbView& image);
  /// How many pictures wait for their turn now.
  std::size_t waiting() const;

 private:
  struct Request {
    RgbView image;
    std::promise<Levels> features;
  };

  void work();
  /// Waits for the next ones; empty at the end.
  std::vector<Request> next_batch();
  void answer(std::vector<Request>& batch) const;
  void answer_alone(Request& request) const;

  std::shared_ptr<const Backbone> backbone_;
  mutable std::mutex mutex_;  ///< of what follows
  std::condition_variable changed_;
  std::deque<Request> waiting_;
  std::size_t largest_batch_ = 1;
  bool ending_ = false;
  std::thread thread_;  ///< the last member: it uses the others
};

}  // namespace mvga
