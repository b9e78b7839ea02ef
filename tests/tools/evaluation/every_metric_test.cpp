// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What shows the results of an evaluation shows the metrics of the table, in its order, and no
// other.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "core/metrics/catalogue.h"
#include "tests/tools/evaluation/small_evaluation.h"
#include "tools/evaluation/missing_metrics.h"
#include "tools/evaluation/output.h"
#include "tools/report/metrics_table.h"

namespace mvga::tool {
namespace {

using Texts = std::vector<std::string>;

/// A result whose metrics all differ, and are easy to tell apart.
CategoryResult numbered(const std::string& name, double first) {
  CategoryResult result;
  result.name = name;
  result.n_train = 7;
  result.n_good = 5;
  result.n_defect = 3;
  result.threshold = 1.5;
  result.f1 = 80;
  result.verdicts = {2, 0, 1, 5};
  for (const Metric& m : metrics()) {
    result.metrics[m.key] = first;
    first += 3.25;
  }
  return result;
}

std::vector<CategoryResult> two_results() {
  return {numbered("a", 20.5), numbered("b", 30.5)};
}

/// The metrics of numbered(); with the digits of the table where `digits` is negative.
Texts numbers(double first, int digits = -1) {
  Texts texts;
  for (const Metric& m : metrics()) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits < 0 ? m.digits : digits, first);
    texts.emplace_back(text.data());
    first += 3.25;
  }
  return texts;
}

Texts keys() {
  Texts texts;
  for (const Metric& m : metrics()) texts.emplace_back(m.key);
  return texts;
}

Texts parts(const std::string& text, char separator) {
  std::istringstream stream(text);
  Texts found;
  for (std::string part; std::getline(stream, part, separator);) found.push_back(part);
  return found;
}

Texts joined(const std::vector<Texts>& all) {
  Texts whole;
  for (const Texts& some : all) whole.insert(whole.end(), some.begin(), some.end());
  return whole;
}

Texts keys_after_metrics() {
  return parts(
      "seconds_fit,seconds_per_image,n_train,n_good,n_defect,n_without_mask,n_unreadable,"
      "median_seconds_scaling,median_seconds_backbone,median_seconds_scoring,"
      "threshold,f1,true_positives,false_positives,false_negatives,true_negatives",
      ',');
}

TEST(EveryMetric, HasAColumnInTheCsv) {
  const Texts lines = parts(csv(two_results()), '\n');
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(parts(lines[0], ','), joined({{"category"}, keys(), keys_after_metrics()}));
  const Texts others = parts(
      "0.000000,0.000000,7,5,3,0,0,0.000000,0.000000,0.000000,1.500000,80.000000,2,0,1,5", ',');
  EXPECT_EQ(parts(lines[1], ','), joined({{"a"}, numbers(20.5, 6), others}));
  const Texts mean = parts(lines[3], ',');
  EXPECT_EQ(Texts(mean.begin(), mean.begin() + 1 + std::ssize(metrics())),
            joined({{"mean"}, numbers(25.5, 6)}));
}

TEST(EveryMetric, IsInTheJson) {
  const auto document =
      nlohmann::json::parse(json(two_results(), *testing::small_backbone(), LearningOptions()));
  const Texts expected = joined({keys(), keys_after_metrics()});
  for (const auto& object : {document["categories"]["a"], document["mean"]}) {
    std::set<std::string> found;
    for (const auto& [key, value] : object.items()) found.insert(key);
    EXPECT_EQ(found, std::set<std::string>(expected.begin(), expected.end()));
  }
  for (const Metric& m : metrics()) {
    const std::string key(m.key);
    EXPECT_EQ(document["categories"]["b"][key], two_results()[1].metrics[m.key]) << key;
    EXPECT_EQ(document["mean"][key], two_results()[0].metrics[m.key] + 5) << key;
  }
}

