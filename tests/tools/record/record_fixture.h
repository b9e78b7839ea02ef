// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga record on a small film, and what it leaves.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/core/io/test_files.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/harness/run_tool.h"
#include "tests/tools/record/small_films.h"

namespace mvga::testing {

inline constexpr GstClockTime kFilmFrame = GST_SECOND / 25;

inline std::string frames(int normal, int anomalous, int normal_after) {
  return std::string(static_cast<std::size_t>(normal), 'n') +
         std::string(static_cast<std::size_t>(anomalous), 'A') +
         std::string(static_cast<std::size_t>(normal_after), 'n');
}

class Record : public ::testing::Test {
 protected:
  std::filesystem::path film() const { return folder_ / "film.mkv"; }
  std::filesystem::path out() const { return folder_ / "events"; }
  std::string film_source() const { return "filesrc location=" + film().string(); }

  std::string arguments(const std::string& source, const std::string& more = "") const {
    return "record \"" + source + "\" --model " + film_model().file.string() + " --output " +
           out().string() + " --threads 1 --weights " + small_weights().string() + " --threshold " +
           std::to_string(film_model().threshold) + " --pre-roll 1 --post-roll 1 " + more;
  }
  Outcome record(const std::string& source, const std::string& more = "") const {
    return mvga(arguments(source, more));
  }

  std::vector<std::filesystem::path> files(const std::string& ending) const {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(out()))
      if (entry.path().extension() == ending) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
  }
  std::vector<nlohmann::json> events() const {
    std::vector<nlohmann::json> all;
    for (const std::filesystem::path& file : files(".json"))
      all.push_back(nlohmann::json::parse(test::read_text(file)));
    return all;
  }

  TemporaryFolder folder_;
};

/// That the clip is a part of the film to the bit, with its times to so many nanoseconds, wherever
/// it begins.
inline void expect_frames_of(const std::vector<StoredFrame>& film,
                             const std::vector<StoredFrame>& clip, double tolerance) {
  ASSERT_FALSE(clip.empty());
  const auto first = std::find_if(film.begin(), film.end(), [&](const StoredFrame& frame) {
    return frame.bytes == clip[0].bytes;
  });
  ASSERT_LE(first + static_cast<std::ptrdiff_t>(clip.size()), film.end());
  for (std::size_t i = 0; i < clip.size(); ++i) {
    const StoredFrame& original = first[static_cast<std::ptrdiff_t>(i)];
    EXPECT_TRUE(clip[i].bytes == original.bytes) << i;
    EXPECT_NEAR(static_cast<double>(clip[i].time), static_cast<double>(original.time - first->time),
                tolerance)
        << i;
  }
}

/// That the clip is the part of the film that begins with that frame, to the bit.
inline void expect_part_of(const std::vector<StoredFrame>& film, std::size_t first,
                           const std::vector<StoredFrame>& clip) {
  ASSERT_FALSE(clip.empty());
  ASSERT_LE(first + clip.size(), film.size());
  EXPECT_TRUE(clip[0].key);
  for (std::size_t i = 0; i < clip.size(); ++i) {
    EXPECT_TRUE(clip[i].bytes == film[first + i].bytes)
        << "frame " << i << " is not the source's own";
    EXPECT_EQ(clip[i].time, i * kFilmFrame) << "a clip's time begins at 0";
  }
}

}  // namespace mvga::testing
