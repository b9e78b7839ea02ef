// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which of the stored images are held out at once.
#pragma once

#include <span>
#include <vector>

#include "core/learning/frame_store.h"

namespace mvga {

struct Folds {
  std::vector<int> of;         ///< the fold of each stored image
  bool are_the_groups = true;  ///< those of the statistics, which saw all images
};

/// The clusters of near copies (near_copies.h) among the stored images, by their indexes.
/// @throws Error unreadable
std::vector<int> clusters_of(const FrameStore& store, int side);

/// The groups, as long as no cluster lies in several of them: whoever holds out an image would
/// learn from its copy. Otherwise up to `most` folds of whole clusters, in the order of the images.
///
/// A cluster of more than a quarter of the images stays cut as the groups cut it: without it too
/// little is left to learn from, and so few clusters promise nothing anyway.
Folds folds_of(const FrameStore& store, std::span<const int> clusters, std::size_t most);

}  // namespace mvga
