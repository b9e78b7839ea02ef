// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/light/camera_changes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/base/content_hash.h"
#include "core/base/random_numbers.h"
#include "core/light/jpeg_blocks.h"
#include "core/light/rounded.h"

namespace mvga {
namespace {

constexpr std::uint64_t kChanges = 4;
constexpr std::uint64_t kOneOf = 4;  // images is changed

void add_noise(RgbImage& image, RandomNumbers& numbers) {
  const double deviation = 255 * numbers.between(0.005, 0.025);
  for (std::uint8_t& value : image.pixels) value = rounded(value + deviation * numbers.normal());
}

void compress(RgbImage& image, RandomNumbers& numbers) {
  compress_as_jpeg(image, numbers.between(30, 75));
}

// ---- out of focus -------------------------------------------------------------------------------

/// A row or column: weights `side`, 1 - 2 side, `side`; its ends are repeated.
void blur_line(std::uint8_t* line, std::size_t length, std::size_t step, double side) {
  double before = line[0];
  for (std::size_t i = 0; i < length; ++i) {
    const double here = line[i * step];
    const double next = line[std::min(i + 1, length - 1) * step];
    line[i * step] = rounded(here + side * (before - 2 * here + next));
    before = here;
  }
}

void blur(RgbImage& image, RandomNumbers& numbers) {
  const double deviation = numbers.between(0.3, 0.8);
  const double side =
      std::min(deviation * deviation / 2, 1.0 / 3);  // the kernel's variance: 2 side
  const auto width = static_cast<std::size_t>(image.width);
  const auto height = static_cast<std::size_t>(image.height);
  for (std::size_t c = 0; c < 3; ++c) {
    for (std::size_t y = 0; y < height; ++y)
      blur_line(image.pixels.data() + 3 * y * width + c, width, 3, side);
    for (std::size_t x = 0; x < width; ++x)
      blur_line(image.pixels.data() + 3 * x + c, height, 3 * width, side);
  }
}

// ---- another exposure, corrected ----------------------------------------------------------------

void expose(RgbImage& image, RandomNumbers& numbers) {
  const double brightness = std::exp(numbers.between(-0.25, 0.25));
  const double cast = numbers.between(-0.1, 0.1);
  const double exponent = std::exp(numbers.between(-0.2, 0.2));
  double mean = 1;
  for (const std::uint8_t value : image.pixels)
    mean += value / static_cast<double>(image.pixels.size());
  ValueTables tables{};
  for (std::size_t c = 0; c < 3; ++c) {
    const double factor = brightness * (1 + cast * (1 - static_cast<double>(c)));
    for (std::size_t v = 0; v < tables[c].size(); ++v) {
      const double back = rounded(static_cast<double>(v) * factor) / factor;
      tables[c][v] = rounded(mean * std::pow(back / mean, exponent));
    }
  }
  image = with_values(image.view(), tables);
}

}  // namespace

RgbImage camera_changed(const RgbView& image, CameraChange change, std::uint64_t seed) {
  RgbImage changed = in_light(image, {});
  RandomNumbers numbers(seed);
  switch (change) {
    case CameraChange::noise:
      add_noise(changed, numbers);
      break;
    case CameraChange::compression:
      compress(changed, numbers);
      break;
    case CameraChange::defocus:
      blur(changed, numbers);
      break;
    case CameraChange::exposure:
      expose(changed, numbers);
      break;
  }
  return changed;
}

std::optional<RgbImage> on_another_day(const RgbView& image) {
  const RgbImage plain = in_light(image, {});  // without padding, which is not content
  const std::uint64_t hash = content_hash(plain.pixels.data(), plain.pixels.size());
  const std::uint64_t choice = splitmix64(hash) % (kOneOf * kChanges);
  if (choice >= kChanges) return std::nullopt;
  return camera_changed(plain.view(), static_cast<CameraChange>(choice), hash);
}

}  // namespace mvga
