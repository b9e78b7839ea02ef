// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Infers frames: learns them as long as there is no model, scores them afterwards.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

#include "gst/detect/frame.h"
#include "gst/detect/frame_readers.h"
#include "gst/detect/learn_in_place.h"
#include "gst/detect/model_slot.h"

namespace mvga::gst {

/// Thread-safe. Scores as many frames at once as there are callers.
class Inferrer {
 public:
  /// @param learning null: the slot has a model
  Inferrer(ModelSlot& models, std::unique_ptr<LearnInPlace> learning);

  Inference infer(GstBuffer* buffer, const FrameSnapshot& snapshot);
  /// Frames are being learned: the order in which they come decides on the model, so the caller is
  /// to wait for each. Once false, always false.
  bool takes_one_at_a_time() const { return models_.learning().has_value(); }

  /// A frame is damaged, and not to be inferred. From the streaming thread, which does not wait.
  void leave_out() { ++left_out_; }
  /// The stream has ended, or is stopped: what was not learned by now will not be.
  void give_up_learning(bool stopped);

 private:
  void infer_into(Inference& inference, GstBuffer* buffer);
  void learn(Inference& inference, GstBuffer* buffer);
  void forget_learning();
  void score(Inference& inference, GstBuffer* buffer);

  ModelSlot& models_;
  FrameReaders readers_;
  std::atomic<bool> is_learning_;  ///< changed together with learning_
  std::atomic<std::uint64_t> left_out_ = 0;
  std::mutex mutex_;  ///< of what follows
  std::unique_ptr<LearnInPlace> learning_;
};

}  // namespace mvga::gst
