// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a side of a picture is made of when the picture is brought to another size.
#pragma once

#include <vector>

namespace mvga {

/// A part of a side, in pixels.
struct Stretch {
  int start = 0;
  int length = 0;
};

/// How a component is sampled along a side. In YUV several pixels may share a sample of colour.
struct Sampling {
  int samples = 0;  ///< of the whole side
  int pixels_a_sample = 1;
  bool cosited = false;  ///< a sample is that of its first pixel, not of the middle of its pixels

  bool operator==(const Sampling&) const = default;
};

/// New sample i is the sum of weight[i * count + t] * old[first[i] + t]. All of these samples
/// exist; weights of those that a new one does not need are 0.
struct ResizeTaps {
  int count = 0;  ///< for each new sample
  std::vector<int> first;
  std::vector<float> weights;  ///< [first.size(), count], each row adds up to 1

  int begin() const;  ///< the first old sample in use
  int end() const;    ///< behind the last one
};

/// The weights that bring the part to `to` samples: those of Pillow's resize(BILINEAR). They fall
/// linearly to 0 over one pixel, or over one new pixel where those are larger: nothing is skipped
/// when a picture is made smaller.
/// Where pixels share samples, those of the picture with a sample a pixel that straight lines
/// between the samples give. (libjpeg calls it fancy upsampling, and Pillow decodes by it.) A part
/// may therefore take of a sample beside it.
ResizeTaps resize_taps(const Stretch& part, const Sampling& sampling, int to);

}  // namespace mvga
