// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/watch/snapshots.h"

#include <algorithm>

#include "examples/common/structure.h"

namespace watch {
namespace {

using mvga::examples::Caps;
using mvga::examples::Sample;

constexpr std::size_t kMostEvents = 23;

// A copy: the decoder wants its buffer back.
Sample copy_of(GstPad* pad, GstBuffer* buffer) {
  const Caps caps(gst_pad_get_current_caps(pad));
  GstBuffer* copy = gst_buffer_copy_deep(buffer);
  Sample sample(gst_sample_new(copy, caps.get(), nullptr, nullptr));
  gst_buffer_unref(copy);
  return sample;
}

}  // namespace

void Snapshots::follow(GstPad* pad) {
  gst_pad_add_probe(
      pad, GST_PAD_PROBE_TYPE_BUFFER,
      [](GstPad* from, GstPadProbeInfo* info, gpointer self) {
        static_cast<Snapshots*>(self)->look(from, GST_PAD_PROBE_INFO_BUFFER(info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
}

void Snapshots::look(GstPad* pad, GstBuffer* buffer) {
  ++frames_;
  GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, "MvgaAnomalyMeta");
  if (meta == nullptr) return;
  const GstStructure* result = gst_custom_meta_get_structure(meta);
  if (!gst_structure_has_field(result, "score")) return;
  const double score = mvga::examples::number(result, "score");
  const std::uint64_t event = mvga::examples::whole_number(result, "event-id");
  if (event > 0)
    keep_best(event, score, pad, buffer);
  else if (!most_normal_.frame || score < most_normal_.score)
    most_normal_ = {score, copy_of(pad, buffer)};
}

void Snapshots::keep_best(std::uint64_t event, double score, GstPad* pad, GstBuffer* buffer) {
  const auto known = of_events_.find(event);
  if (known != of_events_.end() && score <= known->second.score) return;
  of_events_[event] = {score, copy_of(pad, buffer)};
  if (of_events_.size() > kMostEvents)
    of_events_.erase(std::min_element(
        of_events_.begin(), of_events_.end(),
        [](const auto& a, const auto& b) { return a.second.score < b.second.score; }));
}

}  // namespace watch
