// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which encoded frames the detector's decoder gets.
#pragma once

#include <gst/gst.h>

#include <atomic>
#include <cstdint>

namespace mvga::tool {

/// From frames that are half decoded the detector would raise alarms. So when packets were lost, or
/// the decoder of a camera cannot keep up, it goes on at a key frame later.
class DecoderGate {
 public:
  enum class Source { film, camera };
  /// Whether a key frame after a loss may lack parts itself: packets know no frames.
  enum class Delivery { frames, packets };

  /// @param queue in front of the decoder
  DecoderGate(GstElement* queue, Source source, Delivery delivery);
  ~DecoderGate() = default;
  DecoderGate(const DecoderGate&) = delete;
  DecoderGate& operator=(const DecoderGate&) = delete;

  /// Times that something was missing in the stream.
  std::uint64_t losses() const { return losses_; }
  /// Frames that were kept back for that.
  std::uint64_t kept_back() const { return kept_back_; }

 private:
  bool lets_pass(GstBuffer* buffer);
  bool is_broken(const GstBuffer* buffer);
  bool is_behind(bool key);
  guint waiting() const;

  GstElement* queue_;
  Source source_;
  Delivery delivery_;
  // Of the thread that feeds the decoder.
  bool first_ = true;
  bool broken_ = false;
  GstClockTime broken_since_ = 0;
  bool skipping_ = false;
  std::atomic<std::uint64_t> losses_ = 0;
  std::atomic<std::uint64_t> kept_back_ = 0;
};

}  // namespace mvga::tool
