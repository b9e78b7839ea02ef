// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The pictures that mvga predict --heatmaps leaves.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/evaluation/small_evaluation.h"
#include "tests/tools/harness/failures.h"
#include "tests/tools/harness/run_tool.h"
#include "tools/drawing/heat_map_files.h"
#include "tools/drawing/picture.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using testing::failure_of;
using testing::TemporaryFolder;

void touch(const fs::path& file) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << "something";
}

std::vector<fs::path> files_of(const TemporaryFolder& folder,
                               const std::vector<std::string>& inputs) {
  std::vector<fs::path> paths;
  for (const std::string& input : inputs) {
    touch(folder / input);
    paths.push_back(folder / input);
  }
  const HeatMapFiles files(folder / "out", paths);
  std::vector<fs::path> found;
  for (std::size_t i = 0; i < paths.size(); ++i)
    found.push_back(files.file_of(i, 0).lexically_relative(folder / "out"));
  return found;
}

using Paths = std::vector<fs::path>;

TEST(HeatMapFiles, KeepTheFoldersBelowTheCommonOne) {
  const TemporaryFolder folder;
  EXPECT_EQ(files_of(folder, {"in/a/000.png", "in/b/000.png"}), (Paths{"a/000.png", "b/000.png"}));
  EXPECT_EQ(files_of(folder, {"in/a/000.png", "in/a/001.jpg"}), (Paths{"000.png", "001.png"}));
}

TEST(HeatMapFiles, NumberPicturesOfTheSameName) {
  const TemporaryFolder folder;
  EXPECT_EQ(files_of(folder, {"in/0.png", "in/0.jpg", "in/0-2.png", "in/0.png"}),
            (Paths{"0.png", "0-2.png", "0-2-2.png", "0-3.png"}));
}

TEST(HeatMapFiles, NumberTheFramesOfAVideoInAFolderOfItsName) {
  const TemporaryFolder folder;
  const std::vector<fs::path> inputs{folder / "in/line.mp4", folder / "in/line.png"};
  for (const fs::path& input : inputs) touch(input);
  const HeatMapFiles files(folder / "out", inputs);
  EXPECT_EQ(files.file_of(0, 0), folder / "out/line.mp4/000000.png");
  EXPECT_EQ(files.file_of(0, 12), folder / "out/line.mp4/000012.png");
  EXPECT_TRUE(fs::is_directory(folder / "out/line.mp4"));
  std::set<fs::path> all;
  for (std::size_t input : {0, 1})
    for (std::size_t frame = 0; frame < 3; ++frame) all.insert(files.file_of(input, frame));
  EXPECT_EQ(all.size(), 6U) << "two frames share a file";
}

TEST(HeatMapFiles, NeverNameAnInput) {
  const TemporaryFolder folder;
  touch(folder / "in/0.png");
  const HeatMapFiles files(folder / "in", {folder / "in/0.png"});
  EXPECT_EQ(files.file_of(0, 0), folder / "in/0-2.png");
}

TEST(HeatMapFiles, SayWhichFolderCannotBeMade) {
  const TemporaryFolder folder;
  touch(folder / "a/0.png");
  touch(folder / "b/0.png");
  touch(folder / "out/b");
  const std::string text = failure_of([&] {
    HeatMapFiles(folder / "out", {folder / "a/0.png", folder / "b/0.png"});
  });
  EXPECT_NE(text.find((folder / "out/b").string()), std::string::npos) << text;
}

/// The difference of two pictures' components, at a pixel.
int difference(const Frame& a, const Frame& b, int x, int y) {
  int sum = 0;
  GstMapInfo map_a;
  GstMapInfo map_b;
  gst_buffer_map(a.buffer(), &map_a, GST_MAP_READ);
  gst_buffer_map(b.buffer(), &map_b, GST_MAP_READ);
  for (int c = 0; c < 3; ++c) {
    const int at_a = y * GST_VIDEO_INFO_PLANE_STRIDE(&a.info(), 0) + 3 * x + c;
    const int at_b = y * GST_VIDEO_INFO_PLANE_STRIDE(&b.info(), 0) + 3 * x + c;
    sum += std::abs(map_a.data[at_a] - map_b.data[at_b]);
  }
  gst_buffer_unmap(a.buffer(), &map_a);
  gst_buffer_unmap(b.buffer(), &map_b);
  return sum;
}

