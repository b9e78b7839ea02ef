// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/catalogue.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace mvga {
namespace {

double auroc(const RankedScores& scores) {
  return scores.auroc();
}

double f1_max(const RankedScores& scores) {
  return scores.f1_max();
}

double average_precision(const RankedScores& scores) {
  return scores.average_precision();
}

double pro_30(const RankedScores& scores) {
  return scores.pro(0.3);
}

double pro_05(const RankedScores& scores) {
  return scores.pro(0.05);
}

constexpr std::array kMetrics{
    Metric{.key = "image_auroc",
           .name = "image AUROC",
           .title = "AUROC",
           .heading = "image AUROC",
           .width = 14,
           .digits = 2,
           .ranked = Ranked::images,
           .needs = Needs::both,
           .compute = auroc},
    Metric{.key = "image_f1_max",
           .name = "F1 max",
           .title = "best F1",
           .heading = "F1 max",
           .width = 9,
           .digits = 1,
           .ranked = Ranked::images,
           .needs = Needs::positives,
           .compute = f1_max},
    Metric{.key = "image_ap",
           .name = "image AP",
           .title = "AP",
           .heading = "AP",
           .width = 7,
           .digits = 1,
           .ranked = Ranked::images,
           .needs = Needs::positives,
           .compute = average_precision},
    Metric{.key = "pixel_auroc",
           .name = "pixel AUROC",
           .title = "AUROC",
           .heading = "pixel AUROC",
           .width = 13,
           .digits = 2,
           .ranked = Ranked::pixels,
           .needs = Needs::both,
           .compute = auroc},
    Metric{.key = "au_pro",
           .name = "PRO",
           .title = "PRO",
           .heading = "PRO",
           .width = 6,
           .digits = 1,
           .ranked = Ranked::pixels,
           .needs = Needs::both,
           .compute = pro_30},
    Metric{.key = "au_pro_05",
           .name = "PRO",
           .title = "PRO to 0.05",
           .heading = "PRO .05",
           .width = 9,
           .digits = 1,
           .ranked = Ranked::pixels,
           .needs = Needs::both,
           .compute = pro_05},
    Metric{.key = "pixel_ap",
           .name = "pixel AP",
           .title = "AP",
           .heading = "AP",
           .width = 6,
           .digits = 1,
           .ranked = Ranked::pixels,
           .needs = Needs::positives,
           .compute = average_precision},
};

static_assert(std::is_sorted(kMetrics.begin(), kMetrics.end(),
                             [](const Metric& a, const Metric& b) { return a.ranked < b.ranked; }),
              "the columns of what is ranked do not stand together");

}  // namespace

std::span<const Metric> metrics() {
  return kMetrics;
}

const Metric& metric(std::string_view key) {
  const auto* const found = std::find_if(kMetrics.begin(), kMetrics.end(),
                                         [&](const Metric& each) { return each.key == key; });
  if (found == kMetrics.end())
    throw std::out_of_range(std::string("there is no metric ").append(key));
  return *found;
}

}  // namespace mvga
