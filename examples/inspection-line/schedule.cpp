// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/schedule.h"

#include <array>
#include <cmath>

#include "examples/inspection-line/dice.h"

namespace film {
namespace {

// A part is in sight for about four seconds; some good seconds are to lie between two defects.
constexpr int kPartsBetweenDefects = 6;
constexpr double kHalfInSight = kPartWidth / 2 + 30;  // of a part or its shadow, from its centre

Part make_part(const Settings& settings, int index) {
  Dice dice(settings.seed, static_cast<std::uint64_t>(index) + 1000);
  Part part;
  part.serial = 41000 + index * 7 + dice.below(5);
  part.seed = dice.bits();
  const double first = -settings.scene_width() / kBeltSpeed - 1;
  part.start = first + (index * kPartSpacing + dice.between(-5, 5)) / kBeltSpeed;
  part.y = dice.between(-6, 6);
  part.angle = dice.between(-0.03, 0.03);
  return part;
}

}  // namespace

std::string_view name_of(DefectKind kind) {
  static constexpr std::array<std::string_view, kDefectKinds> names = {
      "scratch", "dent", "missing-connector", "foreign-object", "stain"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<Part> plan_parts(const Settings& settings) {
  const double end = settings.good_seconds + settings.watch_seconds;
  std::vector<Part> parts;
  int good_in_a_row = kPartsBetweenDefects;
  int defects = 0;
  for (int i = 0;; ++i) {
    Part part = make_part(settings, i);
    const double seen_from = part.start - kHalfInSight / kBeltSpeed;
    if (seen_from > end) return parts;
    // The first second of the stretch to watch stays good, and the last defect is seen whole.
    const bool room = seen_from > settings.good_seconds + 1 && part.start + 2 < end;
    if (room && good_in_a_row >= kPartsBetweenDefects) {
      part.defect = static_cast<DefectKind>(defects++ % kDefectKinds);
      good_in_a_row = 0;
    } else {
      ++good_in_a_row;
    }
    parts.push_back(part);
  }
}

double part_x(const Part& part, double seconds) {
  return (seconds - part.start) * kBeltSpeed;
}

}  // namespace film
