// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/folds.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "core/learning/near_copies.h"
#include "core/learning/small_picture.h"

namespace mvga {
namespace {

constexpr std::size_t kLargestShare = 4;  // of a cluster that is held out whole: a quarter

std::vector<std::size_t> sizes_of(std::span<const int> clusters) {
  std::vector<std::size_t> sizes(count_clusters(clusters));
  for (const int cluster : clusters) ++sizes[static_cast<std::size_t>(cluster)];
  return sizes;
}

}  // namespace

std::vector<int> clusters_of(const FrameStore& store, int side) {
  const std::vector<std::size_t> order = store.in_order();
  std::vector<SmallPicture> pictures;
  for (const std::size_t i : order) {
    const std::vector<std::uint8_t> pixels = store.read(i);
    pictures.push_back(small_picture({pixels.data(), side, side, std::ptrdiff_t{3} * side}));
  }
  const std::vector<int> in_order = near_copies(pictures);
  std::vector<int> clusters(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) clusters[order[k]] = in_order[k];
  return clusters;
}

Folds folds_of(const FrameStore& store, std::span<const int> clusters, std::size_t most) {
  Folds folds;
  for (std::size_t i = 0; i < store.size(); ++i) folds.of.push_back(store.tag(i));
  const std::vector<std::size_t> sizes = sizes_of(clusters);
  const auto whole = [&](std::size_t i) {
    return kLargestShare * sizes[static_cast<std::size_t>(clusters[i])] <= store.size();
  };

  std::map<int, int> group_of;  // of each cluster that can be held out whole
  bool across = false;
  for (std::size_t i = 0; i < store.size(); ++i)
    if (whole(i)) across |= group_of.emplace(clusters[i], folds.of[i]).first->second != folds.of[i];
  if (!across) return folds;

  // Pieces that are held out at once: a cluster, or what one that is too large has in a group.
  const auto piece = [&](std::size_t i) {
    return std::pair(clusters[i], whole(i) ? -1 : store.tag(i));
  };
  std::map<std::pair<int, int>, std::size_t> piece_sizes;
  for (std::size_t i = 0; i < store.size(); ++i) ++piece_sizes[piece(i)];
  std::map<std::pair<int, int>, int> fold_of;
  std::size_t before = 0;  // images in pieces that have a fold
  int fold = -1;
  for (const std::size_t i : store.in_order()) {
    if (fold_of.contains(piece(i))) continue;
    if (before * most >= static_cast<std::size_t>(fold + 1) * store.size()) ++fold;
    fold_of[piece(i)] = fold;
    before += piece_sizes[piece(i)];
  }
  for (std::size_t i = 0; i < store.size(); ++i) folds.of[i] = fold_of[piece(i)];
  folds.are_the_groups = false;
  return folds;
}

}  // namespace mvga
