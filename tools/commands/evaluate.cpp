// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/evaluate.h"

#include <cstdio>
#include <memory>
#include <optional>
#include <span>

#include "core/io/atomic_file.h"
#include "models/open_backbone.h"
#include "tools/commands/commands.h"
#include "tools/evaluation/missing_metrics.h"
#include "tools/evaluation/output.h"
#include "tools/maps/tiff_maps.h"
#include "tools/options/learning_options.h"
#include "tools/output/progress.h"
#include "tools/report/report.h"
#include "tools/report/run_facts.h"

namespace mvga::tool {
namespace {

void write_text(const std::string& path, const std::string& text) {
  if (!path.empty()) write_file_atomically(path, std::as_bytes(std::span(text)));
}

struct EvaluateCommand {
  std::string data;
  std::vector<std::string> categories;
  std::string json_file;
  std::string csv_file;
  std::string report_folder;
  std::string tiff_folder;
  LearningOptions learning;
  bool strict = false;
  bool quiet = false;

  void run() const;
};

void EvaluateCommand::run() const {
  for (const std::string& file : {json_file, csv_file})
    if (!file.empty()) check_writable(file);
  const std::vector<Category> found = find_categories(data, categories);
  std::vector<EvaluationObserver*> observers;
  std::optional<Report> report;
  if (!report_folder.empty()) observers.push_back(&report.emplace(report_folder));
  std::optional<TiffMaps> tiffs;
  if (!tiff_folder.empty()) observers.push_back(&tiffs.emplace(tiff_folder, found));
  const std::shared_ptr<const Backbone> backbone = open_backbone(learning.backbone_settings());
  const EvaluationSettings settings{learning.fit_settings(), learning.max_frames, strict, quiet};
  std::vector<CategoryResult> results;
  for (const Category& category : found) {
    if (!category.note.empty()) say(category.name + ": " + category.note);
    results.push_back(evaluate(category, backbone, settings, observers));
    const CategoryResult& r = results.back();
    for (const std::string& reason : missing_metrics(r)) say(r.name + ": " + reason);
    if (r.n_unreadable > 0)
      say(r.name + ": " + std::to_string(r.n_unreadable) +
          " pictures could not be read and were passed over");
  }
  std::fputs(table(results).c_str(), stdout);
  write_text(json_file, json(results, *backbone, learning));
  write_text(csv_file, csv(results));
  if (report) report->write(run_facts(data, *backbone, learning));
}

}  // namespace

void add_evaluate(CLI::App& program) {
  auto command = std::make_shared<EvaluateCommand>();
  CLI::App* app = program.add_subcommand(
      "evaluate", "Learn and test the categories of a data set, and print the metrics");
  app->footer(
      "Layouts:\n"
      "  MVTec AD and its kin: train/good, test/KIND, ground_truth/KIND/NAME_mask.png\n"
      "  VisA: Data/Images/{Normal,Anomaly}, Data/Masks/Anomaly, ../split_csv/1cls.csv\n"
      "  good (or ok, normal) beside folders of defects; masks/KIND/NAME.png\n\n"
      "Example:\n  mvga evaluate mvtec --category bottle --json bottle.json");
  app->add_option("data", command->data, "A category, or a folder with categories below it")
      ->required();
  app->add_option("--category", command->categories, "Only these categories");
  app->add_option("--json", command->json_file, "Write the results as JSON");
  app->add_option("--csv", command->csv_file, "Write the results as CSV");
  app->add_option("--report", command->report_folder,
                  "Write a page with metrics, curves, and pictures of what was found best and "
                  "worst: FOLDER/index.html");
  app->add_option("--tiff", command->tiff_folder,
                  "Write the anomaly maps as 32-bit TIFF: FOLDER/CATEGORY/test/KIND/NAME.tiff");
  command->learning.add_to(*app);
  app->add_flag("--strict", command->strict, "A picture that cannot be read is an error");
  app->add_flag("-q,--quiet", command->quiet, "No progress");
  app->callback([command] { command->run(); });
}

}  // namespace mvga::tool
