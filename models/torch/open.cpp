// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From settings to a backbone.

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/io/safetensors.h"
#include "models/sharing/shared_values.h"
#include "models/torch/builtin_weights.h"
#include "models/torch/network.h"
#include "models/torch/torch_backbone.h"
#include "models/torch/weights_identity.h"
#include "models/torch/weights_reader.h"
#include "models/weights.h"

namespace mvga {
namespace {

constexpr int smallest_input = 32;
constexpr int largest_input = 2048;

std::string named_architecture(const SafetensorsFile& file) {
  const auto found = file.metadata().find("architecture");
  return found == file.metadata().end() ? "" : found->second;
}

void check_levels(const std::vector<int>& levels, const Architecture& architecture) {
  for (int level : levels) {
    if (level >= 0 && level < architecture.levels) continue;
    throw Error(ErrorKind::settings,
                "level " + std::to_string(level) + " does not exist: " + architecture.name +
                    " has the levels 0 to " + std::to_string(architecture.levels - 1));
  }
  if (std::adjacent_find(levels.begin(), levels.end(), std::greater_equal<>()) != levels.end()) {
    throw Error(ErrorKind::settings, "levels have to be given in ascending order, each once");
  }
}

std::vector<int> levels_of(LevelSet set, const Architecture& architecture) {
  if (set == LevelSet::published) return architecture.paper_levels;
  std::vector<int> all;
  std::set_union(architecture.paper_levels.begin(), architecture.paper_levels.end(),
                 architecture.map_levels.begin(), architecture.map_levels.end(),
                 std::back_inserter(all));
  return all;
}

/// Those of the levels in use that localise best; all when none of them is known to.
std::vector<int> map_levels(const std::vector<int>& levels, const Architecture& architecture) {
  std::vector<int> both;
  std::set_intersection(levels.begin(), levels.end(), architecture.map_levels.begin(),
                        architecture.map_levels.end(), std::back_inserter(both));
  return both.empty() ? levels : both;
}

int checked_input_size(int size, const Architecture& architecture) {
  if (size == 0) return architecture.input_size;
  if (size >= smallest_input && size <= largest_input) return size;
  throw Error(ErrorKind::settings,
              "input-size=" + std::to_string(size) + ": use " + std::to_string(smallest_input) +
                  " to " + std::to_string(largest_input) + ", or 0 for what suits the backbone");
}

void check_architecture(const SafetensorsFile& file, const std::string& wanted) {
  const std::string named = named_architecture(file);
  if (named.empty() || named == wanted) return;
  throw Error(ErrorKind::unreadable, file.name() + ": these are weights for " + named +
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
  try {
    return find_weights(architecture);
  } catch (const Error& e) {
    if (builtin_weights(architecture).empty() || e.kind() != ErrorKind::not_found) throw;
  }
  return {};
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
  std::vector<Stage> stages = architecture.build(reader, top_level);
  reader.require_all();
  const int largest_batch =
      placement.device.is_cpu() ? architecture.cpu_batch : std::numeric_limits<int>::max();
  return std::make_shared<const Network>(sha256_hex(file.bytes()), std::move(stages), placement,
                                         largest_batch);
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
  const std::string name = architecture_of(settings);
  const Architecture& architecture = find_architecture(name);
  const std::vector<int> levels =
      settings.levels.empty() ? levels_of(settings.level_set, architecture) : settings.levels;
  check_levels(levels, architecture);

  BackboneInfo info;
  info.architecture = architecture.name;
  info.input_size = checked_input_size(settings.input_size, architecture);
  for (int level : levels) info.levels.push_back({level, 0, 0, 0});
  info.map_levels = map_levels(levels, architecture);
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
  return std::make_shared<TorchBackbone>(std::move(info), std::move(network), settings.threads);
}

}  // namespace mvga
