// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga evaluate --shots, --folds.

#include <optional>
#include <vector>

#include "core/base/error.h"
#include "models/open_backbone.h"
#include "tools/commands/evaluate_command.h"
#include "tools/commands/repeated_runs.h"
#include "tools/evaluation/scores_file.h"
#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

void say_what_is_not_judged(const RepeatedResult& result) {
  if (result.runs.front().judged) return;
  say(result.name() +
      ": so few pictures promise no rate of false alarms, so there is no threshold: F1 and "
      "verdicts are not given unless --threshold sets one; the other metrics need none");
}

}  // namespace

void EvaluateCommand::evaluate_repeatedly(const std::vector<Category>& found) const {
  std::vector<EvaluationObserver*> observers;
  std::optional<ScoresFile> scores;
  if (!scores_file.empty()) observers.push_back(&scores.emplace(scores_file));
  const std::shared_ptr<const Backbone> backbone = open_backbone(learning.backbone_settings());
  RepeatedRuns results(found, repetitions,
                       [&](const std::vector<RepeatedResult>& so_far, const Unfinished& missing) {
                         write_text(json_file, repeated_json(so_far, *backbone, learning, missing));
                         write_text(csv_file, repeated_csv(so_far));
                       });

  const auto evaluate_all = [&](const Repetitions& repeated, const std::string& category) {
    RepeatedResult result{category, repeated.label, repeated.of, repeated.shots, {}, {}};
    for (const Category& run : repeated.runs) {
      result.runs.push_back(evaluate(run, backbone_for(run, backbone), settings(), observers));
      if (repeated.shots > 0) result.learned.push_back(run.train);
    }
    say_what_is_not_judged(result);
    results.add(result);
  };
  for (const Category& category : found) {
    if (!category.note.empty()) say(category.name + ": " + category.note);
    try {
      if (category.failure) throw Error(*category.failure);
      const std::vector<Repetitions> all = repetitions_of(category, repetitions);
      if (!all.front().note.empty()) say(category.name + ": " + all.front().note);
      for (const Repetitions& repeated : all) evaluate_all(repeated, category.name);
      results.finish(category.name);
    } catch (const Error& e) {
      if (found.size() == 1 || ends_all(e)) throw;
      results.add_failure(category.name, e.what());
    }
  }
  results.finish(found.size());
}

}  // namespace mvga::tool
