// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The inspection film is only worth something when its ground truth is true.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "examples/inspection-line/dataset_writer.h"
#include "examples/inspection-line/footage.h"
#include "tests/models/temporary_folder.h"

namespace {

namespace ex = mvga::examples;
namespace fs = std::filesystem;

film::Settings small_film() {
  film::Settings settings;
  settings.width = 320;
  settings.height = 180;
  settings.good_seconds = 6;
  settings.watch_seconds = 40;
  return settings;
}

std::vector<std::uint8_t> frame_of(const film::Settings& settings, int frame) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(4 * settings.width * settings.height));
  film::Footage(settings).paint(frame, pixels.data());
  return pixels;
}

/// Where two pictures of a part differ, around its middle; empty when they do not.
film::Rectangle difference(cairo_surface_t* a, cairo_surface_t* b) {
  const int width = cairo_image_surface_get_width(a);
  const int height = cairo_image_surface_get_height(a);
  const int stride = cairo_image_surface_get_stride(a);
  int left = width, top = height, right = -1, bottom = -1;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < 4 * width; ++x) {
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(y) * stride + x;
      if (cairo_image_surface_get_data(a)[at] == cairo_image_surface_get_data(b)[at]) continue;
      left = std::min(left, x / 4), right = std::max(right, x / 4 + 1);
      top = std::min(top, y), bottom = std::max(bottom, y + 1);
    }
  if (right < 0) return {};
  return {left - width / 2.0, top - height / 2.0, double(right - left), double(bottom - top)};
}

struct MaskBounds {
  int left = 0;
  int top = 0;
  int right = 0;  // exclusive, as bottom
  int bottom = 0;
};

