// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/pickle_values.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/printable.h"

namespace mvga::tool::pickled {
namespace {

/// What PyTorch nests: sizes in the arguments of a tensor.
constexpr int kDeepestTuple = 3;
constexpr std::size_t kMostDimensions = 8;

struct Named {
  std::string_view name;
  Value value;
};

const std::array kNames{
    Named{"collections\nOrderedDict", Callable::ordered_dict},
    Named{"torch._utils\n_rebuild_tensor_v2", Callable::rebuild_tensor},
    Named{"torch\nBFloat16Storage", DType::bf16},
    Named{"torch\nByteStorage", DType::u8},
    Named{"torch\nDoubleStorage", DType::f64},
    Named{"torch\nFloatStorage", DType::f32},
    Named{"torch\nHalfStorage", DType::f16},
    Named{"torch\nLongStorage", DType::i64},
};

std::vector<std::int64_t> sizes_of(const Value& value) {
  const std::vector<Value>& items = as<TuplePointer>(value, "a size")->items;
  if (items.size() > kMostDimensions) throw BadPickle("it has a tensor of too many dimensions");
  std::vector<std::int64_t> sizes;
  sizes.reserve(items.size());
  for (const Value& each : items) sizes.push_back(as<std::int64_t>(each, "a size"));
  return sizes;
}

/// (storage, offset, size, stride, requires_grad, hooks)
Value tensor_of(const Tuple& arguments) {
  const std::vector<Value>& items = arguments.items;
  if (items.size() != 6) throw BadPickle("it makes a tensor in an unknown way");
  PickledTensor tensor{as<PickledStorage>(items[0], "a tensor's storage"),
                       as<std::int64_t>(items[1], "a tensor's offset"), sizes_of(items[2]),
                       sizes_of(items[3])};
  return std::make_shared<const PickledTensor>(std::move(tensor));
}

}  // namespace

TuplePointer tuple_of(std::vector<Value> items) {
  int depth = 1;
  for (const Value& each : items)
    if (const auto* inner = std::get_if<TuplePointer>(&each))
      depth = std::max(depth, (*inner)->depth + 1);
  if (depth > kDeepestTuple) throw BadPickle("it is nested too deeply");
  return std::make_shared<const Tuple>(Tuple{std::move(items), depth});
}

Value named(std::string_view name) {
  const auto* const known = std::ranges::find(kNames, name, &Named::name);
  if (known != kNames.end()) return known->value;
  std::string shown(name.substr(0, kLongestShown));
  std::ranges::replace(shown, '\n', '.');
  throw BadPickle("it wants " + printable(shown) + ", which is no part of a table of tensors");
}

/// ("storage", type, key, where it was, elements, and None since PyTorch 0.4)
PickledStorage storage_of(const Value& description) {
  const std::vector<Value>& items = as<TuplePointer>(description, "a storage")->items;
  if (items.size() < 5 || items.size() > 6 ||
      as<std::string_view>(items[0], "a storage") != "storage")
    throw BadPickle("it describes a storage in an unknown way");
  if (items.size() == 6) as<None>(items[5], "no view of a storage");
  return {as<DType>(items[1], "a storage's type"),
          as<std::string_view>(items[2], "a storage's key"),
          as<std::int64_t>(items[4], "a storage's size")};
}

Value call_of(Callable function, const Tuple& arguments) {
  if (function == Callable::rebuild_tensor) return tensor_of(arguments);
  if (!arguments.items.empty()) throw BadPickle("it makes a table in an unknown way");
  return std::make_shared<PickledTable>();
}

void set_items(PickledTable& table, const std::vector<Value>& names_and_values) {
  if (names_and_values.size() % 2 != 0) throw BadPickle("it has a name without a value");
  for (std::size_t i = 0; i < names_and_values.size(); i += 2) {
    const auto name = as<std::string_view>(names_and_values[i], "a name");
    const Value& value = names_and_values[i + 1];
    if (const auto* tensor = std::get_if<TensorPointer>(&value))
      table.tensors[name] = *tensor;
    else if (const auto* number = std::get_if<std::int64_t>(&value))
      table.numbers[name] = *number;
    else if (const auto* truth = std::get_if<bool>(&value))
      table.numbers[name] = *truth ? 1 : 0;
    else
      ++table.others;
  }
}

}  // namespace mvga::tool::pickled
