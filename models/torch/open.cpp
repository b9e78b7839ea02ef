// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From settings to a backbone.

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "core/io/error.h"
#include "core/io/safetensors.h"
#include "core/io/sha256.h"
#include "models/torch/builtin_weights.h"
#include "models/torch/torch_backbone.h"
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

/// The file that was named, the one that is found, or the one that is built in.
SafetensorsFile open_weights(const BackboneSettings& settings, const std::string& architecture) {
  if (!settings.weights.empty()) return SafetensorsFile::open(settings.weights);
  const std::span<const std::byte> bytes = builtin_weights(architecture);
  try {
    return SafetensorsFile::open(find_weights(architecture));
  } catch (const Error& e) {
    if (bytes.empty() || e.kind() != ErrorKind::not_found) throw;
  }
  return SafetensorsFile::parse({bytes.begin(), bytes.end()}, "the built-in " + architecture);
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

  std::vector<Stage> stages;
  {
    const SafetensorsFile file = open_weights(settings, architecture.name);
    info.weights = file.name();
    check_architecture(file, architecture.name);
    info.weights_sha256 = sha256_hex(file.bytes());
    const c10::InferenceMode no_gradients;
    use_threads(settings.threads);
    WeightsReader reader(&file, placement);
    stages = architecture.build(reader, levels.back());
    reader.require_all();
  }
  return std::make_shared<TorchBackbone>(std::move(info), std::move(stages), placement,
                                         settings.threads);
}

}  // namespace mvga
