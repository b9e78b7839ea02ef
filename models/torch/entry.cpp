// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the engine offers to libmvga.

#include "core/base/error.h"
#include "core/base/version.h"
#include "models/engine.h"
#include "models/torch/architecture.h"
#include "models/torch/guarded.h"
#include "models/torch/network.h"
#include "models/torch/tensor_memory.h"
#include "models/torch/torch_backbone.h"
#include "models/torch/weights_reader.h"

namespace mvga {
namespace {

std::shared_ptr<const Backbone> open(const BackboneSettings& settings) {
  return guarded([&] { return open_torch_backbone(settings); });
}

std::vector<TensorSpec> required_tensors(const std::string& architecture, int top_level) {
  return guarded([&] {
    WeightsReader nothing(nullptr, {});
    const Architecture& network = find_architecture(architecture);
    network.build(nothing, network.top_stage(top_level));
    return nothing.asked();
  });
}

Levels extract_tensor(const Backbone& backbone, std::span<const float> input) {
  // `open` makes no other kind.
  return static_cast<const TorchBackbone&>(backbone).extract_tensor(input);
}

}  // namespace
}  // namespace mvga

const mvga::Engine* mvga_engine() {
  static const mvga::Engine engine{MVGA_VERSION,
                                   mvga::open,
                                   mvga::architecture_names,
                                   mvga::required_tensors,
                                   mvga::extract_tensor,
                                   mvga::Network::living,
                                   mvga::TensorMemory::blocks_taken};
  return &engine;
}
