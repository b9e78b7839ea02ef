// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvga predict writes of a frame: a line of JSON, a line of CSV, and pictures.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/scoring/detection.h"
#include "gst/drawing/overlay_painter.h"
#include "tools/drawing/heat_map_files.h"
#include "tools/media/frames.h"
#include "tools/output/lines.h"

namespace mvga::tool {

/// What is wanted beside lines of JSON on standard output; empty where it is not.
struct PredictionFiles {
  std::string csv;
  std::string heat_maps;  ///< folders
  std::string maps;
  std::string masks;

  /// @throws Error settings if heat maps and masks, which have the same names, share a folder
  void check() const;
  std::vector<std::filesystem::path> folders() const;
};

class Predictions {
 public:
  /// Makes the folders.
  /// @throws Error unwritable, no_space, settings (no encoder)
  Predictions(const PredictionFiles& files, const std::vector<std::string>& inputs);

  /// @param number of the frame in its file
  /// @throws Error no_space, unwritable
  void write(const Frame& frame, const Detection& detection, std::size_t input, std::size_t number);
  /// When there is no more.
  void finish();

 private:
  std::vector<std::string> inputs_;
  Lines json_;
  std::optional<Lines> csv_;
  std::optional<HeatMapFiles> heat_maps_;
  std::optional<HeatMapFiles> maps_;
  std::optional<HeatMapFiles> masks_;
  overlay::OverlayPainter painter_{overlay::OverlaySettings{}};
};

}  // namespace mvga::tool
