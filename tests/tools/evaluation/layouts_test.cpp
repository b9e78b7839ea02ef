// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which pictures of a folder are learned, and which are tested, by how the folder is laid out.

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "tests/tools/evaluation/data_set_fixture.h"
#include "tests/tools/harness/failures.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using testing::contains;
using testing::failure_of;
using testing::number_of_masks;

class Layouts : public testing::DataSet {
 protected:
  Category read(const std::string& name) const { return read_category(at(name)); }
};

std::size_t count(const Category& category, const std::string& kind) {
  return static_cast<std::size_t>(
      std::count_if(category.test.begin(), category.test.end(),
                    [&](const TestPicture& picture) { return picture.kind == kind; }));
}

TEST_F(Layouts, MvtecAdHasMasksNamedAfterPictures) {
  put("bottle/train/good", 4, ".png");
  put("bottle/test/good", 2, ".png");
  put("bottle/test/crack", 3, ".png");
  put("bottle/ground_truth/crack", 2, "_mask.png");
  const Category bottle = only_category();
  EXPECT_EQ(bottle.name, "bottle");
  EXPECT_EQ(bottle.train.size(), 4U);
  EXPECT_EQ(count(bottle, "good"), 2U);
  EXPECT_EQ(count(bottle, "crack"), 3U);
  EXPECT_EQ(number_of_masks(bottle), 2U);
  EXPECT_EQ(bottle.note, "") << "a division was announced that the data set has itself";
}

TEST_F(Layouts, BtechCallsThemOkAndKo) {
  put("01/train/ok", 4, ".bmp");
  put("01/test/ok", 2, ".bmp");
  put("01/test/ko", 3, ".bmp");
  put("01/ground_truth/ko", 3, ".bmp");
  const Category first = only_category();
  EXPECT_EQ(first.train.size(), 4U);
  EXPECT_EQ(count(first, "good"), 2U) << "ok is not taken as good";
  EXPECT_EQ(count(first, "ko"), 3U);
  EXPECT_EQ(number_of_masks(first), 3U);
}

TEST_F(Layouts, PicturesToLearnFromMayLieInTrainItself) {
  put("nut/train", 4, ".png");
  put("nut/test/good", 1, ".png");
  EXPECT_EQ(only_category().train.size(), 4U);
}

TEST_F(Layouts, MvtecAd2TestsWithWhatIsPublic) {
  put("can/train/good", 4, ".png");
  put("can/validation/good", 2, ".png");
  put("can/test_public/good", 2, ".png");
  put("can/test_public/bad", 3, ".png");
  put("can/test_public/ground_truth/bad", 3, "_mask.png");
  put("can/test_private", 5, ".png");
  const Category can = only_category();
  put("can/test_private_mixed", 4, ".png");
  EXPECT_EQ(can.test.size(), 5U) << "masks or private pictures are tested";
  EXPECT_EQ(number_of_masks(can), 3U);
  EXPECT_EQ(can.validation, (std::vector<std::string>{at("can/validation/good/000.png"),
                                                      at("can/validation/good/001.png")}));
  const std::vector<SecretPicture> secret = only_category().secret;
  ASSERT_EQ(secret.size(), 9U);
  EXPECT_EQ(secret.front().set, "test_private");
  EXPECT_EQ(secret.back().set, "test_private_mixed");
  EXPECT_EQ(secret.back().file, at("can/test_private_mixed/003.png"));
}

constexpr const char* kOneDefect =
    R"([{"defect_name": "a", "pixel_value": 3, "saturation_threshold": 20,
         "relative_saturation": false}])";