TEST(EveryMetric, StandsUnderItsHeadingInTheTable) {
  const Texts lines = parts(table(two_results()), '\n');
  ASSERT_EQ(lines.size(), 4U);
  const Texts expected = numbers(30.5);
  std::size_t end = lines[0].find("defect") + 6;
  for (std::size_t i = 0; i < metrics().size(); ++i) {
    const std::string heading(metrics()[i].heading);
    end = lines[0].find(heading, end) + heading.size();
    ASSERT_LE(end, lines[0].size()) << heading;
    EXPECT_EQ(lines[2].substr(end - expected[i].size(), expected[i].size()), expected[i])
        << heading;
  }
  EXPECT_EQ(lines[0].substr(end), "     F1  false  missed  ms an image")
      << "a column that is no metric's";
}

Texts cells_of(const std::string& html, const std::string& tag) {
  const std::regex cell("<" + tag + "[^>]*>([^<]*)</" + tag + ">");
  Texts cells;
  for (std::sregex_iterator it(html.begin(), html.end(), cell), end; it != end; ++it)
    cells.push_back((*it)[1]);
  return cells;
}

TEST(EveryMetric, HasAColumnInTheReport) {
  std::vector<CategoryReport> categories(2);
  for (std::size_t i = 0; i < 2; ++i) categories[i].result = two_results()[i];
  const Texts rows = parts(metrics_table(categories), '\n');
  const auto row_with = [&](const char* words) {
    for (const std::string& row : rows)
      if (row.find(words) != std::string::npos) return row;
    return std::string();
  };
  Texts titles;
  std::size_t images = 0;
  for (const Metric& m : metrics()) {
    titles.emplace_back(m.title);
    images += m.ranked == Ranked::images ? 1 : 0;
  }
  EXPECT_EQ(cells_of(row_with(">Category<"), "th"),
            joined({{"Category", "train", "good", "defective"}, titles, {"ms an image"}}));
  const std::string groups = row_with(">Pictures<");
  EXPECT_NE(groups.find("colspan=\"" + std::to_string(images) + "\">Images<"), std::string::npos);
  EXPECT_NE(groups.find("colspan=\"" + std::to_string(metrics().size() - images) + "\">Pixels<"),
            std::string::npos);
  EXPECT_EQ(cells_of(row_with(">a</a>"), "td"), joined({{"7", "5", "3"}, numbers(20.5), {"0"}}));
  EXPECT_EQ(cells_of(row_with(">Mean<"), "td"), joined({{"14", "10", "6"}, numbers(25.5), {"0"}}));
}

/// A category whose test set has nothing but positives, images and pixels.
CategoryResult without_negatives() {
  CategoryResult result = numbered("defective", 100);
  result.n_good = 0;
  for (const Metric& m : metrics()) result.metrics[m.key] = m.needs == Needs::both ? NAN : 100;
  return result;
}

TEST(EveryMetric, IsNamedWhereATestSetCannotGiveIt) {
  const Texts reasons = missing_metrics(without_negatives());
  ASSERT_EQ(reasons.size(), 2U);
  for (const Metric& m : metrics()) {
    const std::string& reason = reasons[m.ranked == Ranked::images ? 0 : 1];
    const std::size_t missing = reason.find(" not given");
    const std::size_t named = reason.find(m.name);
    ASSERT_NE(named, std::string::npos) << m.name << "? " << reason;
    EXPECT_EQ(named < missing, m.needs == Needs::both) << m.name << "? " << reason;
  }
}

TEST(EveryMetric, IsADashWithTheReasonWhereItIsMissing) {
  CategoryReport category;
  category.result = without_negatives();
  const std::string html = metrics_table({category});
  const auto times = [&](const char* pattern) {
    const std::regex wanted(pattern);
    return std::distance(std::sregex_iterator(html.begin(), html.end(), wanted), {});
  };
  const auto missing = std::count_if(metrics().begin(), metrics().end(),
                                     [](const Metric& m) { return m.needs == Needs::both; });
  EXPECT_EQ(times("<td title=\"(no good pictures|the masks mark)[^>]*>–</td>"), 2 * missing)
      << "of the category and the mean";
  EXPECT_EQ(times("<td title"), 2 * missing) << "what is given has a reason why it is not";
}

}  // namespace
}  // namespace mvga::tool
