// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/alignment.h"

#include <Eigen/Cholesky>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>

namespace mvga {
namespace {

constexpr int kRounds = 2;             // on each plane
constexpr double kLongestStep = 1;     // pixels a round
constexpr double kSmallestGain = 0.1;  // with less, nothing of the other picture is seen

/// Where a pixel of the one picture lies in the other: in pixels, the last two at the border.
struct Place {
  double x = 0;
  double y = 0;
  double turn = 0;
  double stretch = 0;
};

/// What moving a picture changes in it, one column for one thing. Offset and brightness first.
using Changes = Eigen::Matrix<double, Eigen::Dynamic, 6>;

/// The frame is left out: it is what comes in from outside when pictures are moved.
int margin(const GreyPlane& plane) {
  return std::max(1, plane.side / 10);
}

Eigen::Index interior(const GreyPlane& plane) {
  const Eigen::Index side = plane.side - 2 * margin(plane);
  return side * side;
}

/// From -1 to 1 over the side.
double from_centre(int i, int side) {
  return (2.0 * i + 1 - side) / side;
}

GreyPlane moved(const GreyPlane& plane, const Place& to) {
  GreyPlane result{plane.side, std::vector<float>(plane.values.size())};
  const auto last = static_cast<float>(plane.side - 1);
  float* out = result.values.data();
  for (int y = 0; y < plane.side; ++y) {
    const double cy = from_centre(y, plane.side);
    for (int x = 0; x < plane.side; ++x) {
      const double cx = from_centre(x, plane.side);
      const auto at_x = static_cast<float>(x + to.x - to.turn * cy + to.stretch * cx);
      const auto at_y = static_cast<float>(y + to.y + to.turn * cx + to.stretch * cy);
      const float in_x = std::clamp(at_x, 0.0F, last);
      const float in_y = std::clamp(at_y, 0.0F, last);
      const int left = std::min(static_cast<int>(in_x), plane.side - 2);
      const int top = std::min(static_cast<int>(in_y), plane.side - 2);
      const float right = in_x - static_cast<float>(left);
      const float low = in_y - static_cast<float>(top);
      const float* p = plane.values.data() + static_cast<std::ptrdiff_t>(top) * plane.side + left;
      *out++ = (1 - low) * ((1 - right) * p[0] + right * p[1]) +
               low * ((1 - right) * p[plane.side] + right * p[plane.side + 1]);
    }
  }
  return result;
}

Changes changes_of(const GreyPlane& plane) {
  Changes changes(interior(plane), 6);
  const int edge = margin(plane);
  Eigen::Index row = 0;
  for (int y = edge; y < plane.side - edge; ++y) {
    const double cy = from_centre(y, plane.side);
    for (int x = edge; x < plane.side - edge; ++x, ++row) {
      const double cx = from_centre(x, plane.side);
      const double gx = 0.5 * (plane.at(x + 1, y) - plane.at(x - 1, y));
      const double gy = 0.5 * (plane.at(x, y + 1) - plane.at(x, y - 1));
      changes.row(row) << 1, plane.at(x, y), gx, gy, cx * gy - cy * gx, cx * gx + cy * gy;
    }
  }
  return changes;
}

Eigen::VectorXd interior_of(const GreyPlane& plane) {
  Eigen::VectorXd pixels(interior(plane));
  const int edge = margin(plane);
  Eigen::Index row = 0;
  for (int y = edge; y < plane.side - edge; ++y)
    for (int x = edge; x < plane.side - edge; ++x) pixels[row++] = plane.at(x, y);
  return pixels;
}

double step(double change, double gain) {
  return std::clamp(change / gain, -kLongestStep, kLongestStep);
}

/// Of `b` laid upon `a`.
Difference left_of(const SmallPicture& a, const SmallPicture& b) {
  Place place;
  Difference left;
  for (std::size_t p = 0; p < a.planes.size(); ++p) {
    Eigen::VectorXd target = interior_of(a.planes[p]);
    target.array() -= target.mean();
    for (int round = 0; round < kRounds; ++round) {
      Changes changes = changes_of(moved(b.planes[p], place));
      changes.col(1).array() -= changes.col(1).mean();
      Eigen::Matrix<double, 6, 6> normal = changes.transpose() * changes;
      normal.diagonal() *= 1 + 1e-9;
      normal.diagonal().array() += 1e-9;
      const Eigen::Matrix<double, 6, 1> c = normal.ldlt().solve(changes.transpose() * target);
      const double energy = (target - changes * c).squaredNorm();
      left = {energy / static_cast<double>(target.size()),
              energy / std::max(target.squaredNorm(), 1e-9)};
      if (std::abs(c[1]) < kSmallestGain) break;
      place.x += step(c[2], c[1]);
      place.y += step(c[3], c[1]);
      place.turn += step(c[4], c[1]);
      place.stretch += step(c[5], c[1]);
    }
    place = {2 * place.x, 2 * place.y, 2 * place.turn, 2 * place.stretch};
  }
  return left;
}

}  // namespace

Difference difference_when_aligned(const SmallPicture& a, const SmallPicture& b) {
  const Difference one = left_of(a, b);
  const Difference other = left_of(b, a);
  return {std::max(one.energy, other.energy), std::max(one.share, other.share)};
}

CoarseLikeness::Pixels CoarseLikeness::pixels(const GreyPlane& coarsest) {
  Eigen::VectorXd pixels = interior_of(coarsest);
  pixels.array() -= pixels.mean();
  return (pixels / std::max(pixels.norm(), 1e-9)).cast<float>();
}

CoarseLikeness::Space CoarseLikeness::space(const GreyPlane& coarsest) {
  Eigen::MatrixXd changes = changes_of(coarsest).rightCols(kChanges);
  changes.rowwise() -= changes.colwise().mean();
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(changes);
  const Eigen::MatrixXd thin = Eigen::MatrixXd::Identity(changes.rows(), kChanges);
  return (qr.householderQ() * thin).transpose().cast<float>();
}

}  // namespace mvga
