// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/output.h"

#include <glib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/plain_text.h"
#include "core/base/version.h"
#include "core/gaussian/reduction.h"
#include "core/metrics/catalogue.h"
#include "tools/evaluation/figures.h"
#include "tools/output/csv.h"

namespace mvga::tool {
namespace {

std::size_t columns_of(const std::string& text) {
  return static_cast<std::size_t>(g_utf8_strlen(text.data(), static_cast<gssize>(text.size())));
}

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
  for (const TimeTaken& time : kTimes) set(time.key, result.*time.seconds);
  for (const TimeTaken& time : kStageTimes) set(time.key, result.*time.seconds);
  set("threshold", result.threshold);
  set("f1", result.f1);
  for (const Verdicts& count : kVerdicts) set(count.key, result.verdicts.*count.value);
  return object;
}

/// Right-aligned, as numbers and what stands over them are.
std::string padded(std::string_view text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ').append(text);
}

/// Left-aligned, as names are: of anything that a folder may be called.
std::string name_cell(const std::string& name, std::size_t width) {
  const std::string text = one_line(name);
  return text + std::string(width - std::min(width, columns_of(text)), ' ');
}

constexpr std::string_view kTimeHeading = "ms an image";

std::size_t width_under(std::string_view heading) {
  return heading.size() + 2;
}

constexpr std::string_view kF1Heading = "F1";
constexpr std::size_t kF1Width = 7;

}  // namespace

Table::Table(const std::vector<std::string>& names) {
  for (const std::string& name : names)
    width_of_names_ = std::max(width_of_names_, columns_of(one_line(name)));
}

std::string Table::heading() const {
  std::string text = name_cell("category", width_of_names_);
  for (const Count& count : kCounts)
    if (count.has_column()) text += padded(count.heading, width_under(count.heading));
  for (const Metric& m : metrics()) text += padded(m.heading, m.width);
  text += padded(kF1Heading, kF1Width);
  for (const Verdicts& count : kVerdicts)
    if (!count.heading.empty()) text += padded(count.heading, width_under(count.heading));
  return text + padded(kTimeHeading, width_under(kTimeHeading)) + "\n";
}

std::string Table::row(const CategoryResult& r) const {
  std::string text = name_cell(r.name, width_of_names_);
  for (const Count& count : kCounts)
    if (count.has_column())
      text += padded(std::to_string(r.*count.value), width_under(count.heading));
  for (const Metric& m : metrics())
    text += padded(format(r.metrics[m.key], m.digits, "-"), m.width);
  text += padded(format(r.f1, 1, "-"), kF1Width);
  for (const Verdicts& count : kVerdicts)
    if (!count.heading.empty())
      text += padded(std::to_string(r.verdicts.*count.value), width_under(count.heading));
  return text + padded(format(1000 * r.seconds_per_image, 1, "-"), width_under(kTimeHeading)) +
         "\n";
}

std::string table(const std::vector<CategoryResult>& results) {
  std::vector<std::string> names;
  names.reserve(results.size());
  for (const CategoryResult& r : results) names.push_back(r.name);
  const Table shown(names);
  std::string text = shown.heading();
  for (const CategoryResult& r : with_mean(results)) text += shown.row(r);
  return text;
}

std::string json(const std::vector<CategoryResult>& results, const Backbone& backbone,
                 const LearningOptions& options, const Unfinished& unfinished) {
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
  for (const CategoryResult& r : results) document["categories"][as_utf8(r.name)] = to_json(r);
  document["failed"] = nlohmann::json::object();
  for (const auto& [name, why] : unfinished.failed)
    document["failed"][as_utf8(name)] = as_utf8(why);
  document["unfinished"] = nlohmann::json::array();
  for (const std::string& name : unfinished.waiting)
    document["unfinished"].push_back(as_utf8(name));
  return document.dump(2) + "\n";
}

std::string csv(const std::vector<CategoryResult>& results) {
  std::string text = "category";
  const auto add_cell = [&text](std::string_view cell) { text.append(",").append(cell); };
  for (const Metric& m : metrics()) add_cell(m.key);
  for (const TimeTaken& time : kTimes) add_cell(time.key);
  for (const Count& count : kCounts) add_cell(count.key);
  // Last, so that no column has moved for those who count them.
  for (const TimeTaken& time : kStageTimes) add_cell(time.key);
  add_cell("threshold");
  add_cell("f1");
  for (const Verdicts& count : kVerdicts) add_cell(count.key);
  text += "\n";
  for (const CategoryResult& r : with_mean(results)) {
    text += csv_text(r.name);
    for (const Metric& m : metrics()) add_cell(csv_number(r.metrics[m.key]));
    for (const TimeTaken& time : kTimes) add_cell(csv_number(r.*time.seconds));
    for (const Count& count : kCounts) add_cell(std::to_string(r.*count.value));
    for (const TimeTaken& time : kStageTimes) add_cell(csv_number(r.*time.seconds));
    add_cell(csv_number(r.threshold));
    add_cell(csv_number(r.f1));
    for (const Verdicts& count : kVerdicts) add_cell(std::to_string(r.verdicts.*count.value));
    text += "\n";
  }
  return text;
}

}  // namespace mvga::tool
