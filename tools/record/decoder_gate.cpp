// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/decoder_gate.h"

#include "gst/frames/handles.h"

namespace mvga::tool {
namespace {

/// Encoded frames that may wait for the decoder, and how many have to be left for it to go on.
constexpr guint kMostBehind = 60;
constexpr guint kFewWaiting = 10;
/// Some streams renew the picture bit by bit, and have no key frames at all.
constexpr GstClockTime kLongestWait = 30 * GST_SECOND;

bool is_key(const GstBuffer* buffer) {
  return !GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT);
}

}  // namespace

DecoderGate::DecoderGate(GstElement* queue, Source source, Delivery delivery)
    : queue_(queue), source_(source), delivery_(delivery) {
  // A film waits for its decoder.
  g_object_set(queue, "max-size-bytes", 0, "max-size-time", guint64{0}, "max-size-buffers",
               source == Source::camera ? 0 : kMostBehind, nullptr);
  const gst::Owned<GstPad> pad(gst_element_get_static_pad(queue, "sink"));
  gst_pad_add_probe(
      pad.get(), GST_PAD_PROBE_TYPE_BUFFER,
      [](GstPad*, GstPadProbeInfo* info, gpointer self) {
        const bool passes =
            static_cast<DecoderGate*>(self)->lets_pass(GST_PAD_PROBE_INFO_BUFFER(info));
        return passes ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
      },
      this, nullptr);
}

bool DecoderGate::lets_pass(GstBuffer* buffer) {
  const bool broken = is_broken(buffer);
  if (broken) ++kept_back_;
  const bool behind = source_ == Source::camera && is_behind(is_key(buffer));
  return !broken && !behind;
}

bool DecoderGate::is_broken(const GstBuffer* buffer) {
  // Every stream begins with a discontinuity.
  const bool began = first_;
  first_ = false;
  const bool corrupt = GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_CORRUPTED);
  const bool lost = corrupt || (!began && GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DISCONT));
  if (lost) {
    ++losses_;
    if (!broken_) broken_since_ = GST_BUFFER_PTS(buffer);
    broken_ = true;
    if (corrupt || delivery_ == Delivery::packets) return true;
  }
  if (broken_ && (is_key(buffer) || GST_BUFFER_PTS(buffer) > broken_since_ + kLongestWait))
    broken_ = false;
  return broken_;
}

bool DecoderGate::is_behind(bool key) {
  const guint behind = waiting();
  if (behind >= kMostBehind) skipping_ = true;
  if (skipping_ && key && behind <= kFewWaiting) skipping_ = false;
  return skipping_;
}

guint DecoderGate::waiting() const {
  guint buffers = 0;
  g_object_get(queue_, "current-level-buffers", &buffers, nullptr);
  return buffers;
}

}  // namespace mvga::tool
