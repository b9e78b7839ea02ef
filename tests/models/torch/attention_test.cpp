// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What transformers are computed with on the CPU in fp32, against LibTorch's own functions.

#include "models/torch/attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/sin.h>
#include <ATen/ops/softmax.h>
#include <gtest/gtest.h>

#include <vector>

#include "models/torch/matrix_product.h"

namespace mvga::testing {
namespace {

/// Numbers from -1 to 1 that do not repeat.
at::Tensor numbers(const std::vector<std::int64_t>& shape, double step) {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  return at::sin(at::arange(count, at::kDouble) * step).view(shape);
}

double difference(const at::Tensor& ours, const at::Tensor& theirs) {
  EXPECT_EQ(ours.sizes(), theirs.sizes());
  return (ours.to(at::kDouble) - theirs.to(at::kDouble)).abs().max().item<double>();
}

TEST(MatrixProduct, IsThatOfALinearLayer) {
  const at::Tensor rows = numbers({33, 20}, 0.7), weight = numbers({50, 20}, 1.3);
  const at::Tensor bias = numbers({50}, 2.1);
  const auto f = [](const at::Tensor& x) { return x.to(at::kFloat); };
  EXPECT_LT(difference(matrix_product(f(rows), f(weight), f(bias)), at::linear(rows, weight, bias)),
            1e-5);
  EXPECT_LT(difference(matrix_product(f(rows), f(weight)), at::linear(rows, weight)), 1e-5);
  EXPECT_LT(difference(matrix_product(rows, weight, bias), at::linear(rows, weight, bias)), 1e-12)
      << "in double it is LibTorch's";
}

TEST(MatrixProduct, TakesMatricesThatLieOtherwise) {
  const at::Tensor rows = numbers({20, 33}, 0.7).to(at::kFloat).t();
  const at::Tensor weight = numbers({20, 50}, 1.3).to(at::kFloat).t();
  EXPECT_LT(difference(matrix_product(rows, weight), at::linear(rows, weight)), 1e-5);
}

/// By its definition: each token takes of the others' values as much as its query is like their
/// key.
at::Tensor by_definition(const at::Tensor& qkv, std::int64_t heads) {
  at::Tensor result = qkv.narrow(2, 0, qkv.size(2) / 3).clone();
  const std::int64_t width = result.size(2) / heads;
  for (std::int64_t n = 0; n < qkv.size(0); ++n) {
    for (std::int64_t h = 0; h < heads; ++h) {
      const auto part = [&](std::int64_t which) {
        return qkv[n].narrow(1, (which * heads + h) * width, width);
      };
      const at::Tensor share = at::softmax(at::matmul(part(0), part(1).t()), 1);
      result[n].narrow(1, h * width, width).copy_(at::matmul(share, part(2)));
    }
  }
  return result;
}

TEST(Attention, IsWhatItsDefinitionSays) {
  // Few tokens, and more than are looked at in one go on the CPU.
  for (const std::int64_t tokens : {5, 300}) {
    const at::Tensor qkv = numbers({2, tokens, 3 * 2 * 16}, 0.37);
    const at::Tensor expected = by_definition(qkv, 2);
    EXPECT_LT(difference(attention(qkv.to(at::kFloat), 2), expected), 1e-5) << tokens;
    EXPECT_LT(difference(attention(qkv, 2), expected), 1e-12) << tokens << ", in double";
  }
}

}  // namespace
}  // namespace mvga::testing
