// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// One machined part, seen from above.
#pragma once

#include "examples/common/handles.h"
#include "examples/inspection-line/schedule.h"

namespace film {

struct Rectangle {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

/// A picture of a part. Its centre is the middle of the picture.
struct PartPicture {
  mvga::examples::Surface surface;
  Rectangle defect;  ///< around the middle, in scene units; empty when there is none
  mvga::examples::Surface defect_mask;  ///< opaque where the defect is seen; null as above
};

PartPicture paint_part(const Part& part, double scale);

/// The soft shadow of any part, as a mask with the same middle.
mvga::examples::Surface paint_shadow(double scale);

/// Pictures are so much larger than the part, on each side.
inline constexpr double kPictureMargin = 24;

}  // namespace film
