// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The command mvga evaluate behind its options.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/evaluation/evaluate.h"
#include "tools/evaluation/layouts/named_folders.h"
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
  LearningOptions learning;
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
};

}  // namespace mvga::tool
