// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What runs over the belt, and when.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "examples/inspection-line/settings.h"

namespace film {

enum class DefectKind { scratch, dent, missing_connector, foreign_object, stain };
inline constexpr int kDefectKinds = 5;

std::string_view name_of(DefectKind kind);

/// One part, with what makes it differ from the next one.
struct Part {
  int serial = 0;
  std::uint64_t seed = 0;  ///< of its surface
  double start = 0;        ///< seconds: when its centre crosses the left edge of the picture
  double y = 0;            ///< offset from the middle of the belt
  double angle = 0;        ///< radians
  std::optional<DefectKind> defect;
};

/// All parts that are seen in the film, in order. Defective ones are never in sight before the
/// stretch to watch begins, and never two at a time.
std::vector<Part> plan_parts(const Settings& settings);

/// Where the centre of a part is at a time, in scene units.
double part_x(const Part& part, double seconds);

}  // namespace film
