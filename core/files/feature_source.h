// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where features come from, as our files describe it.
#pragma once

#include <string>
#include <vector>

#include "core/base/box.h"
#include "core/features/backbone.h"
#include "core/features/reading.h"
#include "core/io/field_writer.h"
#include "core/io/fields.h"

namespace mvga {

/// Only features of one source can be compared.
struct FeatureSource {
  std::string architecture;        ///< of the backbone
  std::string weights_sha256;      ///< of its weights file
  int input_size = 0;              ///< side of the images
  int tiles = 1;                   ///< in a row
  int tile_size = 0;               ///< side of one; 0 without tiles
  std::vector<LevelShape> levels;  ///< ascending, at least one
  Box roi;                         ///< the part of the frame
  Reading reading;
};

FeatureSource source_of(const BackboneInfo& backbone, const Box& roi, const Reading& reading);

void write_source(const FeatureSource& source, FieldWriter& file);
/// @throws Error unreadable
FeatureSource read_source(const Fields& fields);

}  // namespace mvga
