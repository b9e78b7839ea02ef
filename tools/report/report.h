// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// An evaluation for people to look at: FOLDER/index.html.
#pragma once

#include <filesystem>
#include <vector>

#include "gst/drawing/overlay_painter.h"
#include "tools/evaluation/observer.h"
#include "tools/report/highlights.h"
#include "tools/report/page.h"

namespace mvga::tool {

/// Collects what it takes while categories are evaluated. No picture is kept: those that are shown
/// are read again at the end of their category.
class Report : public EvaluationObserver {
 public:
  /// Makes the folder.
  /// @throws Error unwritable, no_space, settings (no encoder for the pictures)
  explicit Report(const std::filesystem::path& folder);

  void begin(const Category& category) override;
  void see(const Category& category, const TestedPicture& tested) override;
  void end(const TestedCategory& tested) override;

  /// @throws Error as write_file_atomically()
  void write(const RunFacts& facts) const;

 private:
  std::filesystem::path file_;
  overlay::OverlaySettings drawing_;
  CategoryReport current_;
  Highlights highlights_;
  std::vector<CategoryReport> categories_;
};

}  // namespace mvga::tool
