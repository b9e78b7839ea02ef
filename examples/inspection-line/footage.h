// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The frames: the scene, as the camera takes it.
#pragma once

#include <cstdint>

#include "examples/inspection-line/camera.h"
#include "examples/inspection-line/scene.h"
#include "examples/inspection-line/settings.h"

namespace film {

class Footage {
 public:
  explicit Footage(const Settings& settings)
      : settings_(settings), scene_(settings), camera_(settings) {}

  /// Paints rows of BGRx without padding.
  void paint(int frame, std::uint8_t* pixels);

  Scene& scene() { return scene_; }

 private:
  Settings settings_;
  Scene scene_;
  Camera camera_;
};

}  // namespace film
