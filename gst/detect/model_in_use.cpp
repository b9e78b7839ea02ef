// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/model_in_use.h"

#include <utility>

namespace mvga::gst {

SharedModel ready_for_use(std::shared_ptr<const Detector> detector, std::string id) {
  const Model& model = detector->model();
  const int input_size = model.input_size;
  const GridSize grid = map_grid(model);
  const Box roi = model.roi;
  return std::make_shared<const ModelInUse>(
      ModelInUse{std::move(detector), std::move(id), input_size, grid, roi});
}

}  // namespace mvga::gst
