// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// One image score from the two Gaussians, for the profiles `calibrated`.
#pragma once

namespace mvga {

/// As version 0.1 had it. Combines two standardised measures, each about standard normal over
/// normal images, into one on the same scale. Their one-sided p-values are joined as
///   s = -ln p(map) - 1/2 ln p(image)
/// (Fisher 1932, "Statistical Methods for Research Workers", section 21.1, with Good's weights of
/// 1955), so that the measure that is surer decides and the other hardly takes away from it. For
/// independent measures of normal images P(S > s) = 2 e^-s - e^-2s; the result is the normal
/// deviate with that upper tail: 0 for a typical normal image, 3 for one in 740. It rises with
/// both. The average vector has half the weight because it is blind to small defects.
double combined_score(double map, double image);

/// The same with s = -ln p(main) - weight * ln p(other), for which
///   P(S > s) = (e^-s - weight * e^(-s / weight)) / (1 - weight).
/// @param weight above 0, below 1
double joined_score(double main, double other, double weight);

/// ln P(Z > z) of the standard normal distribution, accurate in both tails.
double log_upper_tail(double z);

/// The z with log_upper_tail(z) = log_tail, for log_tail < 0.
double deviate_with_upper_tail(double log_tail);

}  // namespace mvga
