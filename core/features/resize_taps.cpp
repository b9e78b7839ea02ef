// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/resize_taps.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace mvga {
namespace {

/// Weights of neighbours, the first of which has this index.
struct Share {
  int first = 0;
  std::vector<double> weights;

  int end() const { return first + static_cast<int>(weights.size()); }
};

/// What new pixel `index` takes of the part's pixels.
Share share_of_pixels(int index, const Stretch& part, int to) {
  const double scale = static_cast<double>(part.length) / to;
  const double reach = std::max(scale, 1.0);
  const double centre = (index + 0.5) * scale;
  const int begin = std::max(0, static_cast<int>(std::lround(centre - reach)));
  const int end = std::min(part.length, static_cast<int>(std::lround(centre + reach)));
  Share share{part.start + begin, {}};
  double sum = 0;
  for (int k = begin; k < end; ++k) {
    share.weights.push_back(std::max(0.0, 1 - std::abs(k + 0.5 - centre) / reach));
    sum += share.weights.back();
  }
  for (double& weight : share.weights) weight /= sum;
  return share;
}

/// Where a pixel lies, in samples.
double place_of(int pixel, const Sampling& sampling) {
  const double n = sampling.pixels_a_sample;
  return sampling.cosited ? pixel / n : (pixel + 0.5) / n - 0.5;
}

/// The same in samples: a pixel is on the straight line between its two neighbours, and beyond the
/// last sample as that is.
Share share_of_samples(const Share& pixels, const Sampling& sampling) {
  const auto limited = [&](int sample) { return std::clamp(sample, 0, sampling.samples - 1); };
  const auto below = [&](int pixel) {
    return static_cast<int>(std::floor(place_of(pixel, sampling)));
  };
  Share share{limited(below(pixels.first)), {}};
  share.weights.resize(
      static_cast<std::size_t>(limited(below(pixels.end() - 1) + 1) - share.first + 1));
  for (int pixel = pixels.first; pixel < pixels.end(); ++pixel) {
    const double weight = pixels.weights[static_cast<std::size_t>(pixel - pixels.first)];
    const double part = place_of(pixel, sampling) - below(pixel);
    const auto at = [&](int sample) -> double& {
      return share.weights[static_cast<std::size_t>(limited(sample) - share.first)];
    };
    at(below(pixel)) += weight * (1 - part);
    at(below(pixel) + 1) += weight * part;
  }
  return share;
}

void drop_zeros(Share& share) {
  while (share.weights.size() > 1 && share.weights.back() == 0) share.weights.pop_back();
  while (share.weights.size() > 1 && share.weights.front() == 0) {
    share.weights.erase(share.weights.begin());
    ++share.first;
  }
}

}  // namespace

int ResizeTaps::begin() const {
  return *std::min_element(first.begin(), first.end());
}

int ResizeTaps::end() const {
  return *std::max_element(first.begin(), first.end()) + count;
}

ResizeTaps resize_taps(const Stretch& part, const Sampling& sampling, int to) {
  std::vector<Share> shares;
  std::size_t most = 0;
  for (int i = 0; i < to; ++i) {
    Share share = share_of_pixels(i, part, to);
    if (sampling.pixels_a_sample > 1) share = share_of_samples(share, sampling);
    drop_zeros(share);
    most = std::max(most, share.weights.size());
    shares.push_back(std::move(share));
  }
  ResizeTaps taps;
  taps.count = static_cast<int>(most);
  taps.weights.assign(most * shares.size(), 0.0F);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const int first = std::min(shares[i].first, sampling.samples - taps.count);
    const auto to_first = static_cast<std::size_t>(shares[i].first - first);
    taps.first.push_back(first);
    for (std::size_t t = 0; t < shares[i].weights.size(); ++t)
      taps.weights[i * most + to_first + t] = static_cast<float>(shares[i].weights[t]);
  }
  return taps;
}

}  // namespace mvga
