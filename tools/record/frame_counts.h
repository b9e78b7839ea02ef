// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What came through a recording.
#pragma once

#include <cstdint>

namespace mvga::tool {

struct FrameCounts {
  std::uint64_t recorded = 0;   ///< frames that could be recorded
  std::uint64_t watched = 0;    ///< frames with an inference
  std::uint64_t skipped = 0;    ///< frames of a camera without one, for want of time
  std::uint64_t losses = 0;     ///< times that something was lost on the way here
  std::uint64_t kept_back = 0;  ///< frames without an inference for that
  std::uint64_t undecoded = 0;  ///< frames of a film of which the decoder made nothing
  std::uint64_t damaged = 0;    ///< frames that were marked as such, without one
  std::uint64_t lost = 0;       ///< frames that have no time, and are in no clip
};

}  // namespace mvga::tool
