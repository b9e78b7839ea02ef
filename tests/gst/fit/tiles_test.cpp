// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgafit tiles=...: frames that are seen at their own size.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/scoring/detector.h"
#include "models/open_backbone.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/fit_harness.h"
#include "tests/gst/harness/small_model.h"

namespace mvga::testing {
namespace {

constexpr int kTile = kSmallInput;
constexpr int kLarge = 160;  // three tiles of 64 that overlap by 16
const GstVideoInfo kFrames = video_info(GST_VIDEO_FORMAT_RGB, kLarge, kLarge);

/// A speck of 4 pixels a side, in one place.
Buffer with_speck(Buffer frame) {
  GstMapInfo map;
  gst_buffer_map(frame.get(), &map, GST_MAP_WRITE);
  for (int y = 100; y < 104; ++y) std::fill_n(map.data + (y * kLarge + 40) * 3, 4 * 3, guint8{255});
  gst_buffer_unmap(frame.get(), &map);
  return frame;
}

TEST(FitTiles, AreLearnedAndSaidBeforehand) {
  FitHarness fit;
  fit.set("tiles", "3");
  ASSERT_TRUE(fit.begin(kFrames));
  const std::vector<std::string> said = fit.infos();
  EXPECT_TRUE(std::ranges::any_of(said, [](const std::string& text) {
    return text.find("9 tiles of 64 pixels") != std::string::npos &&
           text.find("10 inferences") != std::string::npos;
  }));
  fit.learn(12);
  fit.end();
  fit.stop();
  const Model model = fit.model();
  EXPECT_EQ(model.tiles, 3);
  EXPECT_EQ(model.tile_size, kTile);
  EXPECT_EQ(model.input_size, kTile + 2 * 48);
  EXPECT_EQ(model.levels[0].shape.width, model.input_size / 4) << "three tiles in a row as one map";
}

TEST(FitTiles, AreAsManyAsTheFirstFrameTakes) {
  FitHarness fit;
  fit.set("tiles", "auto");
  ASSERT_TRUE(fit.begin(kFrames));
  fit.learn(12);
  fit.end();
  fit.stop();
  EXPECT_EQ(fit.model().tiles, 3);
}

TEST(FitTiles, AreNotTakenForSmallFrames) {
  FitHarness fit;
  fit.set("tiles", "auto");
  ASSERT_TRUE(fit.begin(video_info(GST_VIDEO_FORMAT_RGB, 48, 64)));
  fit.learn(12);
  fit.end();
  fit.stop();
  EXPECT_EQ(fit.model().tiles, 1);
}

TEST(FitTiles, AreRefusedWhereTheyAreNoNumber) {
  FitHarness fit;
  fit.set("tiles", "2x2");
  EXPECT_FALSE(fit.play());
  const auto error = fit.error();
  ASSERT_TRUE(error);
  EXPECT_NE(error->text.find("tiles='2x2'"), std::string::npos) << error->text;
}

// The speck is a pixel or two of the network's input when that is the whole frame.
TEST(FitTiles, FindASpeckInItsPlace) {
  FitHarness fit;
  fit.set("tiles", "auto");
  ASSERT_TRUE(fit.begin(kFrames));
  fit.learn(20);
  fit.end();
  fit.stop();

  Detect detect;
  detect.set("model", fit.output().c_str());
  detect.start(kFrames);
  const AnomalyMeta found = detect.look_at(with_speck(normal_frame(kFrames, 40)));
  EXPECT_TRUE(found.anomalous);
  ASSERT_FALSE(found.regions.empty());
  const GstVideoRectangle& box = found.regions[0];  // in thousandths
  EXPECT_LE(box.x, 1000 * 44 / kLarge);
  EXPECT_GE(box.x + box.w, 1000 * 40 / kLarge);
  EXPECT_LE(box.y, 1000 * 104 / kLarge);
  EXPECT_GE(box.y + box.h, 1000 * 100 / kLarge);
  EXPECT_LT(box.w, 400);
  // 20 frames promise no more than 14 % false alarms: of 20 more, 7 are too many (p < 0.02).
  int false_alarms = 0;
  for (unsigned i = 41; i < 61; ++i)
    false_alarms += detect.look_at(normal_frame(kFrames, i)).anomalous ? 1 : 0;
  EXPECT_LT(false_alarms, 7);
}

}  // namespace
}  // namespace mvga::testing
