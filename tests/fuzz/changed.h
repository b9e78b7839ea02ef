// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A file of ours with changes that the fuzzer chooses, sealed anew: what gets behind the checksum.
#pragma once

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "tests/core/files/forgery.h"

namespace mvga::fuzz {

inline double odd_number(FuzzedDataProvider& choice) {
  using Limits = std::numeric_limits<double>;
  constexpr double kOdd[] = {0,
                             -0.0,
                             1,
                             -1,
                             0.5,
                             0.001,
                             1e-300,
                             5e-324,
                             1e-30,
                             1e30,
                             3e38,
                             1e39,
                             1e300,
                             -1e300,
                             2147483648.0,
                             9.3e18,
                             1.9e19,
                             Limits::infinity(),
                             Limits::quiet_NaN()};
  if (choice.ConsumeBool()) return choice.PickValueInArray(kOdd);
  return choice.ConsumeFloatingPoint<double>();
}

inline void change_number(FuzzedDataProvider& choice, test::ForgedTensor& tensor) {
  const std::size_t size = size_of(tensor.type);
  if (tensor.data.size() < size) return;
  std::byte* at = tensor.data.data() + size * choice.ConsumeIntegralInRange<std::size_t>(
                                                  0, tensor.data.size() / size - 1);
  if (tensor.type == DType::f64) {
    const double value = odd_number(choice);
    std::memcpy(at, &value, size);
  } else if (tensor.type == DType::f32) {
    const auto value = static_cast<float>(std::clamp(odd_number(choice), -3e38, 3e38));
    std::memcpy(at, &value, size);
  } else {
    const auto value = choice.ConsumeIntegral<std::uint64_t>();
    std::memcpy(at, &value, size);
  }
}

/// A vector or matrix with another number of rows.
inline void change_shape(FuzzedDataProvider& choice, test::ForgedTensor& tensor) {
  if (tensor.shape.empty()) return;
  tensor.shape[0] = choice.ConsumeIntegralInRange<std::int64_t>(0, 64);
  std::size_t bytes = size_of(tensor.type);
  for (const std::int64_t side : tensor.shape) bytes *= static_cast<std::size_t>(side);
  tensor.data.resize(bytes);
}

/// @return the bytes of the file
inline std::vector<std::byte> changed(test::Forgery file, const std::uint8_t* data,
                                      std::size_t size) {
  FuzzedDataProvider choice(data, size);
  for (int i = 0; i < 8 && choice.remaining_bytes() > 0; ++i) {
    const auto any = [&](auto& map) {
      return std::next(map.begin(), choice.ConsumeIntegralInRange<std::ptrdiff_t>(
                                        0, static_cast<std::ptrdiff_t>(map.size()) - 1));
    };
    switch (choice.ConsumeIntegralInRange<int>(0, 5)) {
      case 0:
      case 1:
        change_number(choice, any(file.tensors)->second);
        break;
      case 2:
        change_shape(choice, any(file.tensors)->second);
        break;
      case 3:
        if (file.tensors.size() > 1) file.tensors.erase(any(file.tensors));
        break;
      default:
        if (const auto entry = any(file.metadata); entry->first != "sha256")
          entry->second = choice.ConsumeRandomLengthString(200);
    }
  }
  return file.bytes();
}

}  // namespace mvga::fuzz
