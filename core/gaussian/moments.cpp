// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/moments.h"

#include <utility>

namespace mvga {

Moments::Moments(int channels)
    : mean_(Eigen::VectorXd::Zero(channels)), scatter_(Eigen::MatrixXd::Zero(channels, channels)) {}

Moments::Moments(double count, Eigen::VectorXd mean, Eigen::MatrixXd scatter)
    : count_(count), mean_(std::move(mean)), scatter_(std::move(scatter)) {
  scatter_.triangularView<Eigen::StrictlyUpper>() = scatter_.transpose();
}

void Moments::add(const float* vectors, std::size_t rows) {
  if (rows == 0) return;
  using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Map<const RowMajor> block(vectors, static_cast<Eigen::Index>(rows), channels());
  // Transposed, so that a vector stays contiguous. Centred first: the product of raw values would
  // lose the small variances that opposite PCA lives on.
  Eigen::MatrixXd x = block.transpose().cast<double>();
  const Eigen::VectorXd mean = x.rowwise().mean();
  x.colwise() -= mean;
  Eigen::MatrixXd scatter = Eigen::MatrixXd::Zero(channels(), channels());
  scatter.selfadjointView<Eigen::Lower>().rankUpdate(x);
  scatter.triangularView<Eigen::StrictlyUpper>() = scatter.transpose();
  merge(static_cast<double>(rows), mean, scatter);
}

void Moments::merge(const Moments& other) {
  if (other.count_ > 0) merge(other.count_, other.mean_, other.scatter_);
}

void Moments::merge(double count, const Eigen::VectorXd& mean, const Eigen::MatrixXd& scatter) {
  const Eigen::VectorXd shift = mean - mean_;
  const double total = count_ + count;
  scatter_ += scatter;
  scatter_ += (count_ * count / total) * shift * shift.transpose();
  mean_ += (count / total) * shift;
  count_ = total;
}

Moments Moments::projected(const Eigen::MatrixXd& by) const {
  Moments projected(static_cast<int>(by.cols()));
  projected.count_ = count_;
  projected.mean_ = by.transpose() * mean_;
  // One triangle, as every other reader: the two can differ in the last bit.
  projected.scatter_ = by.transpose() * (scatter_.selfadjointView<Eigen::Lower>() * by);
  return projected;
}

}  // namespace mvga
