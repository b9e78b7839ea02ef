// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the user can choose, and the measures of the scene.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>

namespace film {

struct Settings {
  int width = 640;
  int height = 360;
  int fps = 25;
  std::uint64_t seed = 1;
  double good_seconds = 30;   ///< only normal parts
  double watch_seconds = 40;  ///< with defects among them
  std::string output = "inspection-line.mkv";
  std::string ground_truth;  ///< empty: none
  std::string dataset;       ///< folder for frames and masks instead of a film; empty: none

  int good_frames() const { return static_cast<int>(std::lround(good_seconds * fps)); }
  int frames() const { return static_cast<int>(std::lround((good_seconds + watch_seconds) * fps)); }
  /// Pixels for one scene unit.
  double scale() const { return height / 360.0; }
  /// Width of the picture in scene units.
  double scene_width() const { return width / scale(); }
};

// Scene units: the picture is 360 of them high.
inline constexpr double kSceneHeight = 360;
inline constexpr double kBeltTop = 34;
inline constexpr double kBeltBottom = 326;
inline constexpr double kPartWidth = 204;
inline constexpr double kPartHeight = 156;
inline constexpr double kPartSpacing = 252;
inline constexpr double kBeltSpeed = 218;  ///< units a second

/// Reads the command line. Prints the help and exits when asked to.
/// @throws std::runtime_error with one line that says what is wrong
Settings read_command_line(int argc, char** argv);

}  // namespace film
