// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The command mvga evaluate behind its options.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "tools/evaluation/evaluate.h"
#include "tools/evaluation/layouts/named_folders.h"
#include "tools/evaluation/repetitions.h"
#include "tools/options/learning_options.h"

namespace mvga::tool {

/// What was asked for, and how it is done.
class EvaluateCommand {
 public:
  std::string data;
  NamedFolders folders;
  std::vector<std::string> categories;
  std::string model;
  std::optional<double> threshold;
  std::optional<double> other_fpr;  ///< than a model's that is there
  std::string json_file;
  std::string csv_file;
  std::string scores_file;
  std::string report_folder;
  std::string tiff_folder;
  std::string submission_folder;
  LearningOptions learning;
  RepetitionPlan repetitions;
  bool strict = false;
  bool quiet = false;

  /// @throws Error
  void run();

 private:
  Purpose purpose() const { return model.empty() ? Purpose::learn_and_test : Purpose::test; }
  std::vector<Category> find() const;
  Model open_model();
  std::shared_ptr<const Backbone> backbone_of(const Model& opened) const;
  std::shared_ptr<const Backbone> backbone_for(const Category& category,
                                               const std::shared_ptr<const Backbone>& common) const;
  EvaluationSettings settings() const;
  void evaluate_once(const std::vector<Category>& found);
  void evaluate_repeatedly(const std::vector<Category>& found) const;
};

/// Says which metrics are missing, and why, and what could not be read.
void say_what_is_missing(const CategoryResult& result);

/// What cannot be written for one category cannot be for the next.
bool ends_all(const Error& error);

/// Nothing without a name.
void write_text(const std::string& path, const std::string& text);

}  // namespace mvga::tool
