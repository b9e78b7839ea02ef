// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The page that mvga evaluate --report leaves.

#include "tools/report/report.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/core/io/test_files.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/evaluation/small_evaluation.h"
#include "tests/tools/harness/run_tool.h"
#include "tools/report/charts.h"
#include "tools/report/html.h"
#include "tools/report/plot.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class ReportPage : public ::testing::Test {
 protected:
  void SetUp() override { testing::write_category(part()); }
  fs::path part() const { return folder_ / "part"; }

  /// Of the categories in these folders.
  std::string page_of(const std::vector<fs::path>& folders, const RunFacts& facts = {}) const {
    Report report(folder_ / "report");
    EvaluationObserver* const observer = &report;
    for (const fs::path& folder : folders)
      evaluate(read_category(folder), testing::small_backbone(), testing::quiet_settings(),
               {&observer, 1});
    report.write(facts);
    return test::read_text(folder_ / "report/index.html");
  }

  TemporaryFolder folder_;
};

TEST_F(ReportPage, IsOneFileThatNeedsNoOther) {
  const testing::Outcome outcome =
      testing::mvga("evaluate " + part().string() + testing::small_options() + "--report " +
                    (folder_ / "new/report").string());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  const fs::directory_iterator files(folder_ / "new/report");
  EXPECT_EQ(std::distance(files, {}), 1);
  const std::string page = test::read_text(folder_ / "new/report/index.html");
  EXPECT_TRUE(has(page, "</html>"));
  for (const char* foreign : {"http:", "https:", "file:", "<script", "<link", "url(", "@import"})
    EXPECT_FALSE(has(page, foreign)) << "the page refers to something else: " << foreign;
  EXPECT_EQ(times(page, "<img"), times(page, "src=\"data:image/jpeg;base64,"));
  EXPECT_TRUE(has(page, std::string("<dd>") + testing::kSmallArchitecture + "</dd>"))
      << "it does not say what was run";
}

TEST_F(ReportPage, ShowsMetricsCurvesAndPicturesOfEveryKind) {
  testing::write_category(folder_ / "other");
  const std::string page = page_of({part(), folder_ / "other"}, {{"Profile", "calibrated"}});
  EXPECT_TRUE(has(page, "<dt>Profile</dt><dd>calibrated</dd>"));
  for (const char* name : {"<h2>part</h2>", "<h2>other</h2>"}) EXPECT_TRUE(has(page, name)) << name;
  EXPECT_EQ(times(page, "<h3>block"), 2U);
  EXPECT_EQ(times(page, "<h3>good"), 2U);
  EXPECT_GE(times(page, "<td>100.00</td>"), 3U) << "the image AUROC of both and their mean";
  EXPECT_EQ(times(page, "<svg"), 6U) << "ROC, PRO and histogram of each";
  // Best and worst found with picture, heat map and ground truth; a good one without the last.
  EXPECT_EQ(times(page, "<img"), 2 * (3 + 3 + 2U));
  EXPECT_EQ(times(page, "Highest score</strong> <span>block/"), 2U);
  EXPECT_EQ(times(page, "Lowest score</strong> <span>block/"), 2U);
}

TEST_F(ReportPage, EscapesNames) {
  const fs::path odd = folder_ / "a<b>&\"c";
  fs::rename(part(), odd);
  fs::rename(odd / "test/block", odd / "test/<i>'x");
  fs::rename(odd / "ground_truth/block", odd / "ground_truth/<i>'x");
  const std::string page = page_of({odd}, {{"Data", odd.string()}});
  EXPECT_TRUE(has(page, "<h2>a&lt;b&gt;&amp;&quot;c</h2>"));
  EXPECT_TRUE(has(page, "<h3>&lt;i&gt;&#39;x"));
  EXPECT_FALSE(has(page, "<b>"));
  EXPECT_FALSE(has(page, "<i>"));
}

TEST_F(ReportPage, SaysWhyThereAreNoPixelMetrics) {
  fs::remove_all(part() / "ground_truth");
  const std::string page = page_of({part()});
  EXPECT_TRUE(has(page, "part: no masks: pixel AUROC, PRO and pixel AP are not given"));
  EXPECT_EQ(times(page, "title=\"no masks\">–</td>"), 8U)
      << "four pixel metrics of the category and of the mean are dashes with the reason";
  EXPECT_TRUE(has(page, "There is no curve: no masks"));
  EXPECT_TRUE(has(page, "no mask</div>"));
}

