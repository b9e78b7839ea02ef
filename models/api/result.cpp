// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <mvga/result.h>

#include "models/api/result_data.h"

namespace mvga::v1 {

double Result::score() const {
  return data_->score;
}

double Result::threshold() const {
  return data_->threshold;
}

bool Result::anomalous() const {
  return data_->anomalous;
}

double Result::p_value() const {
  return data_->p_value;
}

double Result::confidence() const {
  return data_->confidence;
}

const Map& Result::map() const {
  return data_->map;
}

const std::vector<Region>& Result::regions() const {
  return data_->regions;
}

}  // namespace mvga::v1
