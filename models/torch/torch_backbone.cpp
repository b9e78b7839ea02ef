// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/torch_backbone.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/io/error.h"
#include "models/torch/guarded.h"

namespace mvga {
namespace {

/// Every value of a byte, normalised, for each of R, G and B.
using ByteTable = std::array<std::array<float, 256>, 3>;

ByteTable normalised_bytes() {
  constexpr float mean[] = {0.485f, 0.456f, 0.406f};  // ImageNet's
  constexpr float deviation[] = {0.229f, 0.224f, 0.225f};
  ByteTable table;
  for (int c = 0; c < 3; ++c) {
    for (int v = 0; v < 256; ++v) {
      table[c][v] = (static_cast<float>(v) / 255.0f - mean[c]) / deviation[c];
    }
  }
  return table;
}

/// [1, 3, S, S], channels last, which is the order that the picture has as well.
at::Tensor normalised(const RgbView& image) {
  static const ByteTable table = normalised_bytes();
  at::Tensor tensor =
      at::empty({1, 3, image.height, image.width}, at::TensorOptions().dtype(at::kFloat),
                at::MemoryFormat::ChannelsLast);
  auto* to = tensor.data_ptr<float>();
  for (int y = 0; y < image.height; ++y) {
    const std::uint8_t* from = image.data + y * image.stride;
    for (int x = 0; x < image.width; ++x, from += 3, to += 3) {
      for (int c = 0; c < 3; ++c) to[c] = table[c][from[c]];
    }
  }
  return tensor;
}

FeatureMap feature_map(int level, const at::Tensor& features) {
  // Free of charge where the network ran in fp32 on the CPU: its memory has this order.
  auto kept = std::make_shared<const at::Tensor>(
      features.to(at::kCPU, at::kFloat).permute({0, 2, 3, 1}).contiguous());
  FeatureMap map;
  map.level = level;
  map.height = static_cast<int>(kept->size(1));
  map.width = static_cast<int>(kept->size(2));
  map.channels = static_cast<int>(kept->size(3));
  map.values = std::shared_ptr<const float>(kept, kept->data_ptr<float>());
  return map;
}

}  // namespace

TorchBackbone::TorchBackbone(BackboneInfo info, std::vector<Stage> stages, Placement placement,
                             int threads)
    : info_(std::move(info)), stages_(std::move(stages)), placement_(placement), threads_(threads) {
  const std::vector<std::uint8_t> black(std::size_t{3} * info_.input_size * info_.input_size);
  const Levels levels = TorchBackbone::extract(
      {black.data(), info_.input_size, info_.input_size, 3 * info_.input_size});
  for (std::size_t i = 0; i < levels.size(); ++i) {
    info_.levels[i] = {levels[i].level, levels[i].channels, levels[i].height, levels[i].width};
  }
}

Levels TorchBackbone::extract(const RgbView& image) const {
  if (image.width != info_.input_size || image.height != info_.input_size) {
    const std::string wanted = std::to_string(info_.input_size);
    throw Error(ErrorKind::settings, "the backbone takes pictures of " + wanted + "x" + wanted +
                                         ", not " + std::to_string(image.width) + "x" +
                                         std::to_string(image.height));
  }
  if (!image.data || image.stride < 3 * std::ptrdiff_t{image.width}) {
    throw Error(ErrorKind::settings, "the picture has no data, or a stride below 3 * width");
  }
  return guarded([&] { return run(normalised(image)); });
}

Levels TorchBackbone::extract_tensor(std::span<const float> input) const {
  const std::int64_t size = info_.input_size;
  if (static_cast<std::int64_t>(input.size()) != 3 * size * size) {
    throw Error(ErrorKind::settings, "the input is not 3 x input size x input size");
  }
  return guarded([&] {
    // from_blob wants to be able to write; nothing here does.
    const at::Tensor view = at::from_blob(const_cast<float*>(input.data()), {1, 3, size, size},
                                          at::TensorOptions().dtype(at::kFloat));
    return run(view.contiguous(at::MemoryFormat::ChannelsLast));
  });
}

Levels TorchBackbone::run(const at::Tensor& input) const {
  const c10::InferenceMode no_gradients;  // for this thread, like the number of threads
  use_threads(threads_);
  at::Tensor x = input.to(placement_.device, placement_.type);
  Levels levels;
  auto wanted = info_.levels.begin();
  for (std::size_t level = 0; level < stages_.size(); ++level) {
    x = stages_[level](x);
    if (wanted == info_.levels.end() || wanted->level != static_cast<int>(level)) continue;
    levels.push_back(feature_map(wanted->level, x));
    ++wanted;
  }
  return levels;
}

}  // namespace mvga
