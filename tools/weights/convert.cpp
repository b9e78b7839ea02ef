// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/convert.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <set>
#include <string_view>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/io/safetensors.h"
#include "tools/weights/checkpoint.h"

namespace mvga::tool {
namespace {

using PartNames = std::map<std::string, std::string, std::less<>>;

/// Of a part of the network or of a block: timm's name and theirs. Blocks that do not expand have
/// fewer parts, and timm's names for these are others.
const PartNames kOutside{
    {"conv_stem", "_conv_stem"}, {"bn1", "_bn0"}, {"conv_head", "_conv_head"}, {"bn2", "_bn1"}};
const PartNames kExpanding{{"conv_pw", "_expand_conv"},    {"bn1", "_bn0"},
                           {"conv_dw", "_depthwise_conv"}, {"bn2", "_bn1"},
                           {"conv_pwl", "_project_conv"},  {"bn3", "_bn2"}};
const PartNames kNotExpanding{
    {"conv_dw", "_depthwise_conv"}, {"bn1", "_bn1"}, {"conv_pw", "_project_conv"}, {"bn2", "_bn2"}};

/// "blocks.3.1." of "blocks.3.1.bn1.bias"; empty outside the blocks.
std::string block_of(const std::string& key) {
  if (!key.starts_with("blocks.")) return {};
  const std::size_t stage = key.find('.') + 1;
  return key.substr(0, key.find('.', key.find('.', stage) + 1) + 1);
}

/// Their names by timm's, for all that is wanted. They count the blocks without regard to stages.
std::map<std::string, std::string> their_names(const std::vector<TensorSpec>& wanted) {
  std::map<std::string, std::size_t> numbers;
  std::set<std::string> expanding;
  for (const TensorSpec& each : wanted) {
    const std::string block = block_of(each.key);
    if (block.empty()) continue;
    numbers.try_emplace(block, numbers.size());
    if (each.key == block + "conv_pwl.weight") expanding.insert(block);
  }
  std::map<std::string, std::string> names;
  for (const TensorSpec& each : wanted) {
    const std::string block = block_of(each.key);
    const std::size_t dot = each.key.rfind('.');
    const std::string part = each.key.substr(block.size(), dot - block.size());
    const PartNames& parts = block.empty()               ? kOutside
                             : expanding.contains(block) ? kExpanding
                                                         : kNotExpanding;
    const std::string prefix =
        block.empty() ? "" : "_blocks." + std::to_string(numbers.at(block)) + ".";
    names[each.key] = prefix + parts.at(part) + each.key.substr(dot);
  }
  return names;
}

std::vector<float> values_of(const CheckpointTensor& tensor) {
  std::vector<float> values(tensor.bytes.size() / sizeof(float));
  std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}

/// Not NaN either.
bool fits_fp16(float value) {
  constexpr float kLargest = 65504;
  return std::abs(value) <= kLargest;
}

void add_rounded(SafetensorsWriter& writer, const std::string& key,
                 const std::vector<std::int64_t>& shape, const std::vector<float>& values) {
  if (shape.size() != 4) {
    writer.add(key, DType::f32, shape, std::as_bytes(std::span(values)));
    return;
  }
  const std::vector<Eigen::half> rounded(values.begin(), values.end());
  writer.add(key, DType::f16, shape, std::as_bytes(std::span(rounded)));
}

/// What a network for features has no use for.
bool is_left_out(std::string_view key) {
  return key.starts_with("_fc.") || key.ends_with(".num_batches_tracked");
}

}  // namespace

std::vector<std::byte> converted_weights(std::span<const std::byte> checkpoint,
                                         const std::string& architecture,
                                         const std::vector<TensorSpec>& wanted,
                                         const std::string& name) {
  std::map<std::string, CheckpointTensor> tensors = read_checkpoint(checkpoint, name);
  const auto fail = [&](const std::string& key, const char* why) {
    throw Error(ErrorKind::unreadable, name + ": this is not " + architecture + ": the tensor '" +
                                           printable(key) + "' " + why);
  };
  SafetensorsWriter writer;
  writer.set_metadata("architecture", architecture);
  writer.set_metadata("format", "pt");
  const std::map<std::string, std::string> names = their_names(wanted);
  for (const TensorSpec& each : wanted) {
    const std::string& key = names.at(each.key);
    const auto found = tensors.find(key);
    if (found == tensors.end()) fail(key, "is missing");
    if (found->second.shape != each.shape) fail(key, "has another shape");
    if (found->second.type != DType::f32) fail(key, "is not fp32");
    const std::vector<float> values = values_of(found->second);
    if (!std::ranges::all_of(values, fits_fp16)) fail(key, "contains NaN, infinity or too much");
    add_rounded(writer, each.key, each.shape, values);
    tensors.erase(found);
  }
  for (const auto& [key, _] : tensors)
    if (!is_left_out(key)) fail(key, "is none of its");
  return writer.bytes();
}

}  // namespace mvga::tool
