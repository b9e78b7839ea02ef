// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a result has beside metrics, in tables for those who average it and write it down.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "tools/evaluation/result.h"

namespace mvga::tool {

struct Count {
  std::string_view key;      ///< in files
  std::string_view heading;  ///< of a narrow column; empty: it has none
  std::string_view title;    ///< of a column of the report
  std::size_t CategoryResult::*value;

  bool has_column() const { return !heading.empty(); }
};

inline constexpr std::array kCounts{
    Count{"n_train", "train", "train", &CategoryResult::n_train},
    Count{"n_good", "good", "good", &CategoryResult::n_good},
    Count{"n_defect", "defect", "defective", &CategoryResult::n_defect},
    Count{"n_without_mask", "", "", &CategoryResult::n_without_mask},
    Count{"n_unreadable", "", "", &CategoryResult::n_unreadable},
};

/// What only some data sets are measured by. It is shown where there is any.
struct Extra {
  std::string_view key;      ///< in files
  std::string_view heading;  ///< of a column; empty: it has none
  double SaturatedPro::*saturated;
  double CategoryResult::*value;

  double of(const CategoryResult& r) const {
    return saturated != nullptr ? r.saturated_pro.*saturated : r.*value;
  }
  double& of(CategoryResult& r) const {
    return saturated != nullptr ? r.saturated_pro.*saturated : r.*value;
  }
};

inline constexpr std::array kExtras{
    Extra{"au_spro_01", "", &SaturatedPro::to_01, nullptr},
    Extra{"au_spro_05", "sPRO .05", &SaturatedPro::to_05, nullptr},
    Extra{"au_spro_10", "", &SaturatedPro::to_10, nullptr},
    Extra{"au_spro_30", "", &SaturatedPro::to_30, nullptr},
    Extra{"au_spro", "", &SaturatedPro::whole, nullptr},
    Extra{"seg_f1", "SegF1", nullptr, &CategoryResult::seg_f1},
    Extra{"seg_threshold", "", nullptr, &CategoryResult::seg_threshold},
};

/// Of the images, by what they are and what was said of them under the threshold.
struct Verdicts {
  std::string_view key;      ///< in files
  std::string_view heading;  ///< of a narrow column; empty: it has none
  std::size_t AtThreshold::*value;
};

inline constexpr std::array kVerdicts{
    Verdicts{"true_positives", "", &AtThreshold::true_positives},
    Verdicts{"false_positives", "false", &AtThreshold::false_positives},
    Verdicts{"false_negatives", "missed", &AtThreshold::false_negatives},
    Verdicts{"true_negatives", "", &AtThreshold::true_negatives},
};

struct TimeTaken {
  std::string_view key;  ///< in files
  double CategoryResult::*seconds;
};

inline constexpr std::array kTimes{
    TimeTaken{"seconds_fit", &CategoryResult::seconds_fit},
    TimeTaken{"seconds_per_image", &CategoryResult::seconds_per_image},
};

/// Where the time of an image goes.
inline constexpr std::array kStageTimes{
    TimeTaken{"median_seconds_scaling", &CategoryResult::median_seconds_scaling},
    TimeTaken{"median_seconds_backbone", &CategoryResult::median_seconds_backbone},
    TimeTaken{"median_seconds_scoring", &CategoryResult::median_seconds_scoring},
};

}  // namespace mvga::tool
