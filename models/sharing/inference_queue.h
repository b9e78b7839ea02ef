// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Images that wait for their features, and the thread that sees to them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/features/backbone.h"

namespace mvga {

/// How images are put together.
struct Batching {
  std::size_t size = 1;  ///< so many at once at most; at least 1
  /// A batch that is not full waits so long for more, from its first image on, and so does
  /// whoever wants to stop. 0: no longer than for the images before it.
  std::chrono::nanoseconds timeout{0};
};

/// The rules are those of share_inference in models/sharing/shared_inference.h.
class InferenceQueue {
 public:
  explicit InferenceQueue(std::shared_ptr<const Backbone> backbone);
  /// Nobody may be waiting any more.
  ~InferenceQueue();
  InferenceQueue(const InferenceQueue&) = delete;
  InferenceQueue& operator=(const InferenceQueue&) = delete;

  const Backbone& backbone() const { return *backbone_; }
  /// The largest size and the longest timeout that were ever allowed count.
  void allow(const Batching& batching);

  /// Waits for the image's turn and for its features.
  Levels extract(const RgbView& image);
  /// How many images wait for their turn now.
  std::size_t waiting() const;

 private:
  struct Request {
    RgbView image;
    std::chrono::steady_clock::time_point came;
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
  Batching batching_;
  bool ending_ = false;
  std::thread thread_;  ///< the last member: it uses the others
};

}  // namespace mvga
