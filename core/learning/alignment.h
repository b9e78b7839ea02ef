// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What two pictures differ in when the one is laid upon the other.
#pragma once

#include <Eigen/Core>

#include "core/learning/small_picture.h"

namespace mvga {

/// What is left when a picture is moved, turned and stretched a little, and made brighter, darker
/// or flatter, until it is as like another as it can be.
struct Difference {
  double energy = 0;  ///< mean square, in squared grey values
  double share = 0;   ///< of the picture's own variance
};

/// The larger one of what is left when `a` is laid upon `b`, and `b` upon `a`: a flat picture is
/// like all others only in one direction. Found from the coarsest plane to the finest (Lucas and
/// Kanade 1981, "An iterative image registration technique", with a similarity instead of a shift,
/// and with gain and offset).
Difference difference_when_aligned(const SmallPicture& a, const SmallPicture& b);

/// The same at one glance, for choosing which pictures to look at closely: small changes of a
/// picture span a space, and what of another lies outside of it, it does not explain.
class CoarseLikeness {
 public:
  static constexpr int kChanges = 5;
  using Pixels = Eigen::VectorXf;  ///< of the coarsest plane's interior, mean 0, length 1
  using Space = Eigen::Matrix<float, kChanges, Eigen::Dynamic>;  ///< orthonormal rows

  static Pixels pixels(const GreyPlane& coarsest);
  static Space space(const GreyPlane& coarsest);
};

}  // namespace mvga
