// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/reordering.h"

#include <algorithm>

namespace mvga::tool {
namespace {

/// Frames that a decoder may hold back to bring them into order: of all standards.
constexpr std::uint64_t kMostHeldBack = 16;

}  // namespace

bool is_needed_until(const EncodedRing& ring, std::uint64_t number, GstClockTime until) {
  const std::uint64_t end = std::min(ring.end(), number + kMostHeldBack);
  while (number < end && ring[number].time > until) ++number;
  return number < end;
}

std::uint64_t end_of_leading_frames(const EncodedRing& ring, std::uint64_t key) {
  std::uint64_t next = key + 1;
  while (next < ring.end() && ring[next].time < ring[key].time) ++next;
  return next;
}

}  // namespace mvga::tool