Frame written(const fs::path& file, const Picture& picture) {
  const auto bytes = picture.encoded(PictureFormat::png);
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  return read_picture(file);
}

/// A picture whose right half lies above the threshold.
Detection anomaly_at_the_right() {
  Detection detection;
  detection.map = {4, 8, {}};
  for (int i = 0; i < 32; ++i) detection.map.values.push_back(i % 8 < 4 ? -1.0F : 2.0F);
  return detection;
}

TEST(Picture, IsChangedOnlyWhereTheAnomalyIs) {
  const TemporaryFolder folder;
  testing::write_normal_picture(folder / "0.png", 1);
  const Frame before = read_picture(folder / "0.png");
  Picture picture(before);
  overlay::OverlayPainter painter({.style = overlay::heatmap});
  picture.draw(anomaly_at_the_right(), painter);
  const Frame after = written(folder / "1.png", picture);
  ASSERT_EQ(after.width(), 48);
  ASSERT_EQ(after.height(), 40);
  EXPECT_EQ(difference(before, after, 4, 20), 0);
  EXPECT_GT(difference(before, after, 44, 20), 60) << "there is no heat map";
}

TEST(Picture, ShowsTheEdgeOfAMask) {
  const TemporaryFolder folder;
  testing::write_normal_picture(folder / "0.png", 1);
  testing::write_mask(folder / "mask.png");
  const Frame before = read_picture(folder / "0.png");
  Picture picture(before);
  picture.outline(read_mask(folder / "mask.png"));
  const Frame after = written(folder / "1.png", picture);
  EXPECT_GT(difference(before, after, 35, 20) + difference(before, after, 36, 20), 60)
      << "the left edge of the block is not drawn";
  EXPECT_EQ(difference(before, after, 8, 20), 0);
  EXPECT_EQ(difference(before, after, 44, 20), 0) << "the block is filled";
}

TEST(Picture, IsScaledDownButNeverUp) {
  const TemporaryFolder folder;
  testing::write_normal_picture(folder / "0.png", 1);
  const Frame frame = read_picture(folder / "0.png");
  EXPECT_EQ(Picture(frame, 24).width(), 24);
  EXPECT_EQ(Picture(frame, 24).height(), 20);
  EXPECT_EQ(Picture(frame, 100).width(), 48);
}

TEST(HeatMaps, AreWrittenForEveryPictureAndNamedInItsLine) {
  const TemporaryFolder folder;
  testing::write_category(folder / "part");
  const std::string model = (folder / "part.mvga").string();
  const std::string weights = " --weights " + testing::small_weights().string();
  ASSERT_EQ(
      testing::mvga("fit " + (folder / "part").string() + " -o " + model + testing::small_options())
          .code,
      0);
  const testing::Outcome outcome =
      testing::mvga("predict " + model + " " + (folder / "part/test/good").string() + " " +
                    (folder / "part/test/block").string() + weights + " --heatmaps " +
                    (folder / "seen").string());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  std::set<std::string> files;
  std::istringstream lines(outcome.printed);
  for (std::string line; std::getline(lines, line);) {
    const auto result = nlohmann::json::parse(line);
    const fs::path file = result["heatmap"].get<std::string>();
    files.insert(file.string());
    const Frame before = read_picture(result["file"].get<std::string>());
    const Frame after = read_picture(file);
    const bool block = file.parent_path().filename() == "block";
    EXPECT_TRUE(!block || difference(before, after, 43, 20) > 30) << "nothing is drawn on " << file;
  }
  EXPECT_EQ(files.size(), 7U);
}

}  // namespace
}  // namespace mvga::tool
