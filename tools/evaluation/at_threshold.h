// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a detector's verdicts are worth: the confusion matrix of the images.
#pragma once

#include <cstddef>
#include <limits>

namespace mvga::tool {

struct AtThreshold {
  std::size_t true_positives = 0;   ///< defective and found
  std::size_t false_positives = 0;  ///< good, a false alarm
  std::size_t false_negatives = 0;  ///< defective, missed
  std::size_t true_negatives = 0;   ///< good and passed

  void add(bool good, bool anomalous) {
    ++(good        ? anomalous ? false_positives : true_negatives
       : anomalous ? true_positives
                   : false_negatives);
  }

  /// In percent; NaN where there is nothing that it is a share of.
  double precision() const { return percent(true_positives, true_positives + false_positives); }
  double recall() const { return percent(true_positives, true_positives + false_negatives); }
  /// Harmonic mean of both; NaN without defective images.
  double f1() const {
    if (true_positives + false_negatives == 0) return percent(0, 0);
    return percent(2 * true_positives, 2 * true_positives + false_positives + false_negatives);
  }

 private:
  static double percent(std::size_t part, std::size_t whole) {
    return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                      : 100 * static_cast<double>(part) / static_cast<double>(whole);
  }
};

}  // namespace mvga::tool
