// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/output.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/gaussian/reduction.h"

namespace mvga::tool {
namespace {

using Metric = std::pair<const char*, double CategoryResult::*>;
constexpr std::array<Metric, 9> kMetrics{
    {{"image_auroc", &CategoryResult::image_auroc},
     {"image_f1_max", &CategoryResult::image_f1_max},
     {"image_ap", &CategoryResult::image_ap},
     {"pixel_auroc", &CategoryResult::pixel_auroc},
     {"au_pro", &CategoryResult::au_pro},
     {"au_pro_05", &CategoryResult::au_pro_05},
     {"pixel_ap", &CategoryResult::pixel_ap},
     {"seconds_fit", &CategoryResult::seconds_fit},
     {"seconds_per_image", &CategoryResult::seconds_per_image}}};
using Count = std::pair<const char*, std::size_t CategoryResult::*>;
constexpr std::array<Count, 5> kCounts{{{"n_train", &CategoryResult::n_train},
                                        {"n_good", &CategoryResult::n_good},
                                        {"n_defect", &CategoryResult::n_defect},
                                        {"n_without_mask", &CategoryResult::n_without_mask},
                                        {"n_unreadable", &CategoryResult::n_unreadable}}};

constexpr std::array<Metric, 3> kStages{
    {{"median_seconds_scaling", &CategoryResult::median_seconds_scaling},
     {"median_seconds_backbone", &CategoryResult::median_seconds_backbone},
     {"median_seconds_scoring", &CategoryResult::median_seconds_scoring}}};

std::string format(const char* pattern, double value, const char* missing) {
  if (std::isnan(value)) return missing;
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), pattern, value);
  return text.data();
}

std::vector<CategoryResult> with_mean(std::vector<CategoryResult> results) {
  results.push_back(mean_of(results));
  return results;
}

nlohmann::json to_json(const CategoryResult& result) {
  nlohmann::json object;
  // nlohmann writes NaN as null.
  for (const auto& [name, metric] : kMetrics) object[name] = result.*metric;
  for (const auto& [name, count] : kCounts) object[name] = result.*count;
  for (const auto& [name, stage] : kStages) object[name] = result.*stage;
  return object;
}

std::string padded(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ').append(text) : text;
}

}  // namespace

std::string table(const std::vector<CategoryResult>& results) {
  const std::vector<CategoryResult> rows = with_mean(results);
  std::size_t width = 8;
  for (const CategoryResult& r : rows) width = std::max(width, r.name.size());
  std::string text = "category" + std::string(width - 8, ' ') +
                     "  train  good  defect   image AUROC   F1 max   AP  pixel AUROC   PRO  "
                     "PRO .05    AP  ms an image\n";
  for (const CategoryResult& r : rows) {
    text += r.name + std::string(width - r.name.size(), ' ') +
            padded(std::to_string(r.n_train), 7) + padded(std::to_string(r.n_good), 6) +
            padded(std::to_string(r.n_defect), 8) + padded(format("%.2f", r.image_auroc, "-"), 14) +
            padded(format("%.1f", r.image_f1_max, "-"), 9) +
            padded(format("%.1f", r.image_ap, "-"), 7) +
            padded(format("%.2f", r.pixel_auroc, "-"), 11) +
            padded(format("%.1f", r.au_pro, "-"), 6) + padded(format("%.1f", r.au_pro_05, "-"), 9) +
            padded(format("%.1f", r.pixel_ap, "-"), 6) +
            padded(format("%.1f", 1000 * r.seconds_per_image, "-"), 13) + "\n";
  }
  return text;
}

std::string json(const std::vector<CategoryResult>& results, const Backbone& backbone,
                 const LearningOptions& options) {
  const BackboneInfo& info = backbone.info();
  nlohmann::json levels = nlohmann::json::array();
  for (const LevelShape& level : info.levels) levels.push_back(level.level);
  const Reduction reduction = options.fit_settings().reduction.value_or(default_reduction(info));
  nlohmann::json document{{"version", MVGA_VERSION},
                          {"profile", options.profile},
                          {"backbone", info.architecture},
                          {"input_size", info.input_size},
                          {"levels", levels},
                          {"reduction", name_of(reduction.kind)},
                          {"variance", reduction.variance},
                          {"light", options.light},
                          {"mean", to_json(mean_of(results))}};
  for (const CategoryResult& r : results) document["categories"][r.name] = to_json(r);
  return document.dump(2) + "\n";
}

std::string csv(const std::vector<CategoryResult>& results) {
  std::string text = "category";
  const auto add_cell = [&text](const std::string& cell) { text.append(",").append(cell); };
  for (const auto& [name, metric] : kMetrics) add_cell(name);
  for (const auto& [name, count] : kCounts) add_cell(name);
  // Last, so that no column has moved for those who count them.
  for (const auto& [name, stage] : kStages) add_cell(name);
  text += "\n";
  for (const CategoryResult& r : with_mean(results)) {
    text += r.name;
    for (const auto& [name, metric] : kMetrics) add_cell(format("%.6f", r.*metric, ""));
    for (const auto& [name, count] : kCounts) add_cell(std::to_string(r.*count));
    for (const auto& [name, stage] : kStages) add_cell(format("%.6f", r.*stage, ""));
    text += "\n";
  }
  return text;
}

}  // namespace mvga::tool
