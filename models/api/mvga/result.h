// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is said of one image.
#pragma once

#include <mvga/api.h>
#include <mvga/image.h>

#include <memory>
#include <utility>
#include <vector>

namespace mvga::v1 {

/// How anomalous each place is.
struct Map {
  int width = 0;              ///< columns, Model::map_width()
  int height = 0;             ///< rows, Model::map_height()
  std::vector<float> values;  ///< [height, width], row by row; larger is more anomalous
  Box place;                  ///< the part of the image that it covers: Model::roi()
  float normal = 0;           ///< nearly all normal places stay below
  float threshold = 0;        ///< above it a place is anomalous
};

/// One connected part of the map above its threshold.
struct Region {
  Box box;                ///< in fractions of the whole image
  double area = 0;        ///< share of the whole image that is anomalous within the box, 0..1
  float peak = 0;         ///< the map's largest value in it
  double confidence = 0;  ///< of the peak: 0 at Map::normal, 0.5 at Map::threshold, 1 beyond
};

/// The result for one image.
///
/// A value that never changes and that needs nothing else to live. Copies share what they stand for
/// and cost next to nothing; copies and originals may be used from several threads at once. One
/// that was moved from can only be assigned to, or go.
class MVGA_API Result {
 public:
  /// Larger is more anomalous. Profile::calibrated: about standard normal over normal images, so 3
  /// is rare and 10 is not normal. Profile::paper: a sum of squared Mahalanobis distances, eq. 4.
  double score() const;
  double threshold() const;  ///< above this score an image is anomalous
  bool anomalous() const;    ///< the verdict: score() > threshold()
  /// Share of normal images that score at least this much, counted with this one, so never 0:
  /// (1 + #{held-out scores >= score()}) / (1 + #held-out scores) (Vovk et al. 2005, eq. 2.19).
  double p_value() const;
  /// How sure the verdict is: 0 up to the median normal score, 0.5 at the threshold, 1 from twice
  /// as far on. 0 or 1 under a threshold that half of the normal images exceed.
  double confidence() const;

  const Map& map() const;                      ///< lives as long as this result or a copy
  const std::vector<Region>& regions() const;  ///< strongest first; lives as long as map()

 private:
  friend class Detector;
  struct Data;
  explicit Result(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

  std::shared_ptr<const Data> data_;
};

}  // namespace mvga::v1
