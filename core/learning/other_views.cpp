// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/other_views.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <numbers>

#include "core/base/content_hash.h"
#include "core/base/random_numbers.h"

namespace mvga {
namespace {

constexpr int kMoved = 15;       // as many as there are turned ones
constexpr int kDirections = 8;   // of which each is also mirrored
constexpr double kShift = 0.04;  // of the side, to each side
constexpr double kTurn = 5;      // degrees, to each side
constexpr double kScale = 0.05;  // larger and smaller

/// Where an image's pixels come from: about its centre.
struct Placing {
  double degrees = 0;
  double scale = 1;
  double x = 0;  ///< of the side
  double y = 0;
  bool mirrored = false;
};

Placing moved_a_little(RandomNumbers& numbers) {
  Placing placing;
  placing.degrees = kTurn * numbers.to_either_side();
  placing.scale = 1 + kScale * numbers.to_either_side();
  placing.x = kShift * numbers.to_either_side();
  placing.y = kShift * numbers.to_either_side();
  return placing;
}

std::vector<Placing> placings(Views views, std::uint64_t seed) {
  RandomNumbers numbers(seed);
  std::vector<Placing> all;
  if (views == Views::moved)
    for (int i = 0; i < kMoved; ++i) all.push_back(moved_a_little(numbers));
  if (views == Views::turned)
    for (int i = 1; i < 2 * kDirections; ++i) {  // all but as it is
      Placing placing;
      placing.degrees = 360.0 / kDirections * (i % kDirections);
      placing.mirrored = i >= kDirections;
      all.push_back(placing);
    }
  return all;
}

/// Inside, mirrored at the centres of the outermost pixels as often as it takes.
double mirrored_in(double at, int size) {
  const double last = size - 1;
  if (last <= 0) return 0;
  const double far = std::fmod(std::abs(at), 2 * last);
  return far > last ? 2 * last - far : far;
}

struct Tap {
  int first = 0;
  int second = 0;
  double share = 0;  ///< of the second
};

Tap tap(double at, int size) {
  const double inside = mirrored_in(at, size);
  const int first = std::min(static_cast<int>(inside), size - 1);
  return {first, std::min(first + 1, size - 1), inside - first};
}

void sample(const RgbView& image, const Tap& x, const Tap& y, std::uint8_t* out) {
  const std::uint8_t* upper = image.data + y.first * image.stride;
  const std::uint8_t* lower = image.data + y.second * image.stride;
  const auto across = [&](const std::uint8_t* row, int c) {
    const double left = row[3 * x.first + c];
    return left + x.share * (row[3 * x.second + c] - left);
  };
  for (int c = 0; c < 3; ++c) {
    const double above = across(upper, c);
    out[c] = static_cast<std::uint8_t>(std::lround(above + y.share * (across(lower, c) - above)));
  }
}

RgbImage placed(const RgbView& image, const Placing& placing) {
  RgbImage result{{}, image.width, image.height};
  result.pixels.resize(std::size_t{3} * static_cast<std::size_t>(image.width) *
                       static_cast<std::size_t>(image.height));
  const double angle = placing.degrees * std::numbers::pi / 180;
  const double cosine = std::cos(angle) / placing.scale;
  const double sine = std::sin(angle) / placing.scale;
  const double centre_x = (image.width - 1) / 2.0;
  const double centre_y = (image.height - 1) / 2.0;
  std::uint8_t* out = result.pixels.data();
  for (int row = 0; row < image.height; ++row)
    for (int column = 0; column < image.width; ++column, out += 3) {
      const double x = (placing.mirrored ? -1 : 1) * (column - centre_x) - placing.x * image.width;
      const double y = row - centre_y - placing.y * image.height;
      sample(image, tap(centre_x + cosine * x + sine * y, image.width),
             tap(centre_y - sine * x + cosine * y, image.height), out);
    }
  return result;
}

}  // namespace

std::vector<RgbImage> other_views(const RgbView& image, Views views) {
  if (views == Views::none) return {};
  const RgbImage plain = in_light(image, {});  // without padding, which is not content
  const std::uint64_t seed = content_hash(plain.pixels.data(), plain.pixels.size());
  std::vector<RgbImage> others;
  for (const Placing& placing : placings(views, seed))
    others.push_back(placed(plain.view(), placing));
  return others;
}

std::vector<RgbImage> other_images(const RgbView& image, Views views, double light) {
  std::vector<RgbImage> others = other_views(image, views);
  if (light > 0)
    for (const Light& other : other_lights(image, light)) others.push_back(in_light(image, other));
  return others;
}

}  // namespace mvga
