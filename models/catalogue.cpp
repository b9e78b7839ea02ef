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
constexpr const char* kBsd = "BSD-3-Clause";

// Of timm's tags: for tf_efficientnet timm's default, for resnet torchvision's first weights. Only
// those that take the mean and deviation that the architecture gives (torch/networks).
constexpr std::array kCatalogue{
    PretrainedWeights{"efficientnet_b0", "ra_in1k", kApache, "21.4 MB", ""},
    PretrainedWeights{"efficientnet_b1", "ft_in1k", kApache, "31.5 MB", ""},
    PretrainedWeights{"efficientnet_b2", "ra_in1k", kApache, "", ""},
    PretrainedWeights{"efficientnet_b3", "ra2_in1k", kApache, "49.3 MB",
                      "279d2a53898aa89dab43fd6bd7df9f706aea4cb9cf916223988bbcb8e5850469"},
    PretrainedWeights{"efficientnet_b4", "ra2_in1k", kApache, "77.9 MB", ""},
    PretrainedWeights{"efficientnet_b5", "sw_in12k_ft_in1k", kApache, "122 MB", ""},
    PretrainedWeights{"efficientnet_b6", "", "", "", ""},
    PretrainedWeights{"efficientnet_b7", "", "", "", ""},
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
    PretrainedWeights{"wide_resnet50_2", "tv_in1k", kBsd, "276 MB",
                      "df6fb6c4824769769de18e14088475fd6ee94236849aa4e5d8022ba9d9a9a16c"},
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

}  // namespace mvga