TEST_F(ReportPage, SaysWhyThereIsNoAuroc) {
  fs::remove_all(part() / "test/good");
  const std::string page = page_of({part()});
  EXPECT_TRUE(has(page, "no good pictures in the test: image AUROC is not given"));
  EXPECT_TRUE(has(page, "– images: no good pictures in the test"));
  EXPECT_EQ(times(page, "<svg"), 3U) << "the pixels still have their curves";
}

TEST_F(ReportPage, SaysBeforeTheWorkThatItCannotBeWritten) {
  std::ofstream(folder_ / "file") << "in the way";
  fs::create_directories(folder_ / "taken/index.html");
  for (const char* place : {"file", "file/report", "taken"}) {
    const testing::Outcome outcome =
        testing::mvga("evaluate " + part().string() + testing::small_options() + "--report " +
                      (folder_ / place).string());
    EXPECT_EQ(outcome.code, 1) << place;
    EXPECT_EQ(outcome.printed.find('\n'), outcome.printed.size() - 1)
        << "more than one line, or the work was begun: " << outcome.printed;
    EXPECT_TRUE(has(outcome.printed, (folder_ / place).string())) << outcome.printed;
  }
}

TestedPicture tested(const std::string& kind, const std::string& name, double score) {
  TestedPicture picture;
  picture.picture = {name, kind, std::nullopt};
  picture.detection.score = score;
  picture.detection.anomalous = score > 5;
  return picture;
}

TEST(Highlights, AreTheHighestAndTheLowestOfEachKind) {
  Highlights highlights;
  const char* names = "abcd";
  for (const double score : {6.0, 9.0, 3.0, 9.0}) highlights.add(tested("dent", {*names++}, score));
  highlights.add(tested("good", "e", 1));
  const KindHighlights& dent = highlights.kinds().at("dent");
  EXPECT_EQ(dent.pictures, 4U);
  EXPECT_EQ(dent.anomalous, 3U);
  EXPECT_EQ(dent.highest->picture.file, "b");
  EXPECT_EQ(dent.lowest->picture.file, "c");
  EXPECT_FALSE(highlights.kinds().at("good").lowest);
}

TEST(Highlights, TakeTheFirstAsTheLowestWhenScoresOnlyRise) {
  Highlights highlights;
  for (const double score : {1.0, 2.0, 3.0}) highlights.add(tested("dent", fixed(score, 0), score));
  EXPECT_EQ(highlights.kinds().at("dent").highest->picture.file, "3");
  EXPECT_EQ(highlights.kinds().at("dent").lowest->picture.file, "1");
}

TEST(Highlights, SayHowMuchOfTheDefectIsAboveTheThreshold) {
  TestedPicture picture = tested("dent", "a", 7);
  picture.map = {1, 4, {0, 2, 3, 4}};
  picture.mask = Mask{4, 1, {0, 1, 1, 255}};
  picture.detection.map_scale = {0, 2.5F};
  Highlights highlights;
  highlights.add(picture);
  EXPECT_NEAR(*highlights.kinds().at("dent").highest->covered, 2.0 / 3, 1e-12);
}

TEST(Axis, BeginsAndEndsAtARoundNumber) {
  const Axis axis = round_axis("", -1.3, 18.7, 8);
  EXPECT_EQ(axis.low, -5);
  EXPECT_EQ(axis.high, 20);
  EXPECT_EQ(axis.ticks, (std::vector<double>{-5, 0, 5, 10, 15, 20}));
  EXPECT_EQ(axis.digits, 0);
  EXPECT_EQ(round_axis("", 0.011, 0.046, 4).digits, 2);
  const Axis of_one_value = round_axis("", 7, 7, 8);
  EXPECT_LT(of_one_value.low, 7);
  EXPECT_GT(of_one_value.high, 7);
}

TEST(Histogram, CountsEveryPictureOnce) {
  CategoryReport category;
  category.good = {0, 0.1, 1};
  category.defective = {9, 10};
  category.threshold = 4;
  const std::string chart = score_histogram(category);
  EXPECT_EQ(times(chart, "1 good picture from") + 2 * times(chart, "2 good pictures from"), 3U);
  EXPECT_EQ(times(chart, "1 defective picture from"), 2U);
  EXPECT_TRUE(has(chart, "threshold 4.00"));
}

TEST(Html, WritesNumbersAndFilesIntoThePage) {
  EXPECT_EQ(fixed(3.14159, 2), "3.14");
  EXPECT_EQ(fixed(NAN, 2), "–");
  const std::array<std::byte, 3> file{std::byte{'a'}, std::byte{'b'}, std::byte{'c'}};
  EXPECT_EQ(data_uri(file, "image/png"), "data:image/png;base64,YWJj");
}

}  // namespace
}  // namespace mvga::tool
