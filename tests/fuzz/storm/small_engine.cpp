// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// In the engine's place: a network of a few numbers, without LibTorch. It fails for a picture that
// begins with four bytes of 0x66.

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/version.h"
#include "models/engine.h"
#include "tests/core/learning/fake_backbone.h"

namespace mvga {
namespace {

class SmallBackbone : public test::FakeBackbone {
 public:
  Levels extract(const RgbView& image) const override {
    if (std::all_of(image.data, image.data + 4, [](std::uint8_t v) { return v == 0x66; }))
      throw Error(ErrorKind::engine, "the network failed");
    return FakeBackbone::extract(image);
  }
};

std::vector<std::string> architectures() {
  return {"mvga_small", "tf_efficientnet_b4"};
}

std::shared_ptr<const Backbone> open(const BackboneSettings& settings) {
  const std::vector<std::string> known = architectures();
  const std::string name = settings.architecture.empty() ? known[0] : settings.architecture;
  if (std::find(known.begin(), known.end(), name) == known.end())
    throw Error(ErrorKind::settings, "backbone " + name + " is none of those that are known");
  if (!settings.weights.empty())
    throw Error(ErrorKind::not_found, settings.weights.string() + ": there is no such file");
  if (settings.device != "auto" && settings.device != "cpu")
    throw Error(ErrorKind::settings, "device " + settings.device + " is not there");
  if (settings.input_size != 0 && settings.input_size != test::FakeBackbone::kSide)
    throw Error(ErrorKind::settings, "input-size is 32 here");
  if (!settings.levels.empty() && settings.levels != std::vector<int>{1, 2})
    throw Error(ErrorKind::settings, "levels are 1-2 here");
  auto backbone = std::make_shared<SmallBackbone>();
  backbone->change().architecture = name;
  return backbone;
}

}  // namespace

const Engine& engine() {
  static const Engine small{MVGA_VERSION, open, architectures, nullptr, nullptr, nullptr, nullptr};
  return small;
}

}  // namespace mvga
