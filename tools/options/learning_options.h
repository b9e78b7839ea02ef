// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The options of everything that learns, with the names and defaults of mvgafit's properties.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "core/features/backbone.h"
#include "core/learning/learner.h"
#include "core/scoring/model.h"

namespace mvga::tool {

struct LearningOptions {
  std::string backbone;
  std::string weights;
  std::string levels;
  int input_size = 0;
  std::string tiles = "0";
  std::string reduction = "auto";
  double variance = 0.05;
  std::string profile = "calibrated";
  double target_fpr = 0.01;
  std::string light = "auto";
  std::string augment = "auto";
  std::string roi;
  std::string bits = "auto";
  std::string device = "auto";
  std::string precision = "auto";
  int threads = 0;
  std::uint64_t max_frames = 0;

  void add_to(CLI::App& command);
  /// Only what decides how a model is made of what was seen.
  void add_method_to(CLI::App& command);
  /// Only what the backbone runs on.
  void add_engine_to(CLI::App& command);
  /// @throws Error settings
  BackboneSettings backbone_settings() const;
  /// Takes over how a model was learned.
  void describe(const Model& model);
  FitSettings fit_settings() const;
  /// None: what the pictures have.
  std::optional<int> sample_bits() const;
};

/// @throws Error settings
Precision parse_precision(const std::string& name);

}  // namespace mvga::tool
