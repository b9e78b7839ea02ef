// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Data sets as people have them: with what systems leave in folders, and with names of their own.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/tools/evaluation/data_set_fixture.h"
#include "tests/tools/harness/failures.h"
#include "tools/evaluation/find_media.h"
#include "tools/evaluation/layouts/named_folders.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using testing::contains;
using testing::failure_of;
using testing::number_of_masks;

class Folders : public testing::DataSet {
 protected:
  void put_bottle() const {
    put("bottle/train/good", 4, ".png");
    put("bottle/test/good", 2, ".png");
    put("bottle/test/crack", 3, ".png");
  }
  void put_parts() const {
    put("parts/good", 5, ".png");
    put("parts/bad", 2, ".png");
  }
};

std::vector<std::string> kinds(const Category& category) {
  std::vector<std::string> found;
  for (const TestPicture& picture : category.test) found.push_back(picture.kind);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

using Names = std::vector<std::string>;

TEST_F(Folders, OfSystemsAreNotSeen) {
  put_bottle();
  for (const char* hidden :
       {".ipynb_checkpoints", "__MACOSX", "@eaDir", "$RECYCLE.BIN", ".Trashes", "lost+found"}) {
    put(std::string("bottle/test/") + hidden, 2, ".png");
    put(std::string(hidden) + "/bottle/train/good", 2, ".png");
  }
  for (const char* file : {"._000.png", ".000.png", "Thumbs.db", ".DS_Store", "desktop.ini"})
    for (const char* folder : {"bottle/train/good/", "bottle/test/crack/", "bottle/test/good/"})
      write(std::string(folder) + file);
  const Category bottle = only_category();
  EXPECT_EQ(bottle.train.size(), 4U);
  EXPECT_EQ(bottle.test.size(), 5U);
  EXPECT_EQ(kinds(bottle), (Names{"crack", "good"}));
}

TEST_F(Folders, OfMasksHaveManyNamesBesideTheTest) {
  for (const char* name :
       {"gt", "GT", "label", "Labels", "groundtruth", "Ground_Truth", "ground-truth", "annotations",
        "Annotation", "mask", "Masks", "segmentation"}) {
    for (const char* ending : {"_mask.png", ".png", "_mask.PNG", "_GT.bmp", ".tif", "_label.jpg"}) {
      fs::remove_all(root_ / "bottle");
      put_bottle();
      put(std::string("bottle/") + name + "/crack", 3, ending);
      EXPECT_EQ(number_of_masks(only_category()), 3U) << name << " " << ending;
      fs::rename(root_ / "bottle" / name, root_ / "bottle/test" / name);
      const Category inside = only_category();
      EXPECT_EQ(number_of_masks(inside), 3U) << name << " within test, " << ending;
      EXPECT_EQ(kinds(inside), (Names{"crack", "good"})) << "masks are tested";
    }
  }
}

TEST_F(Folders, OfMasksHaveManyNamesBesideGoodAndBad) {
  for (const char* name : {"gt", "GT", "labels", "groundtruth", "Ground_Truth", "annotations"}) {
    fs::remove_all(root_ / "parts");
    put_parts();
    put(std::string("parts/") + name, 2, "_mask.png");
    const Category parts = only_category();
    EXPECT_EQ(number_of_masks(parts), 2U) << name;
    EXPECT_EQ(kinds(parts), (Names{"bad", "good"})) << name << " is tested";
  }
}

TEST_F(Folders, OfLabelsAreAKindOfDefectBesideMasks) {
  put_bottle();
  put("bottle/test/label", 2, ".png");
  put("bottle/ground_truth/crack", 3, "_mask.png");
  put("bottle/ground_truth/label", 2, "_mask.png");
  for (const char* moved : {"bottle/ground_truth", "bottle/test/ground_truth"}) {
    if (!fs::exists(root_ / moved)) fs::rename(root_ / "bottle/ground_truth", root_ / moved);
    const Category bottle = only_category();
    EXPECT_EQ(kinds(bottle), (Names{"crack", "good", "label"})) << moved;
    EXPECT_EQ(number_of_masks(bottle), 5U) << moved;
  }
}

TEST_F(Folders, OfMasksMayLieWithinTheKind) {
  put_bottle();
  put("bottle/test/crack/gt", 3, ".png");
  EXPECT_EQ(number_of_masks(only_category()), 3U);
}

TEST_F(Folders, MayHoldMasksBesidePictures) {
  put_parts();
  put("parts/bad", 2, "_mask.png");
  put("parts/good", 5, "_label.bmp");
  const Category parts = only_category();
  EXPECT_EQ(parts.train.size(), 4U) << "masks are learned";
  EXPECT_EQ(parts.test.size(), 3U) << "masks are tested";
  EXPECT_EQ(number_of_masks(parts), 2U);
  write("parts/bad/lonely_mask.png");
  EXPECT_EQ(only_category().test.size(), 4U) << "a picture that is called so is one";
}

TEST_F(Folders, OfMasksOfSeveralKindsNeedNamesThatTell) {
  put_parts();
  put("parts/worse", 1, ".jpg");
  write("parts/bad/only.png");
  write("parts/gt/only.png");
  put("parts/gt", 2, ".png");
  const Category parts = only_category();
  // 000 is both a bad and a worse one; 001 and only are bad ones alone.
  EXPECT_EQ(number_of_masks(parts), 2U);
  EXPECT_TRUE(contains(parts.note, "are not used")) << parts.note;
}

TEST_F(Folders, WithoutMasksSayWhereTheyWereLookedFor) {
  put_bottle();
  std::string note = only_category().note;
  EXPECT_TRUE(contains(note, "no folder of masks (ground_truth, gt, masks, labels")) << note;
  EXPECT_TRUE(contains(note, at("bottle/test"))) << note;
  put("bottle/ground_truth/crack", 2, "_annotated_by_me.png");
  note = only_category().note;
  EXPECT_TRUE(contains(note, "000_mask.png")) << note;
  EXPECT_TRUE(contains(note, "000_annotated_by_me.png")) << note;
}

TEST_F(Folders, AreTestedWithAModelWithoutAnyToLearnFrom) {
  put_bottle();
  put("bottle/ground_truth/crack", 3, "_mask.png");
  fs::remove_all(root_ / "bottle/train");
  EXPECT_EQ(only_category(Purpose::test).test.size(), 5U);
  EXPECT_EQ(number_of_masks(only_category(Purpose::test)), 3U);
  const Category test = read_category(at("bottle/test"), Purpose::test);
  EXPECT_EQ(test.test.size(), 5U);
  EXPECT_EQ(number_of_masks(test), 3U) << "masks lie beside the test";
}

TEST_F(Folders, OfGoodPicturesAreNotDividedForAModelThatIsThere) {
  put_parts();
  const Category parts = only_category(Purpose::test);
  EXPECT_EQ(parts.test.size(), 7U);
  EXPECT_TRUE(parts.train.empty());
}

TEST_F(Folders, ThatCannotBeReadDoNotEndTheOthers) {
  put_bottle();
  put("nut/train/good", 2, ".png");
  const std::vector<Category> all = find_categories(root_.path(), {});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_FALSE(all[0].failure);
  ASSERT_TRUE(all[1].failure);
  EXPECT_TRUE(contains(all[1].failure->what(), "no pictures to test with"));
  EXPECT_TRUE(contains(failure_of([&] { find_categories(root_.path(), {"nut"}); }),
                       "no pictures to test with"))
      << "the only one that is wanted";
}

TEST_F(Folders, MayBeNamed) {
  put("set/fine", 10, ".png");
  put("set/scratched", 2, ".png");
  put("set/dented", 1, ".png");
  put("set/marks/scratched", 2, ".png");
  put("set/marks/dented", 1, ".png");
  const NamedFolders folders{at("set"), {"fine"}, {}, {"scratched", at("set/dented")}, {"marks"}};
  const Category set = read_named_folders(folders, Purpose::learn_and_test);
  EXPECT_EQ(set.name, "set");
  EXPECT_EQ(set.train.size(), 8U);
  EXPECT_EQ(kinds(set), (Names{"dented", "good", "scratched"}));
  EXPECT_EQ(number_of_masks(set), 3U);
  EXPECT_EQ(read_named_folders(folders, Purpose::test).test.size(), 13U);
}

TEST_F(Folders, ThatAreNamedMayHaveAFolderForEachKind) {
  put("set/fine", 3, ".png");
  put("set/check", 2, ".png");
  put("set/defects/a", 2, ".png");
  put("set/defects/b", 1, ".png");
  put("set/defects/gt/a", 2, ".png");
  const Category set = read_named_folders(
      {"", {at("set/fine")}, {at("set/check")}, {at("set/defects")}, {}}, Purpose::learn_and_test);
  EXPECT_EQ(set.name, "set");
  EXPECT_EQ(set.train.size(), 3U) << "there are others to test with";
  EXPECT_EQ(kinds(set), (Names{"a", "b", "good"}));
  EXPECT_EQ(number_of_masks(set), 2U);
}

TEST_F(Folders, ThatAreNamedAndNotThereAreAnError) {
  put("set/fine", 3, ".png");
  const auto failure = [&](const NamedFolders& folders) {
    return failure_of([&] { read_named_folders(folders, Purpose::learn_and_test); });
  };
  EXPECT_TRUE(contains(failure({at("set"), {"fine"}, {}, {"bad"}, {}}), "bad: there is no such"));
  EXPECT_TRUE(contains(failure({at("set"), {"fine"}, {}, {}, {}}), "--abnormal"));
  fs::create_directories(root_ / "set/bad");
  EXPECT_TRUE(contains(failure({at("set"), {"fine"}, {}, {"bad"}, {}}), "no pictures"));
  put("set/bad", 1, ".png");
  EXPECT_TRUE(contains(failure({at("set"), {}, {}, {"bad"}, {}}), "--normal"));
}

TEST_F(Folders, OfVisaDoNotLeadOutOfIt) {
  put("candle/Data/Images/Normal", 2, ".JPG");
  fs::create_directories(root_ / "split_csv");
  for (const std::string& path :
       {std::string("../../etc/passwd"), std::string("/etc/passwd"),
        std::string("candle/../../x.png"), std::string(".."), std::string("..\0x.png", 8)}) {
    std::ofstream(root_ / "split_csv/1cls.csv")
        << "object,split,label,image,mask\ncandle,train,normal,candle/Data/Images/Normal/000.JPG,\n"
        << "candle,test,normal,candle/Data/Images/Normal/001.JPG,\ncandle,test,anomaly," << path
        << ",\n";
    std::string text = failure_of([&] { read_category(at("candle")); });
    EXPECT_TRUE(contains(text, "1cls.csv, line 4") && contains(text, "out of the data set"))
        << text;
    std::ofstream(root_ / "split_csv/1cls.csv")
        << "object,split,label,image,mask\ncandle,test,anomaly,candle/a.JPG," << path << "\n";
    text = failure_of([&] { read_category(at("candle")); });
    EXPECT_TRUE(contains(text, "line 2") && contains(text, "out of the data set")) << text;
  }
}

TEST_F(Folders, AreSearchedForPicturesAndVideos) {
  put("in/a/b", 2, ".png");
  write("in/film.mp4");
  write("in/notes.txt");
  write("in/.hidden/000.png");
  put("in/ground_truth/b", 2, ".png");
  put("in/labels", 1, ".png");
  put("in/out", 2, ".png");
  fs::create_directory_symlink(root_ / "in", root_ / "in/a/round");
  const FoundMedia found = media_below(at("in"), {at("in/out")});
  EXPECT_EQ(found.files, (Names{at("in/film.mp4"), at("in/a/b/000.png"), at("in/a/b/001.png"),
                                at("in/labels/000.png")}));
  ASSERT_EQ(found.passed_over.size(), 1U);
  EXPECT_TRUE(contains(found.passed_over[0], "ground_truth"));
  EXPECT_EQ(media_below(at("in/ground_truth"), {}).files.size(), 2U) << "named itself";
}

}  // namespace
}  // namespace mvga::tool
