// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/torch_backbone.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "core/base/error.h"
#include "models/sharing/compute_threads.h"
#include "models/sharing/shared_values.h"
#include "models/torch/guarded.h"
#include "models/torch/tensor_memory.h"

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

/// [N, 3, S, S], channels last, which is the order that the pictures have as well.
at::Tensor normalised(std::span<const RgbView> images) {
  static const ByteTable table = normalised_bytes();
  at::Tensor tensor =
      at::empty({static_cast<std::int64_t>(images.size()), 3, images[0].height, images[0].width},
                at::TensorOptions().dtype(at::kFloat), at::MemoryFormat::ChannelsLast);
  auto* to = tensor.data_ptr<float>();
  for (const RgbView& image : images) {
    for (int y = 0; y < image.height; ++y) {
      const std::uint8_t* from = image.data + y * image.stride;
      for (int x = 0; x < image.width; ++x, from += 3, to += 3) {
        for (int c = 0; c < 3; ++c) to[c] = table[c][from[c]];
      }
    }
  }
  return tensor;
}

/// The maps of all pictures of one level; those of a batch share its memory.
std::vector<FeatureMap> feature_maps(int level, const at::Tensor& features) {
  // Free of charge where the network ran in fp32 on the CPU: its memory has this order.
  auto kept = std::make_shared<const at::Tensor>(features.permute({0, 2, 3, 1}).contiguous());
  const std::int64_t size = kept->numel() / kept->size(0);
  std::vector<FeatureMap> maps(static_cast<std::size_t>(kept->size(0)));
  const auto* values = kept->data_ptr<float>();
  for (FeatureMap& map : maps) {
    map.level = level;
    map.height = static_cast<int>(kept->size(1));
    map.width = static_cast<int>(kept->size(2));
    map.channels = static_cast<int>(kept->size(3));
    map.values = std::shared_ptr<const float>(kept, values);
    values += size;
  }
  return maps;
}

/// The processors are shared by all networks of the process; the threads go with the last of them.
std::shared_ptr<ComputeThreads> compute_threads() {
  static SharedValues<int, ComputeThreads> threads;
  const int processors = available_cpus();
  return threads.get(
      processors, [](const ComputeThreads&) { return true; },
      [&] { return std::make_shared<ComputeThreads>(processors); });
}

}  // namespace

TorchBackbone::TorchBackbone(BackboneInfo info, std::shared_ptr<const Network> network, int threads)
    : info_(std::move(info)),
      network_(std::move(network)),
      threads_(threads),
      compute_(compute_threads()) {
  std::vector<LevelShape> shapes;
  in_turn([&] { shapes = network_->shapes(info_.input_size); });
  for (LevelShape& level : info_.levels) {
    level = shapes[level.level];
    levels_.push_back(level.level);
  }
}

Levels TorchBackbone::extract(const RgbView& image) const {
  return std::move(extract_batch({&image, 1}).front());
}

std::vector<Levels> TorchBackbone::extract_batch(std::span<const RgbView> images) const {
  if (images.empty()) return {};
  for (const RgbView& image : images) check(image);
  const std::size_t at_once = std::min<std::size_t>(network_->largest_batch(), images.size());
  std::vector<Levels> all;
  for (; !images.empty(); images = images.subspan(std::min(at_once, images.size()))) {
    const auto next = images.first(std::min(at_once, images.size()));
    std::ranges::move(guarded([&] {
                        const TensorMemory::Use memory;
                        return run(normalised(next));
                      }),
                      std::back_inserter(all));
  }
  return all;
}

void TorchBackbone::check(const RgbView& image) const {
  if (image.width != info_.input_size || image.height != info_.input_size) {
    const std::string wanted = std::to_string(info_.input_size);
    throw Error(ErrorKind::settings, "the backbone takes pictures of " + wanted + "x" + wanted +
                                         ", not " + std::to_string(image.width) + "x" +
                                         std::to_string(image.height));
  }
  if (!image.data || image.stride < 3 * std::ptrdiff_t{image.width}) {
    throw Error(ErrorKind::settings, "the picture has no data, or a stride below 3 * width");
  }
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
    return std::move(run(view.contiguous(at::MemoryFormat::ChannelsLast)).front());
  });
}

template <typename F>
void TorchBackbone::in_turn(const F& work) const {
  const Processors wanted =
      threads_ == 0 ? Processors{1, available_cpus()} : Processors{threads_, threads_};
  const auto with_settings = [&](int threads) {
    // For this thread, like the number of threads.
    const c10::InferenceMode no_gradients;
    const TensorMemory::Use memory;
    use_threads(threads_ == 0 ? threads : threads_);
    work();
  };
  if (network_->placement().device.is_cpu())
    compute_->run(wanted, with_settings);
  else
    with_settings(wanted.most);
}

std::vector<Levels> TorchBackbone::run(const at::Tensor& input) const {
  std::vector<Levels> pictures(static_cast<std::size_t>(input.size(0)));
  std::vector<at::Tensor> features;
  in_turn([&] { features = network_->run(input, levels_); });
  for (std::size_t l = 0; l < levels_.size(); ++l) {
    std::vector<FeatureMap> maps = feature_maps(levels_[l], features[l]);
    for (std::size_t i = 0; i < pictures.size(); ++i) pictures[i].push_back(std::move(maps[i]));
  }
  return pictures;
}

}  // namespace mvga
