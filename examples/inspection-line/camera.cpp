// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/camera.h"

#include <algorithm>
#include <cmath>

#include "examples/inspection-line/dice.h"

namespace film {
namespace {

constexpr std::size_t kNoiseTable = 1 << 16;
constexpr double kReadNoise = 1.1;
constexpr double kShotNoise = 0.14;  // for the square root of the brightness

std::size_t sized(int n) {
  return static_cast<std::size_t>(n);
}

// One spot with soft edges, along one axis.
std::vector<float> spot(int n, double middle, double width) {
  std::vector<float> values(sized(n));
  for (int i = 0; i < n; ++i) {
    const double d = (i + 0.5 - middle) / width;
    values[sized(i)] = static_cast<float>(std::exp(-d * d));
  }
  return values;
}

// 1-2-1, the softness of a lens; `step` is the distance of neighbours in bytes.
void soften(std::uint8_t* line, int n, int step, std::vector<std::uint8_t>& before) {
  before.resize(sized(n) * 4);
  for (int i = 0; i < n; ++i)
    for (int c = 0; c < 4; ++c) before[sized(4 * i + c)] = line[i * step + c];
  for (int i = 0; i < n; ++i)
    for (int c = 0; c < 3; ++c) {
      const int left = before[sized(4 * std::max(i - 1, 0) + c)];
      const int right = before[sized(4 * std::min(i + 1, n - 1) + c)];
      line[i * step + c] =
          static_cast<std::uint8_t>((left + 4 * before[sized(4 * i + c)] + right + 3) / 6);
    }
}

}  // namespace

Camera::Camera(const Settings& settings) : settings_(settings), noise_(kNoiseTable) {
  Dice dice(settings.seed, 3);
  for (float& v : noise_) v = static_cast<float>(dice.gaussian());
  for (int i = 0; i < 256; ++i)
    deviation_[sized(i)] = static_cast<float>(std::hypot(kReadNoise, kShotNoise * std::sqrt(i)));
}

void Camera::expose(std::uint8_t* pixels, int frame) {
  blur(pixels);
  light_and_noise(pixels, frame);
}

void Camera::blur(std::uint8_t* pixels) {
  const int stride = 4 * settings_.width;
  for (int y = 0; y < settings_.height; ++y)
    soften(pixels + static_cast<std::ptrdiff_t>(y) * stride, settings_.width, 4, line_);
  for (int x = 0; x < settings_.width; ++x)
    soften(pixels + static_cast<std::ptrdiff_t>(4) * x, settings_.height, stride, line_);
}

void Camera::light_and_noise(std::uint8_t* pixels, int frame) const {
  const double t = static_cast<double>(frame) / settings_.fps;
  // Daylight from a window that comes and goes, and a lamp that is not quite steady.
  const double level = 1 + 0.035 * std::sin(0.57 * t) + 0.02 * std::sin(1.31 * t + 1);
  const double warmth = 0.015 * std::sin(0.43 * t + 2);
  const double w = settings_.width;
  const double h = settings_.height;
  const auto across = spot(settings_.width, w * (0.46 + 0.03 * std::sin(0.37 * t)), 0.75 * w);
  const auto down = spot(settings_.height, h * (0.42 + 0.03 * std::sin(0.29 * t)), 0.95 * h);
  const float gains[3] = {static_cast<float>(level * (1 - warmth)), static_cast<float>(level),
                          static_cast<float>(level * (1 + warmth))};
  Dice dice(settings_.seed, static_cast<std::uint64_t>(frame) + (1u << 29));
  for (int y = 0; y < settings_.height; ++y) {
    std::uint8_t* row = pixels + static_cast<std::ptrdiff_t>(y) * 4 * settings_.width;
    auto n = static_cast<std::size_t>(dice.bits());
    for (int x = 0; x < settings_.width; ++x) {
      const float light = 0.52f + 0.62f * across[sized(x)] * down[sized(y)];
      const float grain = noise_[n++ % kNoiseTable];
      for (int c = 0; c < 3; ++c) {
        const float lit = row[4 * x + c] * light * gains[c];
        const float sigma = deviation_[sized(std::min(255, static_cast<int>(lit)))];
        const float colour = noise_[n++ % kNoiseTable];
        const float value = lit + sigma * (0.85f * grain + 0.5f * colour);
        row[4 * x + c] = static_cast<std::uint8_t>(std::clamp(value + 0.5f, 0.f, 255.f));
      }
    }
  }
}

}  // namespace film
