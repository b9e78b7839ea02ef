// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/missing_metrics.h"

#include <algorithm>
#include <cmath>

namespace mvga::tool {
namespace {

std::string of(std::size_t some, std::size_t all) {
  return std::to_string(some).append(" of ").append(std::to_string(all));
}

bool is_given(const CategoryResult& result, const Metric& metric) {
  return !std::isnan(result.metrics[metric.key]);
}

/// Whether pixels of the kinds that some metrics need are missing.
bool lacks_pixels(const CategoryResult& result, Needs needs) {
  return std::any_of(metrics().begin(), metrics().end(), [&](const Metric& m) {
    return m.ranked == Ranked::pixels && m.needs == needs && !is_given(result, m);
  });
}

std::string why_images_incomplete(const CategoryResult& result) {
  return result.n_good == 0 ? "no good pictures in the test" : "";
}

std::string why_pixels_incomplete(const CategoryResult& result) {
  if (result.n_without_mask == result.n_defect) return "no masks";
  if (lacks_pixels(result, Needs::positives)) return "all masks are black";
  return lacks_pixels(result, Needs::both) ? "the masks mark every pixel" : "";
}

/// "A, B and C are", or "A is".
std::string with_verb(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text.append(names.size() == 1 ? " is" : " are");
}

/// What becomes of the metrics of the images, or of the pixels, when not all say something.
std::string consequence(const CategoryResult& result, Ranked ranked) {
  std::vector<std::string_view> missing;
  std::vector<std::string_view> meaningless;
  for (const Metric& m : metrics()) {
    if (m.ranked != ranked) continue;
    std::vector<std::string_view>& names = is_given(result, m) ? meaningless : missing;
    if (names.empty() || names.back() != m.name) names.push_back(m.name);
  }
  std::string text = with_verb(missing) + " not given";
  if (!meaningless.empty()) text += ", and " + with_verb(meaningless) + " 100 whatever the scores";
  return text;
}

}  // namespace

std::string why_incomplete(const CategoryResult& result, Ranked ranked) {
  if (result.n_defect == 0) return "no defective pictures in the test";
  return ranked == Ranked::images ? why_images_incomplete(result) : why_pixels_incomplete(result);
}

std::vector<std::string> missing_metrics(const CategoryResult& result) {
  if (result.n_defect == 0)
    return {why_incomplete(result, Ranked::images) + ": neither image nor pixel metrics are given"};
  std::vector<std::string> reasons;
  for (const Ranked ranked : {Ranked::images, Ranked::pixels})
    if (const std::string why = why_incomplete(result, ranked); !why.empty())
      reasons.push_back(why + ": " + consequence(result, ranked));
  if (result.n_without_mask > 0 && why_pixels_incomplete(result).empty())
    reasons.push_back(of(result.n_without_mask, result.n_defect) +
                      " defective pictures have no mask that fits: pixel metrics leave them out");
  return reasons;
}

}  // namespace mvga::tool
