// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures of a report, as HTML.
#pragma once

#include <string>
#include <string_view>

#include "gst/drawing/overlay_painter.h"
#include "tools/report/highlights.h"

namespace mvga::tool {

/// Reads a picture again and shows it: as it is, with the heat map, and with the edge of the mask.
/// One that cannot be read any more is a sentence that says so.
/// @param rank in what it stands out, in a word or two
/// @param bits in samples of 16, as the model was learned
std::string example(const Highlight& shown, std::string_view rank, int bits,
                    overlay::OverlayPainter& painter);

/// The colours of the heat maps, and what they mean.
std::string colour_scale(const overlay::OverlaySettings& settings);

}  // namespace mvga::tool
