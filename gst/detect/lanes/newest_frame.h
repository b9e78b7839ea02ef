// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// inference-mode=decoupled: another thread infers the newest frame, the video does not wait.
#pragma once

#include <gst/gst.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "gst/detect/frame.h"
#include "gst/frames/handles.h"

namespace mvga::gst {

/// Holds one frame that waits, and one that is being inferred. Thread-safe.
class NewestFrame {
 public:
  using Infer = std::function<Inference(GstBuffer*, const FrameSnapshot&)>;

  /// @param infer called on a thread of its own
  explicit NewestFrame(Infer infer);
  NewestFrame(const NewestFrame&) = delete;
  NewestFrame& operator=(const NewestFrame&) = delete;
  /// Waits for an inference that is going on.
  ~NewestFrame() = default;

  /// Puts a frame in the place of the one that waits.
  void offer(Owned<GstBuffer> buffer, const FrameSnapshot& snapshot);
  /// What has come out since the last call, oldest first.
  std::vector<Inference> collect();
  /// Waits until all that was offered has been inferred.
  void wait_until_idle();
  /// Frames offered so far have no inference any more.
  void forget();

 private:
  struct Waiting {
    Owned<GstBuffer> buffer;
    FrameSnapshot snapshot;
  };
  void serve(const std::stop_token& stopped);

  Infer infer_;
  std::mutex mutex_;  ///< of what follows
  std::optional<Waiting> waiting_;
  bool inferring_ = false;
  std::uint64_t epoch_ = 0;  ///< counts calls of forget()
  std::vector<Inference> inferences_;
  std::condition_variable_any changed_;
  std::jthread worker_;  ///< the last member, as it uses the others
};

}  // namespace mvga::gst
