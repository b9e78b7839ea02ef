// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The documents of events (docs/schema/mvga-event-1.json), from those of their frames.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "gst/meta/document.h"

namespace mvga::gst::publish {

/// Feed it every frame's document, in order. Not thread-safe.
class EventDocuments {
 public:
  /// The documents that this frame gives rise to, none most of the time: the end of an event, the
  /// start of one, or both.
  std::vector<Json> update(const Json& frame);
  /// The stream is over or goes on elsewhere: the end of the event that is going on.
  std::optional<Json> finish();

 private:
  void begin(const Json& frame);
  void absorb(const Json& frame);
  Json document(const char* change) const;

  std::uint64_t id_ = 0;  ///< 0: no event
  std::uint64_t frames_ = 0;
  std::optional<Json> frame_;           ///< the last one of the event
  std::optional<Json> peak_;            ///< the one with the highest score
  std::optional<std::uint64_t> start_;  ///< time of the first frame
  std::optional<std::uint64_t> end_;    ///< of the last anomalous one
};

}  // namespace mvga::gst::publish
