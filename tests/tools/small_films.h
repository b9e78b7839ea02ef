// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Films of the small scene, with something unusual in them where a test wants it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/gst/play.h"

namespace mvga::testing {

/// H.264 with a key frame every 25 frames, one a second, and no B-frames.
inline constexpr const char* kFilmEncoder =
    "x264enc tune=zerolatency key-int-max=25 option-string=scenecut=0 ! h264parse";

/// Matroska, 96x64 pixels, 25 frames a second: a frame for each letter, n for normal_frame(), A for
/// anomalous_frame().
void write_film(const std::filesystem::path& file, const std::string& frames,
                const std::string& encoder = kFilmEncoder);

/// One frame as it is stored.
struct StoredFrame {
  GstClockTime time = 0;
  bool key = false;
  std::string bytes;
};
std::vector<StoredFrame> stored_frames(const std::filesystem::path& film);

/// A model that was learned from such a film, and the threshold between its two kinds of frame.
/// Made once for the process.
struct FilmModel {
  std::filesystem::path file;
  double threshold = 0;
};
const FilmModel& film_model();

}  // namespace mvga::testing
