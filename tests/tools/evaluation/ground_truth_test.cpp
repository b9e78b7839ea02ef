// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Masks in folders, one for each defect, and the list that says how much of each is enough.

#include "tools/evaluation/ground_truth.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <string>

#include "tests/models/temporary_folder.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/harness/failures.h"
#include "tools/evaluation/segmentation.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using testing::contains;
using testing::failure_of;

class GroundTruths : public ::testing::Test {
 protected:
  fs::path at(const std::string& name) const { return folder_ / name; }
  fs::path config(const std::string& text) const {
    std::ofstream(at("defects_config.json")) << text;
    return at("defects_config.json");
  }
  std::string failure_of_config(const std::string& text) const {
    return failure_of([&] { read_defects_config(config(text)); });
  }

  testing::TemporaryFolder folder_;
};

std::string entry(const std::string& value, const std::string& threshold,
                  const std::string& relative) {
  return R"({"defect_name": "x", "pixel_value": )" + value + R"(, "saturation_threshold": )" +
         threshold + R"(, "relative_saturation": )" + relative + "}";
}

TEST_F(GroundTruths, KnowHowMuchOfADefectIsEnough) {
  const DefectsConfig config = read_defects_config(
      this->config("[" + entry("255", "60", "false") + "," + entry("1", "0.35", "true") + "]"));
  ASSERT_EQ(config.size(), 2U);
  EXPECT_EQ(config.at(255).saturation(1000), 60U);
  EXPECT_EQ(config.at(255).saturation(20), 20U) << "more than the defect has";
  EXPECT_EQ(config.at(1).saturation(1000), 350U);
  EXPECT_EQ(config.at(1).saturation(2), 1U) << "nothing is enough";
}

TEST_F(GroundTruths, NameWhatIsWrongInTheList) {
  EXPECT_TRUE(contains(failure_of_config("nonsense"), "is no list (JSON)"));
  EXPECT_TRUE(contains(failure_of_config("{}"), at("defects_config.json").string()));
  EXPECT_TRUE(contains(failure_of_config("[3]"), "entry 1 is no object"));
  const auto second = [&](const std::string& bad) {
    return failure_of_config("[" + entry("1", "5", "false") + "," + bad + "]");
  };
  EXPECT_TRUE(contains(second(entry("0", "5", "false")), "entry 2 'pixel_value'"));
  EXPECT_TRUE(contains(second(entry("256", "5", "false")), "entry 2 'pixel_value'"));
  EXPECT_TRUE(contains(second(entry("1", "5", "false")), "'pixel_value' of another entry"));
  EXPECT_TRUE(contains(second(entry("2", "1.5", "true")), "a relative 'saturation_threshold'"));
  EXPECT_TRUE(contains(second(entry("2", "0", "true")), "a relative 'saturation_threshold'"));
  EXPECT_TRUE(contains(second(entry("2", "0", "false")), "an absolute 'saturation_threshold'"));
  EXPECT_TRUE(contains(second(entry("2", "\"much\"", "false")), "is no number"));
  EXPECT_TRUE(contains(second(entry("2", "5", "1")), "neither true nor false"));
  EXPECT_TRUE(contains(second(R"({"pixel_value": 2})"), "has no 'defect_name'"));
  EXPECT_TRUE(contains(second("{}"), "take the file as it comes with MVTec LOCO"));
}

TEST_F(GroundTruths, AreAllMasksOfAFolderTogether) {
  testing::write_mask(at("000/000.png"));
  testing::write_mask(at("000/001.png"));
  const DefectsConfig defects{{255, {"block", true, 0.5}}};
  const GroundTruth truth = read_ground_truth(at("000"), &defects);
  EXPECT_EQ(truth.mask.width, 48);
  EXPECT_EQ(truth.mask.height, 40);
  EXPECT_NEAR(truth.mask.share, 12 * 20 / (48.0 * 40), 1e-12);
  EXPECT_FALSE(truth.mask.empty);
  ASSERT_EQ(truth.defects.size(), 2U) << "defects that lie on each other are one";
  EXPECT_EQ(truth.defects[1].saturation, 120U);
  EXPECT_TRUE(read_ground_truth(at("000")).defects.empty()) << "of no known saturation";
  EXPECT_EQ(read_ground_truth(at("000/000.png"), &defects).mask.share, truth.mask.share);
}

TEST_F(GroundTruths, NameAMaskThatFitsNothing) {
  const DefectsConfig defects{{3, {"other", true, 0.5}}};
  testing::write_mask(at("000/000.png"));
  const auto failure = [&] { return failure_of([&] { read_ground_truth(at("000"), &defects); }); };
  EXPECT_TRUE(contains(failure(), at("000/000.png").string() + ": has the value 255")) << failure();
  testing::write_black_mask(at("000/000.png"));
  EXPECT_TRUE(contains(failure(), at("000/000.png").string() + ": marks no defect")) << failure();
  testing::write_normal_picture(at("000/000.png"), 1);
  EXPECT_TRUE(contains(failure(), "grey with 8 bits")) << failure();
  fs::remove(at("000/000.png"));
  EXPECT_TRUE(contains(failure(), at("000").string() + ": there are no masks")) << failure();
  const DefectsConfig white{{255, {"block", true, 0.5}}};
  testing::write_mask(at("000/000.png"));
  testing::write_mask(at("000/001.png"), 50, 40);
  const std::string text = failure_of([&] { read_ground_truth(at("000"), &white); });
  EXPECT_TRUE(contains(text, "001.png: is 50x40")) << text;
}

// ---- segmentation

TEST(Segmentations, AreLimitedByMeanAndThreeDeviationsOfNormalPixels) {
  NormalPixels pixels;
  EXPECT_FALSE(pixels.any());
  pixels.add({1, 3, {1, 2, 6}});
  pixels.add({1, 2, {0, 1}});
  // Mean 2; squares of the differences 1, 0, 16, 4, 1: 22 of five.
  EXPECT_NEAR(pixels.limit(), 2 + 3 * std::sqrt(22 / 5.0), 1e-12);
}

TEST(Segmentations, AreMeasuredByF1OfAllPixelsTogether) {
  Segmentation segmentation(2);
  segmentation.add({1, 4, {3, 2, 5, 1}}, std::vector<std::uint8_t>{1, 1, 0, 0});
  segmentation.add({1, 2, {9, 0}});
  // Found 1 of 2; 3 are above the limit, which itself is not.
  EXPECT_NEAR(segmentation.f1(), 100 * 2 * (1 / 3.0) * 0.5 / (1 / 3.0 + 0.5), 1e-12);
  Segmentation normal(2);
  normal.add({1, 2, {9, 0}});
  EXPECT_TRUE(std::isnan(normal.f1()));
}

}  // namespace
}  // namespace mvga::tool
