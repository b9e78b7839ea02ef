// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What stands behind a model of the interface.
#pragma once

#include <mvga/model.h>

#include "core/scoring/model.h"

namespace mvga::v1 {

struct Model::Data {
  mvga::Model model;
};

}  // namespace mvga::v1
