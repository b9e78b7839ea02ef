// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Whether a film that has ended was all there.
#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <string>

#include "tools/media/playing_time.h"

namespace mvga::tool {

/// Demuxers take the end of a file for the end of the film.
/// @param frames that came in
/// @param time counts where no container says how long its file is; null of what is no film
/// @return a line that says what is missing; empty if nothing is known to be
std::string what_is_cut(GstElement* source, std::uint64_t frames, const PlayingTime* time);

}  // namespace mvga::tool
