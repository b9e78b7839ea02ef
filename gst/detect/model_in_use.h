// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The model that frames are held against.
#pragma once

#include <memory>
#include <string>

#include "core/scoring/detector.h"
#include "core/scoring/map_grid.h"

namespace mvga::gst {

/// Immutable: all that a frame has to know of a model is of one and the same.
struct ModelInUse {
  std::shared_ptr<const Detector> detector;  ///< null: the model is still being learned
  std::string id;                            ///< file name without its ending
  int input_size = 0;
  GridSize map_grid;  ///< that of Detection::map
  Box roi;            ///< the part of the frame that it was learned on

  bool is_learned() const { return detector != nullptr; }
  /// In samples of 16.
  int bits() const { return is_learned() ? detector->model().reading.bits : kAllBits; }
};

using SharedModel = std::shared_ptr<const ModelInUse>;

SharedModel ready_for_use(std::shared_ptr<const Detector> detector, std::string id);

}  // namespace mvga::gst
