// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/weights_reader.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/sum.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/error.h"

namespace mvga {
namespace {

std::string text_of(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (std::int64_t size : shape) text += (text.empty() ? "[" : ", ") + std::to_string(size);
  return text.empty() ? "[]" : text + "]";
}

/// Undefined for types that weights do not have.
at::ScalarType scalar_type(DType type) {
  switch (type) {
    case DType::f16:
      return at::kHalf;
    case DType::bf16:
      return at::kBFloat16;
    case DType::f32:
      return at::kFloat;
    case DType::f64:
      return at::kDouble;
    default:
      return at::ScalarType::Undefined;
  }
}

}  // namespace

at::Tensor WeightsReader::take(const std::string& key, const std::vector<std::int64_t>& shape) {
  asked_.push_back({key, shape});
  const TensorView* view = file_ ? file_->find(key) : nullptr;
  if (!view) {
    missing_.push_back(key);
    return {};
  }
  if (view->shape != shape) {
    reject(key, "has the shape " + text_of(view->shape) + ", expected " + text_of(shape));
  }
  const at::ScalarType type = scalar_type(view->type);
  if (type == at::ScalarType::Undefined) {
    reject(key, "has the type " + std::string(name_of(view->type)) + ", expected a floating one");
  }
  at::Tensor tensor = at::empty(shape, at::TensorOptions().dtype(type));
  std::memcpy(tensor.data_ptr(), view->bytes.data(), view->bytes.size());
  tensor = tensor.to(at::kFloat);
  // One number that is not finite makes the sum so; in double no finite ones can.
  if (!std::isfinite(at::sum(tensor, at::kDouble).item<double>())) {
    reject(key, "contains NaN or infinity");
  }
  return tensor;
}

void WeightsReader::reject(const std::string& key, const std::string& why) const {
  throw Error(ErrorKind::unreadable,
              (file_ ? file_->name() : "weights") + ": the tensor '" + key + "' " + why);
}

void WeightsReader::require_all() const {
  if (missing_.empty()) return;
  constexpr std::size_t shown = 3;
  std::string names;
  for (std::size_t i = 0; i < std::min(shown, missing_.size()); ++i) {
    names += (i ? ", " : "") + missing_[i];
  }
  if (missing_.size() > shown) names += ", ...";
  throw Error(ErrorKind::unreadable, (file_ ? file_->name() : "weights") + ": " +
                                         std::to_string(missing_.size()) + " of " +
                                         std::to_string(asked_.size()) +
                                         " tensors that these levels need are missing: " + names +
                                         "; use a complete file or lower levels");
}

}  // namespace mvga
