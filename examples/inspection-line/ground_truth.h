// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is wrong in the film, when and where, as JSON.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "examples/inspection-line/scene.h"
#include "examples/inspection-line/settings.h"

namespace film {

class GroundTruth {
 public:
  explicit GroundTruth(Settings settings) : settings_(std::move(settings)) {}

  /// Frames in order.
  void add(int frame, const std::vector<Sighting>& sightings);
  /// @throws std::runtime_error when the file cannot be written
  void save(const std::string& path) const;

 private:
  struct FrameBox {
    int frame = 0;
    Rectangle box;
  };
  struct Defect {
    DefectKind kind;
    std::vector<FrameBox> boxes;
  };

  Settings settings_;
  std::map<int, Defect> defects_;  ///< by serial number of the part
};

}  // namespace film
