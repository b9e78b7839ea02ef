// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames that are shown in another order than they are decoded.
#pragma once

#include "tools/record/encoded_ring.h"

namespace mvga::tool {

/// Whether the frame is shown by then, or one of those behind it that a decoder needs it for.
bool is_needed_until(const EncodedRing& ring, std::uint64_t number, GstClockTime until);

/// Behind a key frame there may be frames that are shown before it, and need it and those in front
/// of it.
/// @return the first one that is not; the ring's end while it has not come in
std::uint64_t end_of_leading_frames(const EncodedRing& ring, std::uint64_t key);

}  // namespace mvga::tool
