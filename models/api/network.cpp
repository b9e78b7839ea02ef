// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/api/network.h"

#include <mvga/error.h>

namespace mvga::v1 {
namespace {

mvga::Precision precision_from(Precision precision) {
  switch (precision) {
    case Precision::automatic:
      return mvga::Precision::automatic;
    case Precision::fp32:
      return mvga::Precision::fp32;
    case Precision::bf16:
      return mvga::Precision::bf16;
    case Precision::fp16:
      return mvga::Precision::fp16;
  }
  throw Error(ErrorKind::settings, "there is no such precision");
}

}  // namespace

void apply(const NetworkSettings& network, BackboneSettings& settings) {
  settings.weights = network.weights;
  settings.device = network.device;
  settings.precision = precision_from(network.precision);
  settings.threads = network.threads;
}

}  // namespace mvga::v1
