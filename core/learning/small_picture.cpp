// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/small_picture.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/features/resample.h"

namespace mvga {
namespace {

constexpr int kFinestSide = 64;

GreyPlane plane_of(int side) {
  return {side,
          std::vector<float>(static_cast<std::size_t>(side) * static_cast<std::size_t>(side))};
}

GreyPlane grey(const RgbView& image) {
  const std::vector<std::uint8_t> rgb = resampled(image, kFinestSide, kFinestSide);
  GreyPlane plane = plane_of(kFinestSide);
  for (std::size_t i = 0; i < plane.values.size(); ++i)
    plane.values[i] = 0.299F * static_cast<float>(rgb[3 * i]) +
                      0.587F * static_cast<float>(rgb[3 * i + 1]) +
                      0.114F * static_cast<float>(rgb[3 * i + 2]);
  return plane;
}

GreyPlane halved(const GreyPlane& plane) {
  GreyPlane half = plane_of(plane.side / 2);
  for (int y = 0; y < half.side; ++y)
    for (int x = 0; x < half.side; ++x)
      half.values[static_cast<std::size_t>(y * half.side + x)] =
          0.25F * (plane.at(2 * x, 2 * y) + plane.at(2 * x + 1, 2 * y) +
                   plane.at(2 * x, 2 * y + 1) + plane.at(2 * x + 1, 2 * y + 1));
  return half;
}

/// By binomial weights over five pixels of each row; what lies outside is as the last pixel.
/// Returns it transposed, so that twice smooths both ways.
GreyPlane smoothed_and_transposed(const GreyPlane& plane) {
  constexpr float kWeights[] = {0.0625F, 0.25F, 0.375F, 0.25F, 0.0625F};
  GreyPlane smooth = plane_of(plane.side);
  for (int y = 0; y < plane.side; ++y) {
    for (int x = 0; x < plane.side; ++x) {
      float sum = 0;
      for (int i = 0; i < 5; ++i)
        sum += kWeights[i] * plane.at(std::clamp(x + i - 2, 0, plane.side - 1), y);
      smooth.values[static_cast<std::size_t>(x * plane.side + y)] = sum;
    }
  }
  return smooth;
}

GreyPlane smoothed(const GreyPlane& plane) {
  return smoothed_and_transposed(smoothed_and_transposed(plane));
}

}  // namespace

SmallPicture small_picture(const RgbView& image) {
  const GreyPlane finest = grey(image);
  const GreyPlane middle = halved(finest);
  return {{smoothed(halved(middle)), smoothed(middle), smoothed(finest)}};
}

GreyPlane turned(const GreyPlane& plane, int orientation) {
  GreyPlane result = plane_of(plane.side);
  const int last = plane.side - 1;
  for (int y = 0; y < plane.side; ++y) {
    for (int x = 0; x < plane.side; ++x) {
      int from_x = (orientation & 2) != 0 ? last - x : x;
      int from_y = (orientation & 4) != 0 ? last - y : y;
      if ((orientation & 1) != 0) std::swap(from_x, from_y);
      result.values[static_cast<std::size_t>(y * plane.side + x)] = plane.at(from_x, from_y);
    }
  }
  return result;
}

SmallPicture turned(const SmallPicture& picture, int orientation) {
  SmallPicture result;
  for (std::size_t i = 0; i < picture.planes.size(); ++i)
    result.planes[i] = turned(picture.planes[i], orientation);
  return result;
}

}  // namespace mvga
