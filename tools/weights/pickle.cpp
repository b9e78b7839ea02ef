// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/pickle.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>
#include <utility>

#include "tools/weights/pickle_input.h"
#include "tools/weights/pickle_values.h"

namespace mvga::tool {
namespace {

using namespace pickled;

/// That of a network with a thousand tensors has a tenth of it.
constexpr std::size_t kLongestPickle = 1'000'000;

class Unpickler {
 public:
  explicit Unpickler(std::span<const std::byte> bytes) : input_(bytes) {}

  Pickled run() {
    if (input_.number<std::uint8_t>() != 0x80 || input_.number<std::uint8_t>() != 2)
      throw BadPickle("it is no pickle of protocol 2");
    while (step(input_.number<std::uint8_t>())) {
    }
    if (stack_.size() != 1) throw BadPickle("it ends with something left over");
    if (const auto* number = std::get_if<std::int64_t>(stack_.data())) return *number;
    if (const auto* texts = std::get_if<TextsPointer>(stack_.data())) return *texts;
    return as<TablePointer>(stack_[0], "a table of tensors");
  }
  std::size_t used() const { return input_.used(); }

 private:
  /// @return false at the end
  bool step(std::uint8_t instruction);
  bool step_over_values(std::uint8_t instruction);

  void push(Value value) { stack_.push_back(std::move(value)); }
  Value pop() {
    if (stack_.empty()) throw BadPickle("it takes what is not there");
    Value value = std::move(stack_.back());
    stack_.pop_back();
    return value;
  }
  /// All above the last mark, and the mark.
  std::vector<Value> pop_to_mark() {
    std::size_t first = stack_.size();
    while (first > 0 && !std::holds_alternative<Mark>(stack_[first - 1])) --first;
    if (first == 0) throw BadPickle("it takes what is not there");
    std::vector<Value> values(std::make_move_iterator(stack_.begin() + first),
                              std::make_move_iterator(stack_.end()));
    stack_.resize(first - 1);
    return values;
  }
  std::vector<Value> pop_all(std::size_t count) {
    std::vector<Value> values(count);
    for (std::size_t i = count; i > 0; --i) values[i - 1] = pop();
    return values;
  }
  template <typename T>
  const T& top(const char* what) {
    if (stack_.empty()) throw BadPickle("it takes what is not there");
    return as<T>(stack_.back(), what);
  }

  void push_tuple(std::vector<Value> items) { push(tuple_of(std::move(items))); }
  void set_items(const std::vector<Value>& names_and_values) {
    pickled::set_items(*top<TablePointer>("a table"), names_and_values);
  }
  void append(const std::vector<Value>& items) {
    PickledTexts& texts = *top<TextsPointer>("a list");
    for (const Value& each : items) texts.push_back(as<std::string_view>(each, "a text"));
  }
  void call() {
    const Value arguments = pop();
    const Tuple& tuple = *as<TuplePointer>(arguments, "arguments");
    const Value callable = pop();
    push(call_of(as<Callable>(callable, "a name"), tuple));
  }
  void remember(std::uint32_t place) {
    if (stack_.empty()) throw BadPickle("it takes what is not there");
    memory_[place] = stack_.back();
  }
  void recall(std::uint32_t place) {
    const auto found = memory_.find(place);
    if (found == memory_.end()) throw BadPickle("it takes what is not there");
    push(found->second);
  }

  PickleInput input_;
  std::vector<Value> stack_;
  std::unordered_map<std::uint32_t, Value> memory_;
};

bool Unpickler::step(std::uint8_t instruction) {
  switch (instruction) {
    case '.':
      return false;
    case '(':
      push(Mark());
      return true;
    case 'N':
      push(None());
      return true;
    case 0x88:
    case 0x89:
      push(instruction == 0x88);
      return true;
    case 'K':
      push(std::int64_t{input_.number<std::uint8_t>()});
      return true;
    case 'M':
      push(std::int64_t{input_.number<std::uint16_t>()});
      return true;
    case 'J':
      push(std::int64_t{input_.number<std::int32_t>()});
      return true;
    case 0x8a:
      push(input_.long_number());
      return true;
    case 'X':
      push(input_.text(input_.number<std::uint32_t>()));
      return true;
    case 'c':
      push(named(input_.two_lines()));
      return true;
    default:
      return step_over_values(instruction);
  }
}

bool Unpickler::step_over_values(std::uint8_t instruction) {
  switch (instruction) {
    case 'q':
      remember(input_.number<std::uint8_t>());
      return true;
    case 'r':
      remember(input_.number<std::uint32_t>());
      return true;
    case 'h':
      recall(input_.number<std::uint8_t>());
      return true;
    case 'j':
      recall(input_.number<std::uint32_t>());
      return true;
    case '}':
      push(std::make_shared<PickledTable>());
      return true;
    case ']':
      push(std::make_shared<PickledTexts>());
      return true;
    case ')':
      push_tuple({});
      return true;
    case 't':
      push_tuple(pop_to_mark());
      return true;
    case 0x85:
    case 0x86:
    case 0x87:
      push_tuple(pop_all(instruction - 0x84));
      return true;
    case 's':
      set_items(pop_all(2));
      return true;
    case 'u':
      set_items(pop_to_mark());
      return true;
    case 'a':
      append(pop_all(1));
      return true;
    case 'e':
      append(pop_to_mark());
      return true;
    case 'Q':
      push(storage_of(pop()));
      return true;
    case 'R':
      call();
      return true;
    case 'b':  // a table's versions of modules, which nobody needs
      as<TablePointer>(pop(), "a table");
      top<TablePointer>("a table");
      return true;
    default:
      throw BadPickle("it has the instruction " + std::to_string(instruction) +
                      ", which is no part of a table of tensors");
  }
}

}  // namespace

Pickled unpickle(std::span<const std::byte>& bytes) {
  Unpickler unpickler(bytes.first(std::min(bytes.size(), kLongestPickle)));
  Pickled result = unpickler.run();
  bytes = bytes.subspan(unpickler.used());
  return result;
}

}  // namespace mvga::tool
