// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/commands/evaluate_command.h"

#include <span>

#include "core/base/error.h"
#include "core/base/parse_settings.h"
#include "core/files/model_file.h"
#include "core/io/atomic_file.h"
#include "models/open_backbone.h"
#include "tools/commands/learning_backbone.h"
#include "tools/commands/results.h"
#include "tools/evaluation/missing_metrics.h"
#include "tools/evaluation/output.h"
#include "tools/evaluation/scores_file.h"
#include "tools/maps/submission.h"
#include "tools/maps/tiff_maps.h"
#include "tools/output/progress.h"
#include "tools/output/promise.h"
#include "tools/report/report.h"
#include "tools/report/run_facts.h"

namespace mvga::tool {

void write_text(const std::string& path, const std::string& text) {
  if (!path.empty()) write_file_atomically(path, std::as_bytes(std::span(text)));
}

void say_what_is_missing(const CategoryResult& result) {
  for (const std::string& reason : missing_metrics(result)) say(result.name + ": " + reason);
  if (result.n_unreadable > 0)
    say(result.name + ": " + std::to_string(result.n_unreadable) +
        " pictures could not be read and were passed over");
}

bool ends_all(const Error& error) {
  return error.kind() == ErrorKind::unwritable || error.kind() == ErrorKind::no_space;
}

std::vector<Category> EvaluateCommand::find() const {
  if (!folders.any()) return find_categories(data, categories, purpose());
  NamedFolders named = folders;
  named.root = data;
  return {read_named_folders(named, purpose())};
}

Model EvaluateCommand::open_model() {
  Model opened = load_model(model);
  learning.describe(opened);
  if (other_fpr && !threshold) warn_of_promise(opened, *other_fpr);
  learning.target_fpr = other_fpr.value_or(opened.target_fpr);
  return opened;
}

std::shared_ptr<const Backbone> EvaluateCommand::backbone_of(const Model& opened) const {
  BackboneSettings backbone = backbone_settings_for(opened);
  backbone.weights = learning.weights;
  backbone.device = learning.device;
  backbone.precision = parse_precision(learning.precision);
  backbone.threads = learning.threads;
  return open_backbone(backbone);
}

/// Only with --tiles=auto does it depend on the pictures.
std::shared_ptr<const Backbone> EvaluateCommand::backbone_for(
    const Category& category, const std::shared_ptr<const Backbone>& common) const {
  return parse_tiles(learning.tiles) ? common : open_backbone_to_learn(learning, category.train);
}

EvaluationSettings EvaluateCommand::settings() const {
  EvaluationSettings settings;
  settings.fit = learning.fit_settings();
  settings.detect.threshold = threshold;
  if (!model.empty()) settings.detect.target_fpr = other_fpr;
  settings.max_frames = learning.max_frames;
  settings.bits = learning.sample_bits();
  settings.strict = strict;
  settings.quiet = quiet;
  return settings;
}

void EvaluateCommand::run() {
  for (const std::string& file : {json_file, csv_file})
    if (!file.empty()) check_writable(file);
  const std::vector<Category> found = find();
  if (repetitions.empty())
    evaluate_once(found);
  else
    evaluate_repeatedly(found);
}

void EvaluateCommand::evaluate_once(const std::vector<Category>& found) {
  std::vector<EvaluationObserver*> observers;
  std::optional<Report> report;
  if (!report_folder.empty()) observers.push_back(&report.emplace(report_folder));
  std::optional<TiffMaps> tiffs;
  if (!tiff_folder.empty()) observers.push_back(&tiffs.emplace(tiff_folder, found));
  std::optional<ScoresFile> scores;
  if (!scores_file.empty()) observers.push_back(&scores.emplace(scores_file));

  std::optional<Submission> submission;
  if (!submission_folder.empty()) submission.emplace(submission_folder, found);

  std::optional<Learned> known;
  if (!model.empty()) known = Learned{open_model(), 0, 0};
  const std::shared_ptr<const Backbone> backbone =
      known ? backbone_of(known->model) : open_backbone(learning.backbone_settings());
  Results results(found, [&](const std::vector<CategoryResult>& so_far, const Unfinished& missing) {
    write_text(json_file, json(so_far, *backbone, learning, missing));
    write_text(csv_file, csv(so_far));
    if (report) report->write(run_facts(data, *backbone, learning, model, missing));
  });
  for (const Category& category : found) {
    if (!category.note.empty()) say(category.name + ": " + category.note);
    try {
      if (category.failure) throw Error(*category.failure);
      const auto network = known ? backbone : backbone_for(category, backbone);
      const Learned learned = known ? *known : learn(category, network, settings());
      const CategoryResult result = test(category, learned, network, settings(), observers);
      say_what_is_missing(result);
      if (submission)
        submission->write(category, learned, network, settings(), result.seg_threshold);
      results.add(result);
    } catch (const Error& e) {
      if (found.size() == 1 || ends_all(e)) throw;
      results.add_failure(category.name, e.what());
    }
  }
  results.finish();
}

}  // namespace mvga::tool
