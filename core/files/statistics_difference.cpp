// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/files/statistics_difference.h"

#include <vector>

#include "core/base/printable.h"

namespace mvga {
namespace {

std::string shown(const std::vector<LevelShape>& levels) {
  std::string text;
  for (const LevelShape& s : levels) {
    if (!text.empty()) text += ",";
    text += std::to_string(s.level);
  }
  return text;
}

std::string shown(const Box& box) {
  std::string text;
  for (const double side : {box.x, box.y, box.width, box.height}) {
    if (!text.empty()) text += ",";
    text += std::to_string(side);
  }
  return text;
}

std::string shown(const std::optional<double>& light) {
  return light ? std::to_string(*light) : "auto";
}

}  // namespace

std::optional<Difference> difference(const StatisticsInfo& part, const FeatureSource& source,
                                     const FitSettings& settings) {
  const FeatureSource& a = part.source;
  const FeatureSource& b = source;
  if (a.architecture != b.architecture)
    return Difference{"backbone " + printable(a.architecture), printable(b.architecture),
                      "--backbone"};
  if (a.weights_sha256 != b.weights_sha256)
    return Difference{"weights with SHA-256 " + a.weights_sha256.substr(0, 12) + "...",
                      b.weights_sha256.substr(0, 12) + "...", "--weights"};
  if (a.tiles != b.tiles)
    return Difference{"tiles " + std::to_string(a.tiles), std::to_string(b.tiles), "--tiles"};
  if (a.input_size != b.input_size)
    return Difference{"an input of " + std::to_string(a.input_size) + " pixels",
                      std::to_string(b.input_size), "--input-size"};
  if (a.levels != b.levels)
    return Difference{"levels " + shown(a.levels), shown(b.levels), "--levels"};
  if (a.roi != b.roi) return Difference{"roi " + shown(a.roi), shown(b.roi), "--roi"};
  if (a.reading.by != b.reading.by)
    return Difference{"frames whose reading is '" + name_of(a.reading) + "'",
                      "'" + name_of(b.reading) + "'", "version of mvga"};
  if (a.reading.bits != b.reading.bits)
    return Difference{std::to_string(a.reading.bits) + " bits in samples of 16",
                      std::to_string(b.reading.bits), "--bits"};
  if (part.settings.light != settings.light)
    return Difference{"light " + shown(part.settings.light), shown(settings.light), "--light"};
  return std::nullopt;
}

}  // namespace mvga
