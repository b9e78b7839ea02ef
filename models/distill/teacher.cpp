// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/teacher.h"

#include <torch/utils.h>

#include <utility>

#include "core/base/error.h"
#include "models/open_backbone.h"

namespace mvga::distill {
namespace {

struct MeanAndCovariance {
  torch::Tensor mean;        ///< [channels]
  torch::Tensor covariance;  ///< [channels, channels]
};

/// Over all positions of all pictures, in double.
MeanAndCovariance moments(const std::vector<std::vector<torch::Tensor>>& features,
                          std::size_t level) {
  torch::Tensor sum;
  torch::Tensor products;
  std::int64_t count = 0;
  for (const auto& picture : features) {
    const torch::Tensor x = picture[level].flatten(1).to(torch::kDouble);
    const torch::Tensor one_sum = x.sum(1);
    const torch::Tensor one_products = x.matmul(x.t());
    sum = sum.defined() ? sum + one_sum : one_sum;
    products = products.defined() ? products + one_products : one_products;
    count += x.size(1);
  }
  const torch::Tensor mean = sum / count;
  return {mean, products / count - torch::outer(mean, mean)};
}

}  // namespace

Teacher::Teacher(const std::filesystem::path& weights, const std::vector<int>& levels, int size,
                 const std::string& device) {
  BackboneSettings settings;
  settings.weights = weights;
  settings.levels = levels;
  settings.input_size = size;
  settings.device = device;
  settings.threads = 1;
  backbone_ = open_backbone(settings);
}

std::vector<torch::Tensor> Teacher::raw_features(const RgbView& picture) const {
  std::vector<torch::Tensor> features;
  for (const FeatureMap& map : backbone_->extract(picture)) {
    // from_blob wants to be able to write; nothing here does.
    const torch::Tensor view = torch::from_blob(const_cast<float*>(map.values.get()),
                                                {map.height, map.width, map.channels});
    features.push_back(view.permute({2, 0, 1}).contiguous());
  }
  return features;
}

void Teacher::learn_scale(const std::vector<std::vector<torch::Tensor>>& features,
                          const Wanted& wanted) {
  const torch::NoGradGuard no_gradients;
  scales_.clear();
  for (std::size_t level = 0; level < features.front().size(); ++level) {
    const auto [mean, covariance] = moments(features, level);
    const std::int64_t channels = mean.size(0);
    const std::int64_t kept = wanted.components[level];
    if (kept > channels)
      throw Error(ErrorKind::settings, "the teacher's level has " + std::to_string(channels) +
                                           " channels, the student's " + std::to_string(kept));
    const auto [values, vectors] = torch::linalg_eigh(covariance, "L");  // ascending
    const torch::Tensor leading = values.narrow(0, channels - kept, kept).clamp_min(0);
    const torch::Tensor factors = (leading + wanted.floor * values.mean()).rsqrt();
    const torch::Tensor unit = (leading * factors * factors).mean().rsqrt();
    const torch::Tensor project =
        (factors * unit).unsqueeze(1) * vectors.narrow(1, channels - kept, kept).t();
    scales_.push_back({mean.to(torch::kFloat).unsqueeze(1), project.to(torch::kFloat)});
  }
}

std::vector<torch::Tensor> Teacher::features(const RgbView& picture) const {
  const torch::NoGradGuard no_gradients;
  std::vector<torch::Tensor> features = raw_features(picture);
  for (std::size_t level = 0; level < features.size(); ++level) {
    const Scale& scale = scales_[level];
    const std::int64_t height = features[level].size(1);
    features[level] = scale.project.matmul(features[level].flatten(1) - scale.mean)
                          .view({scale.project.size(0), height, -1})
                          .to(torch::kHalf);
  }
  return features;
}

}  // namespace mvga::distill
