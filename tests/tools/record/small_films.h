// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Films of the small scene, as they are stored, and a model of them.
#pragma once

#include <gst/gst.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/gst/harness/film.h"
#include "tests/gst/harness/play.h"

namespace mvga::testing {

/// One frame as it is stored.
struct StoredFrame {
  GstClockTime time = 0;
  bool key = false;
  std::string bytes;
};
std::vector<StoredFrame> stored_frames(const std::filesystem::path& film);

/// What a player shows of the film, one text a frame that has all of its pixels.
std::vector<std::string> shown_frames(const std::filesystem::path& film);

/// The film's frames as H.264 in a file for gdpdepay, with the times that `retime` leaves them.
void write_retimed(const std::filesystem::path& film, const std::filesystem::path& file,
                   const std::function<void(GstBuffer*, unsigned number)>& retime);

/// A model that was learned from such a film, and the threshold between its two kinds of frame.
/// Made once for the process.
struct FilmModel {
  std::filesystem::path file;
  double threshold = 0;
};
const FilmModel& film_model();

}  // namespace mvga::testing
