// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From settings to a backbone.

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <tuple>
#include <utility>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/base/sha256.h"
#include "core/io/safetensors.h"
#include "models/sharing/shared_values.h"
#include "models/torch/builtin_weights.h"
#include "models/torch/choice.h"
#include "models/torch/network.h"
#include "models/torch/torch_backbone.h"
#include "models/torch/weights_identity.h"
#include "models/torch/weights_reader.h"
#include "models/weights.h"

namespace mvga {
namespace {

std::string named_architecture(const SafetensorsFile& file) {
  const auto found = file.metadata().find("architecture");
  return found == file.metadata().end() ? "" : found->second;
}

void check_architecture(const SafetensorsFile& file, const std::string& wanted) {
  const std::string named = named_architecture(file);
  if (named.empty() || named == wanted) return;
  throw Error(ErrorKind::unreadable, file.name() + ": these are weights for " + printable(named) +
                                         ", not for " + wanted + "; use the one or set the other");
}

/// Weights tell their architecture when the user does not: in the file, or by the file's name.
std::string architecture_of(const BackboneSettings& settings) {
  if (!settings.architecture.empty()) return settings.architecture;
  if (settings.weights.empty()) {
    throw Error(ErrorKind::settings, "no backbone: name an architecture or a weights file");
  }
  std::string named = named_architecture(SafetensorsFile::open(settings.weights));
  if (!named.empty()) return named;
  named = settings.weights.stem().string();
  const std::vector<std::string> known = architecture_names();
  if (std::binary_search(known.begin(), known.end(), named)) return named;
  throw Error(ErrorKind::settings, settings.weights.string() +
                                       ": the file does not say which architecture it is for; name "
                                       "it with the setting backbone");
}

/// The file that was named, or the one that is found; empty: what is built in.
std::filesystem::path weights_path(const BackboneSettings& settings,
                                   const std::string& architecture) {
  if (!settings.weights.empty()) return settings.weights;
  if (builtin_weights(architecture).empty()) return find_weights(architecture);
  return look_for_weights(architecture).value_or(std::filesystem::path());
}

std::string builtin_name(const std::string& architecture) {
  return "the built-in " + architecture;
}

SafetensorsFile read_weights(const std::filesystem::path& path, const std::string& architecture) {
  if (!path.empty()) return SafetensorsFile::open(path);
  const std::span<const std::byte> bytes = builtin_weights(architecture);
  return SafetensorsFile::parse({bytes.begin(), bytes.end()}, builtin_name(architecture));
}

/// Architecture, weights, device, precision.
using NetworkKey = std::tuple<std::string, WeightsIdentity, std::string, Precision>;

std::shared_ptr<const Network> build_network(const Architecture& architecture,
                                             const std::filesystem::path& path,
                                             const Placement& placement, int top_level) {
  const SafetensorsFile file = read_weights(path, architecture.name);
  check_architecture(file, architecture.name);
  WeightsReader reader(&file, placement);
  Trunk trunk = architecture.build(reader, architecture.top_stage(top_level));
  reader.require_all();
  std::vector<LevelStages> levels(architecture.levels.begin(),
                                  architecture.levels.begin() + top_level + 1);
  const int largest_batch =
      placement.device.is_cpu() ? architecture.cpu_batch : std::numeric_limits<int>::max();
  return std::make_shared<const Network>(sha256_hex(file.bytes()), std::move(trunk),
                                         std::move(levels), placement, largest_batch);
}

/// A network that has more levels than are asked for does as well; one that has fewer is left to
/// those who use it.
std::shared_ptr<const Network> shared_network(const Architecture& architecture,
                                              const std::filesystem::path& path,
                                              const Placement& placement, int top_level) {
  static SharedValues<NetworkKey, const Network> networks;
  const NetworkKey key{architecture.name, path.empty() ? WeightsIdentity() : identity_of(path),
                       placement.device_name(), placement.precision()};
  return networks.get(
      key, [&](const Network& network) { return network.top_level() >= top_level; },
      [&] { return build_network(architecture, path, placement, top_level); });
}

}  // namespace

std::shared_ptr<const Backbone> open_torch_backbone(const BackboneSettings& settings) {
  return open_torch_backbone(find_architecture(architecture_of(settings)), settings);
}

std::shared_ptr<const Backbone> open_torch_backbone(const Architecture& architecture,
                                                    const BackboneSettings& settings) {
  const std::vector<int> levels = chosen_levels(settings, architecture);
  BackboneInfo info;
  info.architecture = architecture.name;
  info.input_size = chosen_input_size(settings, architecture);
  for (int level : levels) info.levels.push_back({level, 0, 0, 0});
  info.map_levels = chosen_map_levels(levels, architecture);
  info.reduction = architecture.reduction;
  if (settings.threads < 0) throw Error(ErrorKind::settings, "threads cannot be negative");
  const Placement placement = choose_placement(settings.device, settings.precision);
  info.device = placement.device_name();
  info.precision = placement.precision();

  const std::filesystem::path path = weights_path(settings, architecture.name);
  info.weights = path.empty() ? builtin_name(architecture.name) : path.string();
  const c10::InferenceMode no_gradients;
  use_threads(settings.threads == 0 ? available_cpus() : settings.threads);
  std::shared_ptr<const Network> network =
      shared_network(architecture, path, placement, levels.back());
  info.weights_sha256 = network->weights_sha256();
  return std::make_shared<TorchBackbone>(std::move(info), architecture.input.normalisation,
                                         std::move(network), settings.threads);
}

}  // namespace mvga