TEST_F(Layouts, LocoHasAFolderOfMasksForEachPicture) {
  put("box/train/good", 4, ".png");
  put("box/validation/good", 2, ".png");
  put("box/test/good", 3, ".png");
  put("box/test/logical_anomalies", 2, ".png");
  put("box/test/structural_anomalies", 2, ".png");
  put("box/ground_truth/logical_anomalies/000", 1, ".png");
  put("box/ground_truth/logical_anomalies/001", 3, ".png");
  put("box/ground_truth/structural_anomalies/001", 1, ".png");
  write("box/defects_config.json", kOneDefect);
  const Category box = only_category();
  EXPECT_EQ(box.train.size(), 4U) << "pictures for validation are learned";
  EXPECT_EQ(count(box, "good"), 3U);
  EXPECT_EQ(count(box, "structural_anomalies"), 2U);
  EXPECT_EQ(box.parts, (std::vector<std::string>{"logical_anomalies", "structural_anomalies"}));
  EXPECT_EQ(number_of_masks(box), 3U);
  const auto second = std::find_if(box.test.begin(), box.test.end(), [&](const TestPicture& p) {
    return p.file == at("box/test/logical_anomalies/001.png");
  });
  ASSERT_NE(second, box.test.end());
  EXPECT_EQ(second->mask, at("box/ground_truth/logical_anomalies/001"));
  ASSERT_TRUE(box.defects);
  EXPECT_EQ(box.defects->at(3).name, "a");
  EXPECT_TRUE(contains(box.note, "1 pictures of structural_anomalies have no folder of masks"))
      << box.note;
}

TEST_F(Layouts, LocoWithoutItsListOfDefectsIsMeasuredByItsPartsAlone) {
  put("box/train/good", 4, ".png");
  put("box/test/good", 3, ".png");
  put("box/test/logical_anomalies", 2, ".png");
  put("box/ground_truth/logical_anomalies/000", 1, ".png");
  put("box/ground_truth/logical_anomalies/001", 1, ".png");
  const Category box = only_category();
  EXPECT_EQ(box.parts.size(), 1U);
  EXPECT_FALSE(box.defects);
  EXPECT_TRUE(contains(box.note, "sPRO")) << box.note;
  EXPECT_TRUE(contains(box.note, at("box/defects_config.json"))) << box.note;
}

TEST_F(Layouts, LocoNamesWhatIsWrongWithItsListOfDefects) {
  put("box/train/good", 4, ".png");
  put("box/test/good", 3, ".png");
  write("box/defects_config.json", R"([{"defect_name": "a", "pixel_value": 300}])");
  const std::string text = failure_of([&] { find_categories(root_.path(), {}); });
  EXPECT_TRUE(contains(text, at("box/defects_config.json"))) << text;
  EXPECT_TRUE(contains(text, "entry 1 'pixel_value'")) << text;
}

TEST_F(Layouts, VisaAfterItsPreparationHasMvtecsForm) {
  put("1cls/candle/train/good", 4, ".JPG");
  put("1cls/candle/test/good", 2, ".JPG");
  put("1cls/candle/test/bad", 2, ".JPG");
  put("1cls/candle/ground_truth/bad", 2, ".png");
  EXPECT_EQ(number_of_masks(only_category()), 2U);
  put("2cls_highshot/candle/train/good", 3, ".JPG");
  put("2cls_highshot/candle/test/bad", 2, ".JPG");
  const std::vector<Category> both = find_categories(root_.path(), {"candle"});
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].name, "1cls/candle") << "two categories have the same name";
  EXPECT_EQ(both[1].name, "2cls_highshot/candle");
  EXPECT_EQ(find_categories(root_.path(), {"1cls/candle"}).size(), 1U);
}

class Visa : public Layouts {
 protected:
  void SetUp() override {
    put("candle/Data/Images/Normal", 7, ".JPG");
    put("candle/Data/Images/Anomaly", 2, ".JPG");
    put("candle/Data/Masks/Anomaly", 2, ".png");
  }
  void write_list(const std::string& lines) const {
    write("split_csv/1cls.csv", "object,split,label,image,mask\n" + lines);
  }
};

