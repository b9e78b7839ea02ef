// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <algorithm>
#include <memory>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/commands/evaluate_command.h"
#include "tools/options/finite.h"

namespace mvga::tool {
namespace {

void add_files_to(CLI::App& app, EvaluateCommand& command) {
  app.add_option("--json", command.json_file, "Write the results as JSON");
  app.add_option("--csv", command.csv_file, "Write the results as CSV");
  app.add_option("--scores", command.scores_file,
                 "Write the score of every test picture as CSV, as they come");
  app.add_option("--report", command.report_folder,
                 "Write a page with metrics, curves, and pictures of what was found best and "
                 "worst: FOLDER/index.html");
  app.add_option("--tiff", command.tiff_folder,
                 "Write the anomaly maps as 32-bit TIFF: FOLDER/CATEGORY/test/KIND/NAME.tiff");
  app.add_option("--submission", command.submission_folder,
                 "Write what MVTec AD 2's server takes, of test_private and test_private_mixed: "
                 "FOLDER/anomaly_images and FOLDER/anomaly_images_thresholded");
}

/// Instead of a layout.
void add_folders_to(CLI::App& app, NamedFolders& folders, CLI::Option* category) {
  const auto add = [&](const char* name, std::vector<std::string>& into, const char* what) {
    app.add_option(name, into, what)->excludes(category)->type_name("FOLDER");
  };
  add("--normal", folders.normal, "Folders of normal pictures to learn from, in DATA or elsewhere");
  add("--normal-test", folders.normal_test,
      "Folders of normal pictures to test with; without them every fifth of --normal");
  add("--abnormal", folders.abnormal,
      "Folders of defects, each a kind, or with a folder for each kind");
  add("--masks", folders.masks, "Folders of masks: NAME.png, or KIND/NAME.png for several kinds");
}

/// What a model that is there has decided.
void exclude_learning(CLI::App& app, CLI::Option* model) {
  for (const char* name :
       {"--backbone", "--levels", "--input-size", "--tiles", "--reduction", "--variance",
        "--profile", "--light", "--augment", "--roi", "--bits", "--max-frames"})
    app.get_option(name)->excludes(model);
}

/// Several runs have one table, but neither one report nor one map of a picture.
void add_repetitions_to(CLI::App& app, RepetitionPlan& plan) {
  CLI::Option* shots =
      app.add_option("--shots", plan.shots,
                     "Few-shot learning, such as 1,2,4: learn from so many pictures by chance "
                     "(fewer than four also moved, see --augment), and say mean and deviation over "
                     "the seeds")
          ->delimiter(',')
          ->check(CLI::Range(1, 1000000));
  app.add_option("--seeds", plan.seeds,
                 "Choices of pictures for each number of shots: seeds 0 to N-1")
      ->capture_default_str()
      ->needs(shots)
      ->check(CLI::Range(1, 1000));
  CLI::Option* folds =
      app.add_option("--folds", plan.folds,
                     "Cross-validation: all normal pictures, those of the test too, in K "
                     "consecutive parts; each is tested once by a model of the others, with all "
                     "defects")
          ->excludes(shots)
          ->check(CLI::Range(2, 1000));
  for (CLI::Option* repeated : {shots, folds})
    for (const char* other : {"--model", "--report", "--tiff", "--submission"})
      repeated->excludes(app.get_option(other));
  shots->excludes(app.get_option("--max-frames"));
}

}  // namespace

void add_evaluate(CLI::App& program) {
  auto command = std::make_shared<EvaluateCommand>();
  CLI::App* app = program.add_subcommand(
      "evaluate", "Learn and test the categories of a data set, and print the metrics");
  app->footer(
      "Layouts:\n"
      "  MVTec AD and its kin: train/good, test/KIND, ground_truth/KIND/NAME_mask.png\n"
      "  MVTec AD 2: train/good, validation/good, test_public/{good,bad,ground_truth/bad}\n"
      "  MVTec LOCO: train/good, test/KIND, ground_truth/KIND/NAME/000.png, defects_config.json\n"
      "  VisA: Data/Images/{Normal,Anomaly}, Data/Masks/Anomaly, ../split_csv/1cls.csv\n"
      "  good (or ok, normal) beside folders of defects; masks/KIND/NAME.png\n"
      "  any other: --normal, --abnormal and --masks name the folders\n\n"
      "Example:\n  mvga evaluate mvtec --category bottle --json bottle.json\n"
      "Example of other folders, and of a model that is there:\n"
      "  mvga evaluate parts --normal fine --abnormal scratched dented --masks marks\n"
      "  mvga evaluate bottle --model bottle.mvga --scores scores.csv\n"
      "Example of few-shot learning:\n"
      "  mvga evaluate mvtec --shots 1,2,4 --seeds 5 --csv few.csv");
  app->add_option("data", command->data, "A category, or a folder with categories below it");
  CLI::Option* category =
      app->add_option("--category", command->categories, "Only these categories");
  add_folders_to(*app, command->folders, category);
  CLI::Option* model = app->add_option(
      "--model", command->model, "Test this model (.mvga) instead of learning one a category");
  app->add_option("--threshold", command->threshold,
                  "Image score above which a picture counts as anomalous; default: the one that "
                  "keeps the false-alarm rate")
      ->check(finite());
  add_files_to(*app, *command);
  command->learning.add_to(*app);
  exclude_learning(*app, model);
  add_repetitions_to(*app, command->repetitions);
  app->add_flag("--strict", command->strict, "A picture that cannot be read is an error");
  app->add_flag("-q,--quiet", command->quiet, "No progress");
  app->callback([command, app] {
    if (command->data.empty() && !command->folders.any()) throw CLI::RequiredError("data");
    std::vector<std::size_t>& shots = command->repetitions.shots;
    std::sort(shots.begin(), shots.end());
    shots.erase(std::unique(shots.begin(), shots.end()), shots.end());
    if (app->count("--target-fpr") > 0) command->other_fpr = command->learning.target_fpr;
    command->run();
  });
}

}  // namespace mvga::tool
