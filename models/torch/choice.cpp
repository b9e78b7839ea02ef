// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/choice.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>

#include "core/base/error.h"

namespace mvga {
namespace {

constexpr int smallest_input = 32;
constexpr int largest_input = 2048;

void check_levels(const std::vector<int>& levels, const Architecture& architecture) {
  const int count = static_cast<int>(architecture.levels.size());
  for (int level : levels) {
    if (level >= 0 && level < count) continue;
    throw Error(ErrorKind::settings, "level " + std::to_string(level) +
                                         " does not exist: " + architecture.name +
                                         " has the levels 0 to " + std::to_string(count - 1));
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

/// The multiples on both sides of a size that is none, as far as they are allowed.
std::string nearest_multiples(int size, int multiple) {
  const int below = size / multiple * multiple;
  const int above = below + multiple;
  if (below < smallest_input) return std::to_string(above);
  if (above > largest_input) return std::to_string(below);
  return std::to_string(below) + " or " + std::to_string(above);
}

}  // namespace

std::vector<int> chosen_levels(const BackboneSettings& settings, const Architecture& architecture) {
  std::vector<int> levels =
      settings.levels.empty() ? levels_of(settings.level_set, architecture) : settings.levels;
  check_levels(levels, architecture);
  return levels;
}

std::vector<int> chosen_map_levels(const std::vector<int>& levels,
                                   const Architecture& architecture) {
  std::vector<int> both;
  std::set_intersection(levels.begin(), levels.end(), architecture.map_levels.begin(),
                        architecture.map_levels.end(), std::back_inserter(both));
  return both.empty() ? levels : both;
}

int chosen_input_size(const BackboneSettings& settings, const Architecture& architecture) {
  const int size = settings.input_size;
  const InputFormat& input = architecture.input;
  if (size == 0) return input.size;
  const std::string what = "input-size=" + std::to_string(size) + ": ";
  if (size < smallest_input || size > largest_input) {
    throw Error(ErrorKind::settings, what + "use " + std::to_string(smallest_input) + " to " +
                                         std::to_string(largest_input) +
                                         ", or 0 for what suits the backbone");
  }
  if (size % input.multiple != 0) {
    throw Error(ErrorKind::settings, what + architecture.name + " takes multiples of " +
                                         std::to_string(input.multiple) + "; use " +
                                         nearest_multiples(size, input.multiple));
  }
  return size;
}

}  // namespace mvga