TEST_F(Visa, IsDividedByItsList) {
  write_list(
      "candle,train,normal,candle/Data/Images/Normal/000.JPG,\n"
      "candle,train,normal,candle/Data/Images/Normal/004.JPG,\r\n"
      "candle,test,normal,candle/Data/Images/Normal/001.JPG,\n"
      "candle,test,anomaly,candle/Data/Images/Anomaly/001.JPG,"
      "candle/Data/Masks/Anomaly/001.png\n"
      "capsules,train,normal,capsules/Data/Images/Normal/000.JPG,\n");
  const Category candle = only_category();
  EXPECT_EQ(candle.name, "candle");
  ASSERT_EQ(candle.train.size(), 2U);
  EXPECT_EQ(candle.train[1], at("candle/Data/Images/Normal/004.JPG"));
  EXPECT_EQ(count(candle, "good"), 1U);
  ASSERT_EQ(count(candle, "anomaly"), 1U);
  EXPECT_EQ(candle.test[1].mask, at("candle/Data/Masks/Anomaly/001.png"));
  EXPECT_EQ(candle.note, "");
}

TEST_F(Visa, FindsItsListFromWithinACategory) {
  write_list(
      "candle,train,normal,candle/Data/Images/Normal/000.JPG,\n"
      "candle,test,normal,candle/Data/Images/Normal/001.JPG,\n");
  EXPECT_EQ(read("candle/").train.size(), 1U) << "with a slash at the end";
  const fs::path before = fs::current_path();
  fs::current_path(at("candle"));
  const std::vector<Category> here = find_categories(".", {});
  fs::current_path(before);
  EXPECT_EQ(here.at(0).name, "candle");
  EXPECT_EQ(here.at(0).train.size(), 1U);
}

TEST_F(Visa, IsDividedByNameWithoutTheList) {
  const Category candle = only_category();
  EXPECT_EQ(candle.train.size(), 6U);
  EXPECT_EQ(count(candle, "good"), 1U);
  EXPECT_EQ(count(candle, "anomaly"), 2U);
  EXPECT_EQ(number_of_masks(candle), 2U);
  EXPECT_TRUE(contains(candle.note, "1cls.csv")) << candle.note;
}

TEST_F(Visa, NamesTheLineOfABadList) {
  write_list("candle,train,normal,candle/Data/Images/Normal/000.JPG,\ncandle,learn,normal,x,\n");
  std::string text = failure_of([&] { read("candle"); });
  EXPECT_TRUE(contains(text, "1cls.csv, line 3") && contains(text, "learn")) << text;
  write_list("candle,train\n");
  text = failure_of([&] { read("candle"); });
  EXPECT_TRUE(contains(text, "line 2") && contains(text, "label")) << text;
  write("split_csv/1cls.csv", "object,split,image\n");
  text = failure_of([&] { read("candle"); });
  EXPECT_TRUE(contains(text, "no column label")) << text;
  write("split_csv/1cls.csv", "");
  EXPECT_TRUE(contains(failure_of([&] { read("candle"); }), "is empty"));
  write_list("capsules,train,normal,capsules/Data/Images/Normal/000.JPG,\n");
  text = failure_of([&] { read("candle"); });
  EXPECT_TRUE(contains(text, "no pictures of candle")) << text;
}

TEST_F(Layouts, GoodAndBadAreDividedByName) {
  put("parts/good", 10, ".png");
  put("parts/bad", 3, ".png");
  const Category parts = only_category();
  EXPECT_EQ(parts.name, "parts");
  EXPECT_EQ(parts.train.size(), 8U);
  ASSERT_EQ(count(parts, "good"), 2U);
  EXPECT_EQ(parts.test[0].file, at("parts/good/002.png")) << "not spread through the list";
  EXPECT_EQ(parts.test[1].file, at("parts/good/007.png")) << "not spread through the list";
  EXPECT_EQ(count(parts, "bad"), 3U);
  EXPECT_EQ(number_of_masks(parts), 0U);
  EXPECT_TRUE(contains(parts.note, "8 to learn from and 2 to test with")) << parts.note;
  for (const TestPicture& picture : parts.test)
    EXPECT_EQ(std::count(parts.train.begin(), parts.train.end(), picture.file.string()), 0)
        << picture.file << " is learned and tested";
}

