// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Feature vectors for tests: correlated, with spreads that differ by orders of magnitude, as those
// of a network do.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <cstddef>
#include <random>

#include "core/gaussian/moments.h"
#include "core/gaussian/vector_sample.h"

namespace mvga::test {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline Rows random_vectors(int rows, int channels, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  Eigen::MatrixXd mixing(channels, channels);
  for (int k = 0; k < channels; ++k)
    for (int c = 0; c < channels; ++c)
      mixing(k, c) = normal(random) * std::pow(0.01, static_cast<double>(k) / channels);
  Eigen::RowVectorXd offset(channels);
  for (int c = 0; c < channels; ++c) offset[c] = 2 * normal(random);
  Rows vectors(rows, channels);
  for (int i = 0; i < rows; ++i) {
    Eigen::RowVectorXd z(channels);
    for (int k = 0; k < channels; ++k) z[k] = normal(random);
    vectors.row(i) = (z * mixing + offset).cast<float>();
  }
  return vectors;
}

inline Moments moments_of(const Rows& vectors) {
  Moments moments(static_cast<int>(vectors.cols()));
  moments.add(vectors.data(), static_cast<std::size_t>(vectors.rows()));
  return moments;
}

inline VectorSample sample_of(const Rows& vectors, std::size_t capacity, int tag = 0) {
  VectorSample sample(static_cast<int>(vectors.cols()), capacity);
  sample.add(vectors.data(), static_cast<std::size_t>(vectors.rows()), tag);
  return sample;
}

}  // namespace mvga::test
