// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Looks at frames: learns them as long as there is no model, scores them afterwards.
#pragma once

#include <memory>
#include <mutex>

#include "gst/detect/frame.h"
#include "gst/detect/learn_in_place.h"
#include "gst/detect/model_slot.h"
#include "gst/frame_reader.h"

namespace mvga::gst {

/// Thread-safe; looks at one frame at a time.
class Inspector {
 public:
  /// @param learning null: the slot has a model
  Inspector(ModelSlot& models, std::unique_ptr<LearnInPlace> learning);

  Outcome look(GstBuffer* buffer, const FrameFacts& facts);

  /// The stream has ended, or is stopped: what was not learned by now will not be.
  void give_up_learning(bool stopped);

 private:
  void look_into(Outcome& outcome, GstBuffer* buffer);
  void learn(Outcome& outcome, GstBuffer* buffer);
  void score(Outcome& outcome, GstBuffer* buffer);
  RgbView read(GstBuffer* buffer, const std::shared_ptr<const GstVideoInfo>& video, const Box& roi,
               int side);

  ModelSlot& models_;
  std::mutex mutex_;  ///< of what follows
  std::unique_ptr<LearnInPlace> learning_;
  FrameReader reader_;
  /// What the reader is set up for.
  std::shared_ptr<const GstVideoInfo> video_;
  Box roi_;
  int side_ = 0;
};

}  // namespace mvga::gst
