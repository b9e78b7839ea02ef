// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The mean vectors of a stream of maps, by place, in one pass.
#pragma once

#include <Eigen/Core>

#include "core/gaussian/moments.h"
#include "core/gaussian/place_means.h"

namespace mvga {

/// Sums in double over the cells of a grid of at most kMostCells in a row. Sums of parts merge into
/// those of the whole.
class PlaceMoments {
 public:
  PlaceMoments() = default;  ///< of nothing, whatever the shape
  /// Of maps of this shape.
  PlaceMoments(int height, int width, int channels);
  /// What was accumulated before.
  /// @param sums [channels, cells], row by row
  PlaceMoments(int height, int width, double maps, Eigen::MatrixXd sums);

  /// Adds a map: float [height, width, channels].
  void add(const float* vectors);
  /// Takes the shape of the other if it has none itself.
  void merge(const PlaceMoments& other);

  double maps() const { return maps_; }
  int cell_rows() const { return place_cells(height_); }
  int cell_columns() const { return place_cells(width_); }
  const Eigen::MatrixXd& sums() const { return sums_; }  ///< [channels, cells], row by row
  /// Of each cell in one map, as sums_ has them.
  Eigen::RowVectorXd positions() const;

 private:
  int height_ = 0;
  int width_ = 0;
  double maps_ = 0;
  Eigen::MatrixXd sums_;
};

/// The spread of vectors about what is normal at their place.
struct AboutPlaces {
  Moments moments;   ///< the mean over all places; the scatter about those of the cells
  PlaceMeans means;  ///< empty if places do not differ by more than chance
};

/// The means of the cells are drawn towards that of all positions as far as chance explains how
/// they differ (James and Stein 1961): by 1 - (d / n) / T, where n are the maps, d the dimensions,
/// and T is how far the cells' means lie from the common one on average, in squared Mahalanobis
/// distances by the scatter within the cells. So a texture, which is the same everywhere, keeps one
/// mean, and parts that lie in their place have a mean of each place.
/// @param all of the same vectors
AboutPlaces about_places(const Moments& all, const PlaceMoments& places);

}  // namespace mvga
