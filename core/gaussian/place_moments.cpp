// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/place_moments.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <utility>

namespace mvga {
namespace {

// Of the mean variance, so that there is an inverse.
constexpr double kFloor = 1e-6;

int cell_of(int at, int side) {
  return static_cast<int>(static_cast<long>(at) * place_cells(side) / side);
}

/// Mean squared Mahalanobis distance of the columns, each with its weight.
double mean_distance(const Eigen::MatrixXd& columns, const Eigen::RowVectorXd& weights,
                     Eigen::MatrixXd covariance) {
  covariance.diagonal().array() += kFloor * covariance.diagonal().mean();
  const Eigen::LLT<Eigen::MatrixXd> factor(covariance);
  const Eigen::MatrixXd whitened = factor.matrixL().solve(columns);
  return whitened.colwise().squaredNorm().dot(weights) / weights.sum();
}

PlaceMeans as_means(const Eigen::MatrixXd& means, const PlaceMoments& places) {
  PlaceMeans result{places.cell_rows(), places.cell_columns(), static_cast<int>(means.rows()), {}};
  result.values.resize(static_cast<std::size_t>(means.size()));
  Eigen::Map<Eigen::MatrixXf>(result.values.data(), means.rows(), means.cols()) =
      means.cast<float>();
  return result;
}

}  // namespace

PlaceMoments::PlaceMoments(int height, int width, int channels)
    : height_(height),
      width_(width),
      sums_(Eigen::MatrixXd::Zero(channels,
                                  Eigen::Index{place_cells(height)} * place_cells(width))) {}

PlaceMoments::PlaceMoments(int height, int width, double maps, Eigen::MatrixXd sums)
    : height_(height), width_(width), maps_(maps), sums_(std::move(sums)) {}

void PlaceMoments::add(const float* vectors) {
  const Eigen::Index channels = sums_.rows();
  for (int y = 0; y < height_; ++y)
    for (int x = 0; x < width_; ++x, vectors += channels) {
      const Eigen::Index cell =
          Eigen::Index{cell_of(y, height_)} * cell_columns() + cell_of(x, width_);
      sums_.col(cell) += Eigen::Map<const Eigen::VectorXf>(vectors, channels).cast<double>();
    }
  ++maps_;
}

void PlaceMoments::merge(const PlaceMoments& other) {
  if (other.maps_ == 0) return;
  if (maps_ == 0) {
    *this = other;
    return;
  }
  sums_ += other.sums_;
  maps_ += other.maps_;
}

Eigen::RowVectorXd PlaceMoments::positions() const {
  Eigen::RowVectorXd positions = Eigen::RowVectorXd::Zero(sums_.cols());
  for (int y = 0; y < height_; ++y)
    for (int x = 0; x < width_; ++x)
      ++positions[Eigen::Index{cell_of(y, height_)} * cell_columns() + cell_of(x, width_)];
  return positions;
}

AboutPlaces about_places(const Moments& all, const PlaceMoments& places) {
  // Statistics that were gathered before places were told apart.
  if (places.maps() < 2) return {all, {}};
  const Eigen::RowVectorXd counts = places.positions() * places.maps();
  const Eigen::MatrixXd apart =
      (places.sums().array().rowwise() / counts.array()).matrix().colwise() - all.mean();
  const Eigen::MatrixXd between = apart * counts.asDiagonal() * apart.transpose();
  const Eigen::MatrixXd within = all.scatter() - between;
  if (!(within.diagonal().mean() > 0)) return {all, {}};
  const double distance = mean_distance(apart, counts, within / all.count());
  const double chance = static_cast<double>(all.channels()) / places.maps();
  const double kept = std::max(1 - chance / distance, 0.0);
  if (!(kept > 0)) return {all, {}};
  const double rest = (1 - kept) * (1 - kept);
  return {Moments(all.count(), all.mean(), within + rest * between),
          as_means((kept * apart).colwise() + all.mean(), places)};
}

}  // namespace mvga