TEST_F(Layouts, GoodPicturesHaveManyNames) {
  for (const char* normal : {"OK", "normal", "Good"}) {
    const fs::path set = fs::path("sets") / normal;
    put((set / normal).string(), 5, ".png");
    put((set / "NG").string(), 2, ".png");
    const Category category = read(set.string());
    EXPECT_EQ(category.train.size(), 4U) << normal;
    EXPECT_EQ(count(category, "NG"), 2U) << normal;
  }
}

TEST_F(Layouts, EveryOtherFolderOfPicturesIsAKindOfDefect) {
  put("good", 5, ".png");
  put("scratch", 2, ".png");
  put("dent", 1, ".png");
  write("notes/readme.txt", "no pictures");
  put("masks/scratch", 2, ".png");
  put("ground_truth/dent", 1, "_mask.png");
  const Category category = only_category();
  EXPECT_EQ(category.test.size(), 1U + 2U + 1U);
  EXPECT_EQ(count(category, "scratch"), 2U);
  EXPECT_EQ(count(category, "dent"), 1U);
  EXPECT_EQ(number_of_masks(category), 3U);
}

TEST_F(Layouts, MasksOfOneKindNeedNoFolderOfTheirOwn) {
  put("good", 5, ".png");
  put("bad", 2, ".jpg");
  put("masks", 2, ".png");
  EXPECT_EQ(number_of_masks(only_category()), 2U);
  put("worse", 2, ".jpg");
  const Category two_kinds = only_category();
  EXPECT_EQ(number_of_masks(two_kinds), 0U) << "000.png is a mask of bad and of worse";
  EXPECT_TRUE(contains(two_kinds.note, "are not used")) << two_kinds.note;
}

TEST_F(Layouts, ATestSetAloneIsNoDataSet) {
  put("bottle/test/good", 5, ".png");
  put("bottle/test/crack", 3, ".png");
  EXPECT_TRUE(contains(failure_of([&] { only_category(); }), "neither this folder nor one below"));
  EXPECT_TRUE(contains(failure_of([&] { read("bottle/test"); }), "neither"));
}

TEST_F(Layouts, SayWhatIsMissing) {
  EXPECT_TRUE(contains(failure_of([&] { find_categories(at("nowhere"), {}); }),
                       "nowhere: there is no such folder"));
  write("film.mp4", "");
  EXPECT_TRUE(contains(failure_of([&] { find_categories(at("film.mp4"), {}); }), "mvga predict"));
  fs::create_directories(at("a/train/good"));
  EXPECT_TRUE(contains(failure_of([&] { read("a"); }), "no pictures to learn from"));
  put("a/train/good", 1, ".png");
  EXPECT_TRUE(contains(failure_of([&] { read("a"); }), "no pictures to test with"));
  put("a/test/good", 1, ".png");
  const std::string text = failure_of([&] { find_categories(root_.path(), {"b"}); });
  EXPECT_TRUE(contains(text, "no category b") && contains(text, "there is: a")) << text;
}

TEST_F(Layouts, LinksThatGoRoundInCirclesEnd) {
  fs::create_directories(at("deep"));
  fs::create_directory_symlink(root_.path(), at("deep/round"));
  EXPECT_TRUE(contains(failure_of([&] { only_category(); }), "neither"));
}

TEST_F(Layouts, LinksToNothingAreNoPictures) {
  put("good", 5, ".png");
  put("bad", 2, ".png");
  fs::create_symlink(at("nothing.png"), at("good/dangling.png"));
  fs::create_symlink("loop.png", at("bad/loop.png"));
  EXPECT_EQ(only_category().test.size(), 3U);
}

}  // namespace
}  // namespace mvga::tool
