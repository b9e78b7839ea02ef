// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is on the stack of pickle.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tools/weights/pickle.h"

namespace mvga::tool::pickled {

struct None {};
struct Mark {};
struct Tuple;
/// The functions that a pickle may name.
enum class Callable { ordered_dict, rebuild_tensor };

using TablePointer = std::shared_ptr<PickledTable>;
using TextsPointer = std::shared_ptr<PickledTexts>;
using TensorPointer = std::shared_ptr<const PickledTensor>;
using TuplePointer = std::shared_ptr<const Tuple>;

/// Nothing in it can contain itself: tuples are finished when they are made, and tables keep no
/// tables.
using Value = std::variant<None, Mark, bool, std::int64_t, std::string_view, Callable, DType,
                           PickledStorage, TensorPointer, TuplePointer, TablePointer, TextsPointer>;

struct Tuple {
  std::vector<Value> items;
  int depth = 1;
};

/// What a value is, if it is a `what`.
/// @throws BadPickle
template <typename T>
const T& as(const Value& value, const char* what) {
  const T* const is = std::get_if<T>(&value);
  if (is == nullptr) throw BadPickle(std::string("something else is where ") + what + " should be");
  return *is;
}

/// @throws BadPickle if it is nested more deeply than tensors are
TuplePointer tuple_of(std::vector<Value> items);

/// A function or a type by its module and name, with a line's end between them.
/// @throws BadPickle for all but a few
Value named(std::string_view name);

/// Of a tuple that describes it.
PickledStorage storage_of(const Value& description);

/// What the function makes of its arguments.
/// @throws BadPickle
Value call_of(Callable function, const Tuple& arguments);

/// Puts names, each with its value behind it, into a table.
/// @throws BadPickle
void set_items(PickledTable& table, const std::vector<Value>& names_and_values);

}  // namespace mvga::tool::pickled
