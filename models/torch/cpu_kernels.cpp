// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/cpu_kernels.h"

#include <cstdint>
#include <vector>

// Debian builds for every x86-64; the kernels are compiled once for each of three generations of it
// and picked at run time. (GCC's target_clones would be shorter, but does not vectorise them.)
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define MVGA_KERNELS_BY_CPU 1
#pragma GCC push_options
#pragma GCC target("arch=skylake-avx512,prefer-vector-width=512")
namespace mvga::cpu::avx512 {
#include "models/torch/cpu_kernels_loops.h"
}
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("arch=haswell")
namespace mvga::cpu::avx2 {
#include "models/torch/cpu_kernels_loops.h"
}
#pragma GCC pop_options
#endif
namespace mvga::cpu::baseline {
#include "models/torch/cpu_kernels_loops.h"
}

namespace mvga::cpu {
namespace {

struct Kernels {
  void (*silu)(float*, std::size_t);
  void (*silu_and_sum)(float*, std::size_t, std::size_t, float*, float*);
  void (*gate)(const GateWeights&, const float*, float*);
};

const Kernels& kernels() {
  static const Kernels picked = [] {
#ifdef MVGA_KERNELS_BY_CPU
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
      return Kernels{avx512::silu, avx512::silu_and_sum, avx512::gate};
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
        __builtin_cpu_supports("bmi2")) {
      return Kernels{avx2::silu, avx2::silu_and_sum, avx2::gate};
    }
#endif
    return Kernels{baseline::silu, baseline::silu_and_sum, baseline::gate};
  }();
  return picked;
}

}  // namespace

void silu(float* x, std::size_t count) {
  kernels().silu(x, count);
}

void silu_and_sum(float* x, std::size_t positions, std::size_t channels, float* sum) {
  std::vector<float> run(channels);
  kernels().silu_and_sum(x, positions, channels, sum, run.data());
}

void gate(const GateWeights& weights, const float* mean, float* gate) {
  kernels().gate(weights, mean, gate);
}

}  // namespace mvga::cpu
