// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/input_tensor.h"

#include <ATen/ops/empty.h>

#include <cstdint>

namespace mvga {

ByteTable normalised_bytes(const Normalisation& normalisation) {
  ByteTable table;
  for (int c = 0; c < 3; ++c) {
    for (int v = 0; v < 256; ++v) {
      table[c][v] =
          (static_cast<float>(v) / 255.0f - normalisation.mean[c]) / normalisation.deviation[c];
    }
  }
  return table;
}

at::Tensor input_tensor(std::span<const RgbView> images, const ByteTable& table) {
  at::Tensor tensor =
      at::empty({static_cast<std::int64_t>(images.size()), 3, images[0].height, images[0].width},
                at::TensorOptions().dtype(at::kFloat), at::MemoryFormat::ChannelsLast);
  auto* to = tensor.data_ptr<float>();
  for (const RgbView& image : images) {
    for (int y = 0; y < image.height; ++y) {
      const std::uint8_t* from = image.data + y * image.stride;
      for (int x = 0; x < image.width; ++x, from += 3, to += 3) {
        // All are read before one is written: the compiler cannot know that `to` is not the table.
        const std::array<float, 3> pixel{table[0][from[0]], table[1][from[1]], table[2][from[2]]};
        for (int c = 0; c < 3; ++c) to[c] = pixel[c];
      }
    }
  }
  return tensor;
}

}  // namespace mvga
