// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Scales and maps in a model file, as the profiles `calibrated` keep them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/io/field_writer.h"
#include "core/io/fields.h"
#include "core/scoring/anomaly_map.h"

namespace mvga {

void write_level_scales(const std::string& key, const std::vector<LevelScale>& scales,
                        FieldWriter& file);
void write_place_map(const std::string& key, const AnomalyMap& map, FieldWriter& file);

/// @throws Error unreadable, as all that follow
std::vector<LevelScale> read_level_scales(const Fields& file, const std::string& key,
                                          std::size_t levels);
AnomalyMap read_place_map(const Fields& file, const std::string& key, const GridSize& grid);
/// The value, which has to be above 0.
double read_spread(double value, const Fields& file);

}  // namespace mvga
