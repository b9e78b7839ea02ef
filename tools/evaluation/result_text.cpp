// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/result_text.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "core/base/plain_text.h"
#include "core/base/version.h"
#include "core/gaussian/reduction.h"
#include "core/metrics/catalogue.h"
#include "tools/evaluation/figures.h"
#include "tools/output/csv.h"

namespace mvga::tool {
namespace {

// nlohmann writes NaN as null.
void set(nlohmann::json& object, std::string_view key, double value) {
  object[std::string(key)] = value;
}

void set_count(nlohmann::json& object, std::string_view key, std::size_t value, bool known = true) {
  object[std::string(key)] = known ? nlohmann::json(value) : nlohmann::json();
}

}  // namespace

nlohmann::json result_json(const CategoryResult& result) {
  nlohmann::json object = deviation_json(result);
  for (const Count& count : kCounts) set_count(object, count.key, result.*count.value);
  for (const TimeTaken& time : kTimes) set(object, time.key, result.*time.seconds);
  for (const TimeTaken& time : kStageTimes) set(object, time.key, result.*time.seconds);
  set(object, "threshold", result.threshold);
  for (const Verdicts& count : kVerdicts)
    set_count(object, count.key, result.verdicts.*count.value, result.judged);
  for (const CategoryResult& part : result.parts)
    object["parts"][as_utf8(part.name)] = result_json(part);
  return object;
}

nlohmann::json deviation_json(const CategoryResult& deviation) {
  nlohmann::json object;
  for (const Metric& m : metrics()) set(object, m.key, deviation.metrics[m.key]);
  for (const Extra& extra : kExtras)
    if (!std::isnan(extra.of(deviation))) set(object, extra.key, extra.of(deviation));
  set(object, "f1", deviation.f1);
  for (const CategoryResult& part : deviation.parts)
    object["parts"][as_utf8(part.name)] = deviation_json(part);
  return object;
}

nlohmann::json evaluation_json(const Backbone& backbone, const LearningOptions& options,
                               const Unfinished& unfinished) {
  const BackboneInfo& info = backbone.info();
  nlohmann::json levels = nlohmann::json::array();
  for (const LevelShape& level : info.levels) levels.push_back(level.level);
  const Reduction reduction = options.fit_settings().reduction.value_or(default_reduction(info));
  nlohmann::json document{{"version", MVGA_VERSION},
                          {"profile", options.profile},
                          {"backbone", info.architecture},
                          {"input_size", info.input_size},
                          {"tiles", options.tiles},
                          {"levels", levels},
                          {"reduction", name_of(reduction.kind)},
                          {"variance", reduction.variance},
                          {"light", options.fit_settings().light.value_or(0)},
                          {"light_correction", options.light == "auto"},
                          {"augment", options.augment},
                          {"failed", nlohmann::json::object()},
                          {"unfinished", nlohmann::json::array()}};
  for (const auto& [name, why] : unfinished.failed)
    document["failed"][as_utf8(name)] = as_utf8(why);
  for (const std::string& name : unfinished.waiting)
    document["unfinished"].push_back(as_utf8(name));
  return document;
}

Columns::Columns(const std::vector<CategoryResult>& results) {
  for (const Extra& extra : kExtras)
    if (std::any_of(results.begin(), results.end(),
                    [&](const CategoryResult& r) { return !std::isnan(extra.of(r)); }))
      extras_.push_back(&extra);
}

std::string Columns::names() const {
  std::string text;
  const auto add_cell = [&text](std::string_view cell) { text.append(",").append(cell); };
  for (const Metric& m : metrics()) add_cell(m.key);
  for (const TimeTaken& time : kTimes) add_cell(time.key);
  for (const Count& count : kCounts) add_cell(count.key);
  // Last, so that no column has moved for those who count them.
  for (const TimeTaken& time : kStageTimes) add_cell(time.key);
  add_cell("threshold");
  add_cell("f1");
  for (const Verdicts& count : kVerdicts) add_cell(count.key);
  for (const Extra* extra : extras_) add_cell(extra->key);
  return text;
}

std::string Columns::cells(const CategoryResult& r) const {
  std::string text;
  const auto add_cell = [&text](std::string_view cell) { text.append(",").append(cell); };
  for (const Metric& m : metrics()) add_cell(csv_number(r.metrics[m.key]));
  for (const TimeTaken& time : kTimes) add_cell(csv_number(r.*time.seconds));
  for (const Count& count : kCounts) add_cell(std::to_string(r.*count.value));
  for (const TimeTaken& time : kStageTimes) add_cell(csv_number(r.*time.seconds));
  add_cell(csv_number(r.threshold));
  add_cell(csv_number(r.f1));
  for (const Verdicts& count : kVerdicts)
    add_cell(r.judged ? std::to_string(r.verdicts.*count.value) : "");
  for (const Extra* extra : extras_) add_cell(csv_number(extra->of(r)));
  return text;
}

std::string Columns::deviation_cells(const CategoryResult& deviation) const {
  std::string text;
  for (const Metric& m : metrics()) text += "," + csv_number(deviation.metrics[m.key]);
  // Times, counts and the threshold.
  text.append(kTimes.size() + kCounts.size() + kStageTimes.size() + 1, ',');
  text += "," + csv_number(deviation.f1);
  text.append(kVerdicts.size(), ',');
  for (const Extra* extra : extras_) text += "," + csv_number(extra->of(deviation));
  return text;
}

std::vector<CategoryResult> with_parts(const CategoryResult& result) {
  std::vector<CategoryResult> all{result};
  for (CategoryResult part : result.parts) {
    part.name = result.name + "/" + part.name;
    all.push_back(std::move(part));
  }
  return all;
}

}  // namespace mvga::tool