/// What the scene marks as defective in a frame; nothing if `right` is 0.
MaskBounds marked(film::Scene& scene, const film::Settings& settings, int frame) {
  const ex::Surface mask(
      cairo_image_surface_create(CAIRO_FORMAT_A8, settings.width, settings.height));
  const ex::Cairo cr(cairo_create(mask.get()));
  scene.draw_defects(cr.get(), frame);
  cairo_surface_flush(mask.get());
  MaskBounds bounds{settings.width, settings.height, 0, 0};
  for (int y = 0; y < settings.height; ++y)
    for (int x = 0; x < settings.width; ++x) {
      const std::ptrdiff_t at =
          static_cast<std::ptrdiff_t>(y) * cairo_image_surface_get_stride(mask.get()) + x;
      if (cairo_image_surface_get_data(mask.get())[at] < 128) continue;
      bounds.left = std::min(bounds.left, x), bounds.right = std::max(bounds.right, x + 1);
      bounds.top = std::min(bounds.top, y), bounds.bottom = std::max(bounds.bottom, y + 1);
    }
  return bounds;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

class EveryDefect : public testing::TestWithParam<int> {};

TEST(InspectionFilm, IsTheSameWithTheSameSeed) {
  EXPECT_EQ(frame_of(small_film(), 40), frame_of(small_film(), 40))
      << "a frame depends on something else than the settings";
  film::Settings other = small_film();
  other.seed = 2;
  EXPECT_NE(frame_of(small_film(), 40), frame_of(other, 40)) << "the seed changes nothing";
}

TEST(InspectionFilm, ShowsNoDefectInItsGoodStretchAndEveryKindAfterIt) {
  const film::Settings settings = small_film();
  film::Scene scene(settings);
  std::vector<int> frames_of_kind(film::kDefectKinds);
  for (int frame = 0; frame < settings.frames(); ++frame) {
    const auto sightings = scene.sightings(frame);
    ASSERT_LE(sightings.size(), 1u) << "two defects at a time in frame " << frame;
    if (sightings.empty()) continue;
    ASSERT_GE(frame, settings.good_frames()) << "a model would learn this defect as normal";
    ++frames_of_kind[static_cast<std::size_t>(*sightings[0].part->defect)];
  }
  for (const int frames : frames_of_kind)
    EXPECT_GE(frames, settings.fps) << "a kind of defect is seen for less than a second";
}

TEST(InspectionFilm, KeepsBoxesInsideThePicture) {
  const film::Settings settings = small_film();
  film::Scene scene(settings);
  for (int frame = settings.good_frames(); frame < settings.frames(); ++frame)
    for (const film::Sighting& s : scene.sightings(frame)) {
      ASSERT_GE(s.box.x, 0) << frame;
      ASSERT_GE(s.box.y, 0) << frame;
      ASSERT_LE(s.box.x + s.box.width, settings.width) << frame;
      ASSERT_LE(s.box.y + s.box.height, settings.height) << frame;
    }
}

TEST(InspectionFilm, MarksTheDefectInsideItsBoxAndNothingElse) {
  const film::Settings settings = small_film();
  film::Scene scene(settings);
  int marked_frames = 0;
  for (int frame = 0; frame < settings.frames(); frame += 7) {
    const MaskBounds m = marked(scene, settings, frame);
    const auto sightings = scene.sightings(frame);
    if (sightings.empty()) continue;  // less than half of it may be in sight
    const film::Rectangle& box = sightings[0].box;
    ++marked_frames;
    ASSERT_GT(m.right, 0) << "nothing is marked in frame " << frame;
    EXPECT_GE(m.left, box.x - 2) << frame;
    EXPECT_GE(m.top, box.y - 2) << frame;
    EXPECT_LE(m.right, box.x + box.width + 2) << frame;
    EXPECT_LE(m.bottom, box.y + box.height + 2) << frame;
    EXPECT_GE((m.right - m.left) * (m.bottom - m.top), 0.4 * box.width * box.height) << frame;
  }
  EXPECT_GT(marked_frames, 20);
  EXPECT_EQ(marked(scene, settings, 0).right, 0) << "the good stretch has something marked";
}

TEST(InspectionFilm, BecomesADataSetWithAMaskForEveryDefectivePicture) {
  const mvga::testing::TemporaryFolder folder;
  film::Settings settings = small_film();
  settings.watch_seconds = 16;
  settings.dataset = folder.path();
  film::write_dataset(settings);
  EXPECT_EQ(names_in(folder / "train/good").size(), 30U) << "not every fifth of 150 frames";
  EXPECT_GT(names_in(folder / "test/good").size(), 10U);
  EXPECT_EQ(names_in(folder / "ground_truth"), (std::vector<std::string>{"dent", "scratch"}));
  for (const std::string kind : {"dent", "scratch"}) {
    std::vector<std::string> expected;
    for (const std::string& name : names_in(folder / ("test/" + kind)))
      expected.push_back(fs::path(name).stem().string() + "_mask.png");
    EXPECT_GT(expected.size(), 5U) << kind;
    EXPECT_EQ(names_in(folder / ("ground_truth/" + kind)), expected);
  }
}

TEST_P(EveryDefect, LiesInsideItsBoxAndFillsMostOfIt) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    film::Part part;
    part.seed = seed;
    const film::PartPicture good = film::paint_part(part, 1);
    part.defect = static_cast<film::DefectKind>(GetParam());
    const film::PartPicture bad = film::paint_part(part, 1);
    const film::Rectangle changed = difference(good.surface.get(), bad.surface.get());
    const film::Rectangle& box = bad.defect;
    ASSERT_GT(changed.width * changed.height, 0) << "nothing was painted, seed " << seed;
    EXPECT_GE(changed.x, box.x - 1.5) << seed;
    EXPECT_GE(changed.y, box.y - 1.5) << seed;
    EXPECT_LE(changed.x + changed.width, box.x + box.width + 1.5) << seed;
    EXPECT_LE(changed.y + changed.height, box.y + box.height + 1.5) << seed;
    EXPECT_GE(changed.width * changed.height, 0.45 * box.width * box.height)
        << "the box is much larger than the defect, seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Film, EveryDefect, testing::Range(0, film::kDefectKinds));

}  // namespace
