// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/stage.h"

namespace mvga {

at::Tensor Tokens::map() const {
  return values.narrow(1, prefix, height * width)
      .reshape({values.size(0), height, width, values.size(2)})
      .permute({0, 3, 1, 2});
}

}  // namespace mvga
