// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What light, lens and sensor make of the scene.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "examples/inspection-line/settings.h"

namespace film {

class Camera {
 public:
  explicit Camera(const Settings& settings);

  /// `pixels` are rows of BGRx without padding; changed in place.
  void expose(std::uint8_t* pixels, int frame);

 private:
  void blur(std::uint8_t* pixels);
  void light_and_noise(std::uint8_t* pixels, int frame) const;

  Settings settings_;
  std::vector<float> noise_;            ///< normal deviates
  std::array<float, 256> deviation_{};  ///< of the noise at each brightness
  std::vector<std::uint8_t> line_;
};

}  // namespace film
