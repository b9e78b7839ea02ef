// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/student_file.h"

#include <span>
#include <vector>

#include "core/base/sha256.h"
#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"

namespace mvga::distill {
namespace {

void add(SafetensorsWriter& writer, const std::string& key, const torch::Tensor& tensor) {
  const torch::Tensor half = tensor.to(torch::kCPU, torch::kHalf).contiguous();
  const std::vector<std::int64_t> shape(half.sizes().begin(), half.sizes().end());
  writer.add(key, DType::f16, shape,
             {static_cast<const std::byte*>(half.data_ptr()), half.nbytes()});
}

}  // namespace

std::string write_student(const Student& student, const std::map<std::string, std::string>& facts,
                          const std::filesystem::path& path) {
  const torch::NoGradGuard no_gradients;
  SafetensorsWriter writer;
  writer.set_metadata("architecture", student.network().name);
  for (const auto& [key, value] : facts) writer.set_metadata(key, value);
  for (const Student::Part& part : student.parts()) {
    torch::Tensor weight = part.convolution->weight.to(torch::kDouble);
    torch::Tensor bias;
    if (part.norm.is_empty()) {
      bias = part.convolution->bias.to(torch::kDouble);
    } else {
      const auto& norm = *part.norm;
      const torch::Tensor scale = norm.weight.to(torch::kDouble) /
                                  (norm.running_var.to(torch::kDouble) + norm.options.eps()).sqrt();
      weight = weight * scale.view({-1, 1, 1, 1});
      bias = norm.bias.to(torch::kDouble) - norm.running_mean.to(torch::kDouble) * scale;
    }
    add(writer, part.name + ".weight", weight);
    add(writer, part.name + ".bias", bias);
  }
  const std::vector<std::byte> bytes = writer.bytes();
  write_file_atomically(path, bytes);
  return sha256_hex(bytes);
}

}  // namespace mvga::distill
