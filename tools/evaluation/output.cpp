// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/output.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/version.h"
#include "core/gaussian/reduction.h"
#include "core/metrics/catalogue.h"
#include "tools/evaluation/figures.h"

namespace mvga::tool {
namespace {

std::string format(double value, int digits, const char* missing) {
  if (std::isnan(value)) return missing;
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

std::vector<CategoryResult> with_mean(std::vector<CategoryResult> results) {
  results.push_back(mean_of(results));
  return results;
}

nlohmann::json to_json(const CategoryResult& result) {
  nlohmann::json object;
  const auto set = [&](std::string_view key, auto value) { object[std::string(key)] = value; };
  // nlohmann writes NaN as null.
  for (const Metric& m : metrics()) set(m.key, result.metrics[m.key]);
  for (const Count& count : kCounts) set(count.key, result.*count.value);
  for (const Time& time : kTimes) set(time.key, result.*time.seconds);
  for (const Time& time : kStageTimes) set(time.key, result.*time.seconds);
  return object;
}

/// Right-aligned, as numbers and what stands over them are.
std::string padded(std::string_view text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ').append(text);
}

constexpr std::string_view kTimeHeading = "ms an image";

std::size_t width_under(std::string_view heading) {
  return heading.size() + 2;
}

std::string heading_row(std::size_t width_of_names) {
  std::string text = "category" + std::string(width_of_names - 8, ' ');
  for (const Count& count : kCounts)
    if (count.has_column()) text += padded(count.heading, width_under(count.heading));
  for (const Metric& m : metrics()) text += padded(m.heading, m.width);
  return text + padded(kTimeHeading, width_under(kTimeHeading)) + "\n";
}

std::string row(const CategoryResult& r, std::size_t width_of_names) {
  std::string text = r.name + std::string(width_of_names - r.name.size(), ' ');
  for (const Count& count : kCounts)
    if (count.has_column())
      text += padded(std::to_string(r.*count.value), width_under(count.heading));
  for (const Metric& m : metrics())
    text += padded(format(r.metrics[m.key], m.digits, "-"), m.width);
  return text + padded(format(1000 * r.seconds_per_image, 1, "-"), width_under(kTimeHeading)) +
         "\n";
}

}  // namespace

std::string table(const std::vector<CategoryResult>& results) {
  const std::vector<CategoryResult> rows = with_mean(results);
  std::size_t width = 8;
  for (const CategoryResult& r : rows) width = std::max(width, r.name.size());
  std::string text = heading_row(width);
  for (const CategoryResult& r : rows) text += row(r, width);
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
  const auto add_cell = [&text](std::string_view cell) { text.append(",").append(cell); };
  for (const Metric& m : metrics()) add_cell(m.key);
  for (const Time& time : kTimes) add_cell(time.key);
  for (const Count& count : kCounts) add_cell(count.key);
  // Last, so that no column has moved for those who count them.
  for (const Time& time : kStageTimes) add_cell(time.key);
  text += "\n";
  for (const CategoryResult& r : with_mean(results)) {
    text += r.name;
    for (const Metric& m : metrics()) add_cell(format(r.metrics[m.key], 6, ""));
    for (const Time& time : kTimes) add_cell(format(r.*time.seconds, 6, ""));
    for (const Count& count : kCounts) add_cell(std::to_string(r.*count.value));
    for (const Time& time : kStageTimes) add_cell(format(r.*time.seconds, 6, ""));
    text += "\n";
  }
  return text;
}

}  // namespace mvga::tool
