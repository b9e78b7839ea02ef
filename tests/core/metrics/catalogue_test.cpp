// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The table of metrics: what it says of a metric is so.

#include "core/metrics/catalogue.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/metrics/metric_values.h"

namespace mvga {
namespace {

/// One positive of four among the negatives; their weights are those of two defects.
RankedScores mixed() {
  return {{1, 2, 3, 4, 5}, {{9, 0.5}, {8, 0.125}, {7, 0.125}, {2.5F, 0.25}}};
}

RankedScores only_positives() {
  return {{}, {{9, 0.5}, {8, 0.5}}};
}

RankedScores only_negatives() {
  return {{1, 2}, {}};
}

TEST(Catalogue, HasAKeyAndTextsForEachMetric) {
  std::set<std::string_view> keys;
  std::set<std::pair<Ranked, std::string_view>> titles;
  for (const Metric& m : metrics()) {
    EXPECT_TRUE(keys.insert(m.key).second) << m.key << " is there twice";
    EXPECT_TRUE(titles.emplace(m.ranked, m.title).second) << m.title << " is there twice";
    EXPECT_EQ(&metric(m.key), &m);
    for (const std::string_view text : {m.key, m.name, m.title, m.heading})
      EXPECT_FALSE(text.empty()) << m.key;
  }
}

TEST(Catalogue, HasColumnsThatHoldTheirNumbers) {
  for (const Metric& m : metrics()) {
    EXPECT_LT(m.heading.size(), m.width) << m.key;
    EXPECT_LT(std::string("100.").size() + static_cast<std::size_t>(m.digits), m.width) << m.key;
  }
}

TEST(Catalogue, SaysWhatAMetricNeeds) {
  for (const Metric& m : metrics()) {
    const double value = m.compute(mixed());
    EXPECT_TRUE(value > 0 && value < 1) << m.key << " is " << value;
    EXPECT_TRUE(std::isnan(m.compute(only_negatives()))) << m.key;
    const double of_positives = m.compute(only_positives());
    if (m.needs == Needs::both)
      EXPECT_TRUE(std::isnan(of_positives)) << m.key << " is " << of_positives;
    else
      EXPECT_EQ(of_positives, 1) << m.key;
  }
}

TEST(Catalogue, ComputesWhatTheKeysSay) {
  const RankedScores scores = mixed();
  EXPECT_EQ(metric("image_auroc").compute(scores), scores.auroc());
  EXPECT_EQ(metric("image_f1_max").compute(scores), scores.f1_max());
  EXPECT_EQ(metric("image_ap").compute(scores), scores.average_precision());
  EXPECT_EQ(metric("pixel_auroc").compute(scores), scores.auroc());
  EXPECT_EQ(metric("au_pro").compute(scores), scores.pro(0.3));
  EXPECT_EQ(metric("au_pro_05").compute(scores), scores.pro(0.05));
  EXPECT_EQ(metric("pixel_ap").compute(scores), scores.average_precision());
  EXPECT_EQ(metrics().size(), 7U) << "a new metric is not compared here";
}

TEST(MetricValues, AreThoseOfWhatWasMeasured) {
  for (const Ranked measured : {Ranked::images, Ranked::pixels}) {
    MetricValues values;
    values.measure(measured, mixed());
    for (const Metric& m : metrics()) {
      if (m.ranked == measured)
        EXPECT_EQ(values[m.key], 100 * m.compute(mixed())) << m.key;
      else
        EXPECT_TRUE(std::isnan(values[m.key])) << m.key << " of something else was set";
    }
  }
}

TEST(MetricValues, RefuseAKeyThatNoMetricHas) {
  MetricValues values;
  EXPECT_THROW(values["image_aurok"] = 1, std::out_of_range);
  EXPECT_THROW(metric(""), std::out_of_range);
}

}  // namespace
}  // namespace mvga
