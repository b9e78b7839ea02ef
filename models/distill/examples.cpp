// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/examples.h"

#include <torch/utils.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "models/distill/jobs.h"
#include "models/torch/normalisation.h"

namespace mvga::distill {

ExamplePool::ExamplePool(const PictureGenerator& pictures, const Teacher* teacher,
                         const Settings& settings)
    : pictures_(pictures),
      teacher_(teacher),
      settings_(settings),
      random_(settings.seed, 0xba7c4) {}

Example ExamplePool::make(std::uint64_t index) const {
  const GeneratedPicture generated = pictures_.make(index);
  const Bytes& bytes = generated.bytes;
  Example example;
  example.picture = torch::empty({bytes.size, bytes.size, 3}, torch::kByte);
  std::memcpy(example.picture.data_ptr(), bytes.rgb.data(), bytes.rgb.size());
  if (teacher_) example.features = teacher_->features(bytes.view());
  example.kind = static_cast<std::int64_t>(generated.kind);
  return example;
}

void ExamplePool::renew(std::size_t count) {
  std::vector<Example> fresh(count);
  run_jobs(count, settings_.workers, [&](std::size_t i) { fresh[i] = make(made_ + i); });
  for (Example& example : fresh) {
    if (examples_.size() < settings_.capacity)
      examples_.push_back(std::move(example));
    else
      examples_[made_ % settings_.capacity] = std::move(example);
    ++made_;
  }
}

Batch ExamplePool::batch(std::size_t size, std::size_t fresh, torch::Device device) {
  std::vector<torch::Tensor> pictures;
  std::vector<std::vector<torch::Tensor>> features;
  std::vector<std::int64_t> kinds;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t place = i < fresh ? (made_ - 1 - i) % settings_.capacity
                                        : random_.below(static_cast<int>(examples_.size()));
    const Example& example = examples_[place];
    pictures.push_back(example.picture);
    features.resize(example.features.size());
    for (std::size_t level = 0; level < features.size(); ++level)
      features[level].push_back(example.features[level]);
    kinds.push_back(example.kind);
  }
  const auto mean = torch::tensor(at::ArrayRef<float>(imagenet.mean), device).view({1, 3, 1, 1});
  const auto deviation =
      torch::tensor(at::ArrayRef<float>(imagenet.deviation), device).view({1, 3, 1, 1});
  Batch batch;
  // Permuting bytes that lie as a picture does gives channels last without a copy.
  batch.pictures = torch::stack(pictures).permute({0, 3, 1, 2}).to(device, torch::kFloat);
  batch.pictures =
      ((batch.pictures / 255 - mean) / deviation).contiguous(torch::MemoryFormat::ChannelsLast);
  for (const auto& level : features)
    batch.features.push_back(torch::stack(level).to(device, torch::kFloat));
  batch.kinds = torch::tensor(kinds).to(device);
  return batch;
}

}  // namespace mvga::distill
