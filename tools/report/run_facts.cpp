// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/report/run_facts.h"

#include <glib.h>

#include <memory>

#include "core/base/version.h"
#include "tools/report/html.h"

namespace mvga::tool {
namespace {

std::string now() {
  const std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> time(g_date_time_new_now_utc(),
                                                                      g_date_time_unref);
  const std::unique_ptr<gchar, decltype(&g_free)> text(
      g_date_time_format(time.get(), "%Y-%m-%d %H:%M UTC"), g_free);
  return text.get();
}

std::string levels_of(const BackboneInfo& info) {
  std::string text;
  for (const LevelShape& level : info.levels)
    text.append(text.empty() ? "" : ", ").append(std::to_string(level.level));
  return text;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

std::string text_of(const Reduction& reduction) {
  std::string name(name_of(reduction.kind));
  if (reduction.kind == ReductionKind::none) return name;
  return name.append(", ").append(fixed(100 * reduction.variance, 1)) + " % of the variance";
}

}  // namespace

RunFacts run_facts(const std::string& data, const Backbone& backbone,
                   const LearningOptions& options, const std::string& model,
                   const Unfinished& unfinished) {
  const BackboneInfo& info = backbone.info();
  const FitSettings settings = options.fit_settings();
  const std::string side = std::to_string(info.input_size);
  RunFacts facts{{"Data", data},
                 {"Profile", options.profile},
                 {"Backbone", info.architecture},
                 {"Input", side + "×" + side},
                 {"Feature levels", levels_of(info)},
                 {"Reduction", text_of(settings.reduction.value_or(default_reduction(info)))},
                 {"False alarms asked for", "at most " + fixed(100 * options.target_fpr, 1) + " %"},
                 {"Device", info.device},
                 {"Program", "mvga " MVGA_VERSION},
                 {"Date", now()}};
  if (!model.empty()) facts.emplace_back("Model", model);
  for (const auto& [name, why] : unfinished.failed)
    facts.emplace_back("Failed", std::string(name).append(": ").append(why));
  if (!unfinished.waiting.empty())
    facts.emplace_back("Not tested yet", list_of(unfinished.waiting));
  if (settings.light.value_or(0) > 0)
    facts.emplace_back("Learned also in other light",
                       "by up to " + fixed(100 * *settings.light, 0) + " %");
  if (!options.roi.empty()) facts.emplace_back("Region of interest", options.roi);
  if (options.max_frames > 0)
    facts.emplace_back("Learned from at most", counted(options.max_frames, "picture"));
  return facts;
}

}  // namespace mvga::tool
