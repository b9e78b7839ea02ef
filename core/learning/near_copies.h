// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which images show the same, so that they count as one witness.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/learning/small_picture.h"

namespace mvga {

/// Which pictures are near copies of each other: the number of its cluster for each, counted from 0
/// in the order in which they first come.
///
/// What two pictures differ in, when the one is laid upon the other (alignment.h, in any of eight
/// orientations), is held against what pairs of this very set differ in: its logarithm is spread
/// like a bell among independent pictures that resemble each other, and copies lie far below. Where
/// the bell stands is found from pairs that are no copies, so that a set that is full of copies
/// hides none. Where nearly all that resembles a picture is a copy of it, all pairs of the set are
/// the measure, for pictures that hardly differ. Those that differ in next to nothing are copies
/// whatever the others do. Clusters are what pairs connect.
///
/// Time grows with the square of the number, memory with the number: 3000 pictures, as many as are
/// kept at most, take some seconds and 100 MB.
std::vector<int> near_copies(std::span<const SmallPicture> pictures);

/// How many clusters there are.
std::size_t count_clusters(std::span<const int> clusters);

}  // namespace mvga
