// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The colours of the heat map.
#pragma once

#include <array>
#include <cstdint>

namespace mvga::overlay {

enum class Colormap { turbo, jet, inferno, viridis, gray };

/// Components in 0..1.
struct Rgb {
  double red = 0;
  double green = 0;
  double blue = 0;
};

/// The colour at `position` of the map, 0..1.
Rgb colour(Colormap map, double position);

/// Premultiplied 0xAARRGGBB, indexed by the normalised anomaly in steps of 1/255.
using HeatTable = std::array<std::uint32_t, 256>;

/// The opacity grows from 0 at the end of the normal range to `alpha` at the threshold without a
/// kink at either end, so that the heat map shows no edge.
HeatTable heat_table(Colormap map, double alpha);

}  // namespace mvga::overlay
