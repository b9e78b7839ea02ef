// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where even normal images look odd: at the image's border, where parts are cut off and the
// network sees padding, on a reflection, where the machine itself moves.
#pragma once

#include <span>

#include "core/scoring/anomaly_map.h"

namespace mvga {

/// By how much the maps of normal images lie higher at a position than elsewhere. One Gaussian
/// for all positions knows nothing of place; subtracting this, a position in such a place needs as
/// much to stand out as any other. The position's surplus d is its mean over the images, averaged
/// over its surroundings (3 % of the side to each side), above the mean of all positions and half
/// a deviation more. Only what is more than chance is taken:
///   max(d, 0) * max(1 - (2 e / d)^2, 0)
/// with e the standard error of the mean, there or on average over all positions, the larger
/// (a positive-part James-Stein shrinkage; James and Stein 1961, Baranchik 1964). What lies lower
/// than elsewhere stays: an empty background is not made more sensitive than the part before it.
/// @param maps of one size, at least one
AnomalyMap place_surplus(std::span<const AnomalyMap> maps);

/// How far the maps of normal images lie from the mean of all positions at a position, to either
/// side: its mean over the images and its surroundings, likewise without what may be chance.
/// @param maps of one size, at least one
AnomalyMap place_habit(std::span<const AnomalyMap> maps);

/// map -= surplus, of the same size.
void subtract(const AnomalyMap& surplus, AnomalyMap& map);

}  // namespace mvga
