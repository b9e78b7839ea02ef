// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/orientation.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>

namespace mvga::tool {
namespace {

bool among(int orientation, std::initializer_list<int> some) {
  return std::find(some.begin(), some.end(), orientation) != some.end();
}

}  // namespace

Turn::Turn(int orientation, int width, int height)
    : width_(width),
      height_(height),
      transposed_(among(orientation, {5, 6, 7, 8})),
      from_right_(among(orientation, {2, 3, 7, 8})),
      from_below_(among(orientation, {3, 4, 6, 7})) {}

std::pair<int, int> Turn::stored(int x, int y) const {
  const int column = transposed_ ? y : x;
  const int row = transposed_ ? x : y;
  return {from_right_ ? width_ - 1 - column : column, from_below_ ? height_ - 1 - row : row};
}

Box Turn::seen(const Box& stored) const {
  Box box = stored;
  if (from_right_) box.x = 1 - stored.x - stored.width;
  if (from_below_) box.y = 1 - stored.y - stored.height;
  if (transposed_) box = {box.y, box.x, box.height, box.width};
  return box;
}

Samples upright(Samples stored, int orientation) {
  if (orientation < 2 || orientation > 8) return stored;
  const Turn turn(orientation, stored.width, stored.height);
  Samples seen =
      make_samples(static_cast<std::uint64_t>(turn.width()),
                   static_cast<std::uint64_t>(turn.height()), stored.channels, stored.bits);
  const auto pixel = static_cast<std::size_t>(stored.channels * stored.bits / 8);
  for (int y = 0; y < seen.height; ++y)
    for (int x = 0; x < seen.width; ++x) {
      const auto [column, row] = turn.stored(x, y);
      std::memcpy(seen.row(y) + static_cast<std::size_t>(x) * pixel,
                  stored.row(row) + static_cast<std::size_t>(column) * pixel, pixel);
    }
  seen.remarks = std::move(stored.remarks);
  seen.stated_bits = stored.stated_bits;
  return seen;
}

}  // namespace mvga::tool
