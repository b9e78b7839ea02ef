// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The score of every test picture, as CSV.
#pragma once

#include <filesystem>

#include "tools/evaluation/observer.h"
#include "tools/output/lines.h"

namespace mvga::tool {

/// A line a picture, written as soon as it is tested.
class ScoresFile : public EvaluationObserver {
 public:
  /// @throws Error as Lines
  explicit ScoresFile(const std::filesystem::path& file);

  /// @throws Error as Lines
  void see(const Category& category, const TestedPicture& tested) override;

 private:
  Lines lines_;
};

}  // namespace mvga::tool
