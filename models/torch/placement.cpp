// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/placement.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <sched.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/base/error.h"

namespace mvga {
namespace {

Error bad_device(const std::string& device, const std::string& why) {
  return Error(ErrorKind::settings, "device=" + device + ": " + why);
}

/// Why there is no GPU to use; empty when there is one.
std::string why_no_gpu() {
  if (!at::Context::hasCUDART()) {
    return "the installed LibTorch is built without CUDA; use device=cpu, or build mvga with "
           "-Dlibtorch=DIR for one that has it";
  }
  if (at::getNumGPUs() == 0) {
    return "no usable GPU was found; check the driver with nvidia-smi, or use device=cpu";
  }
  return "";
}

at::Device cuda_device(const std::string& device, std::string_view index_text) {
  int index = 0;
  const char* end = index_text.data() + index_text.size();
  const auto parsed = std::from_chars(index_text.data(), end, index);
  if (parsed.ec != std::errc() || parsed.ptr != end || index < 0) {
    throw bad_device(device, "what follows 'cuda:' has to be a number from 0");
  }
  const std::string why = why_no_gpu();
  if (!why.empty()) throw bad_device(device, why);
  const int count = static_cast<int>(at::getNumGPUs());
  if (index >= count) {
    throw bad_device(device, "there are only " + std::to_string(count) + " GPUs, numbered from 0");
  }
  return at::Device(at::kCUDA, static_cast<at::DeviceIndex>(index));
}

at::Device choose_device(const std::string& device) {
  if (device == "cpu") return at::kCPU;
  if (device == "auto" || device.empty()) {
    return why_no_gpu().empty() ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
  }
  if (device == "cuda") return cuda_device(device, "0");
  if (device.rfind("cuda:", 0) == 0) {
    return cuda_device(device, std::string_view(device).substr(5));
  }
  throw bad_device(device, "not a device; use auto, cpu, cuda or cuda:N");
}

at::ScalarType choose_type(at::Device device, Precision precision) {
  if (precision == Precision::bf16) return at::kBFloat16;
  if (precision == Precision::fp16) {
    if (device.is_cpu()) {
      throw Error(ErrorKind::settings,
                  "precision=fp16 needs a GPU; on the CPU use fp32 or bf16 (device is cpu)");
    }
    return at::kHalf;
  }
  return at::kFloat;
}

}  // namespace

std::string Placement::device_name() const {
  return device.str();
}

Precision Placement::precision() const {
  if (type == at::kBFloat16) return Precision::bf16;
  return type == at::kHalf ? Precision::fp16 : Precision::fp32;
}

Placement choose_placement(const std::string& device, Precision precision) {
  Placement placement;
  placement.device = choose_device(device);
  placement.type = choose_type(placement.device, precision);
  if (placement.device.is_cuda()) {
    // fp32 means fp32: scores have to agree with the CPU's and with those of the next run.
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setAllowTF32CuBLAS(false);
    at::globalContext().setDeterministicCuDNN(true);
    at::globalContext().setBenchmarkCuDNN(false);
  }
  return placement;
}

int available_cpus() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return std::max(1, CPU_COUNT(&set));
}

void use_threads(int threads) {
  thread_local int in_use = 0;
  if (in_use == threads) return;
  at::set_num_threads(threads);
  in_use = threads;
}

}  // namespace mvga
