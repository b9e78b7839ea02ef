// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/api/input.h"

#include <mvga/error.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/features/resample.h"

namespace mvga::v1 {
namespace {

constexpr int kLargestSide = 65536;

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorKind::argument, why);
}

std::string size_of(const Image& image) {
  return std::to_string(image.width) + "x" + std::to_string(image.height) + " pixels";
}

RgbView checked(const Image& image) {
  if (image.data == nullptr) refuse("the image has no data: its pointer is null");
  if (image.width < 1 || image.height < 1 || std::max(image.width, image.height) > kLargestSide)
    refuse("an image of " + size_of(image) + " cannot be: use 1 to " +
           std::to_string(kLargestSide) + " a side");
  const std::ptrdiff_t row = std::ptrdiff_t{3} * image.width;
  const std::ptrdiff_t stride = image.stride == 0 ? row : image.stride;
  if (stride < row)
    refuse("a stride of " + std::to_string(stride) + " bytes is less than a row of " +
           std::to_string(image.width) + " pixels has: three bytes a pixel are " +
           std::to_string(row));
  // A stride that the size cannot hold even once must not overflow below.
  const auto size = static_cast<std::size_t>(row);
  const bool fits = image.size >= size &&
                    (image.height == 1 ||
                     (image.size - size) / (image.height - 1U) >= static_cast<std::size_t>(stride));
  if (!fits)
    refuse("an image of " + size_of(image) + " with a stride of " + std::to_string(stride) +
           " bytes does not fit into " + std::to_string(image.size) + " bytes");
  return {image.data, image.width, image.height, stride};
}

struct Span {
  int start;
  int length;
};

// At least one pixel, inside the image; the same pixels as GStreamer's elements take.
Span pixels(double start, double length, int size) {
  const int first = std::clamp(static_cast<int>(std::floor(start * size + 0.5)), 0, size - 1);
  const int end = static_cast<int>(std::floor((start + length) * size + 0.5));
  return {first, std::clamp(end, first + 1, size) - first};
}

RgbView cut_out(const RgbView& image, const mvga::Box& roi) {
  const Span x = pixels(roi.x, roi.width, image.width);
  const Span y = pixels(roi.y, roi.height, image.height);
  return {image.data + y.start * image.stride + std::ptrdiff_t{3} * x.start, x.length, y.length,
          image.stride};
}

}  // namespace

mvga::Box checked_roi(const Box& roi) {
  const double slack = 1e-9;
  const bool good = roi.x >= 0 && roi.y >= 0 && roi.width > 0 && roi.height > 0 &&
                    roi.x + roi.width <= 1 + slack && roi.y + roi.height <= 1 + slack;
  if (!good)
    throw Error(
        ErrorKind::settings,
        "the roi is not a part of the image: use fractions of it, such as {0.25, 0, 0.5, 1}");
  return {roi.x, roi.y, roi.width, roi.height};
}

Input::Input(const Image& image, const mvga::Box& roi, int side)
    : view_(cut_out(checked(image), roi)) {
  if (view_.width == side && view_.height == side) return;
  pixels_ = resampled(view_, side, side);
  view_ = {pixels_.data(), side, side, std::ptrdiff_t{3} * side};
}

}  // namespace mvga::v1
