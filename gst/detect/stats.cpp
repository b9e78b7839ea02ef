// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/stats.h"

#include <algorithm>
#include <string>

namespace mvga::gst {
namespace {

void set_times(GstStructure* structure, const std::string& stage, const TimeSeries& times) {
  gst_structure_set(structure, (stage + "-ms").c_str(), G_TYPE_DOUBLE, times.quantile_ms(0.5),
                    (stage + "-p95-ms").c_str(), G_TYPE_DOUBLE, times.quantile_ms(0.95),
                    (stage + "-max-ms").c_str(), G_TYPE_DOUBLE, times.largest_ms(),
                    (stage + "-total-ms").c_str(), G_TYPE_DOUBLE, times.total_ms(), nullptr);
}

}  // namespace

void TimeSeries::add(double seconds) {
  largest_ = std::max(largest_, seconds);
  total_ += seconds;
  const auto value = static_cast<float>(seconds);
  if (window_.size() < kWindow) {
    window_.push_back(value);
    return;
  }
  window_[next_] = value;
  next_ = (next_ + 1) % kWindow;
}

double TimeSeries::quantile_ms(double share) const {
  if (window_.empty()) return 0;
  std::vector<float> values = window_;
  const auto index = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + index, values.end());
  return 1000 * static_cast<double>(values[static_cast<std::size_t>(index)]);
}

guint64* DetectStats::counter_of(FrameStatus status) {
  switch (status) {
    case FrameStatus::fresh:
      break;
    case FrameStatus::held:
      return &held;
    case FrameStatus::skipped:
      return &skipped;
    case FrameStatus::error:
      return &failed;
    case FrameStatus::learning:
      return &learning;
    case FrameStatus::corrupted:
      return &corrupted;
  }
  return nullptr;
}

GstStructure* DetectStats::to_structure() const {
  GstStructure* structure = gst_structure_new(
      "mvga-stats", "frames", G_TYPE_UINT64, frames, "inferred", G_TYPE_UINT64, inferred, "held",
      G_TYPE_UINT64, held, "skipped", G_TYPE_UINT64, skipped, "failed", G_TYPE_UINT64, failed,
      "learning", G_TYPE_UINT64, learning, "corrupted", G_TYPE_UINT64, corrupted, "late",
      G_TYPE_UINT64, late, "events", G_TYPE_UINT64, events, nullptr);
  set_times(structure, "convert", convert);
  set_times(structure, "backbone", backbone);
  set_times(structure, "score", score);
  set_times(structure, "draw", draw);
  set_times(structure, "heatmap", heatmap);
  return structure;
}

}  // namespace mvga::gst
