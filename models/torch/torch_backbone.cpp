// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/torch_backbone.h"

#include <ATen/ops/from_blob.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/error.h"
#include "models/sharing/compute_threads.h"
#include "models/sharing/shared_values.h"
#include "models/torch/guarded.h"
#include "models/torch/tensor_memory.h"

namespace mvga {
namespace {

/// The maps of all images of one level; those of a batch share its memory.
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
std::shared_ptr<ComputeThreads> shared_threads() {
  static SharedValues<int, ComputeThreads> threads;
  const int processors = available_cpus();
  return threads.get(
      processors, [](const ComputeThreads&) { return true; },
      [&] { return std::make_shared<ComputeThreads>(processors); });
}

}  // namespace

TorchBackbone::TorchBackbone(BackboneInfo info, const Normalisation& normalisation,
                             std::shared_ptr<const Network> network, int threads)
    : info_(std::move(info)),
      normalised_(normalised_bytes(normalisation)),
      network_(std::move(network)),
      threads_(threads),
      compute_threads_(shared_threads()) {
  std::vector<LevelShape> shapes;
  compute([&] { shapes = network_->shapes(info_.input_size); });
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
                        return run(input_tensor(next, normalised_));
                      }),
                      std::back_inserter(all));
  }
  return all;
}

void TorchBackbone::check(const RgbView& image) const {
  if (image.width != info_.input_size || image.height != info_.input_size) {
    const std::string wanted = std::to_string(info_.input_size);
    throw Error(ErrorKind::settings, "the backbone takes images of " + wanted + "x" + wanted +
                                         ", not " + std::to_string(image.width) + "x" +
                                         std::to_string(image.height));
  }
  if (!image.data || image.stride < 3 * std::ptrdiff_t{image.width}) {
    throw Error(ErrorKind::settings, "the image has no data, or a stride below 3 * width");
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
void TorchBackbone::compute(const F& work) const {
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
    compute_threads_->run(wanted, with_settings);
  else
    with_settings(wanted.most);
}

std::vector<Levels> TorchBackbone::run(const at::Tensor& input) const {
  std::vector<Levels> images(static_cast<std::size_t>(input.size(0)));
  std::vector<at::Tensor> features;
  compute([&] { features = network_->run(input, levels_); });
  for (std::size_t l = 0; l < levels_.size(); ++l) {
    std::vector<FeatureMap> maps = feature_maps(levels_[l], features[l]);
    for (std::size_t i = 0; i < images.size(); ++i) images[i].push_back(std::move(maps[i]));
  }
  return images;
}

}  // namespace mvga
