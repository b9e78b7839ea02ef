// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/checkpoint.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>
#include <variant>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "tools/weights/pickle.h"

namespace mvga::tool {
namespace {

using ByteSpan = std::span<const std::byte>;

/// What the file begins with: a pickle of nothing but this number, the format's.
constexpr std::array<unsigned char, 15> kMagic{0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46,
                                               0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e};
constexpr std::int64_t kVersion = 1001;

void skip_beginning(ByteSpan& bytes) {
  if (bytes.size() < kMagic.size() || std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0)
    throw BadPickle("it does not begin as PyTorch's files did before version 1.6");
  bytes = bytes.subspan(kMagic.size());
  const Pickled version = unpickle(bytes);
  const auto* const number = std::get_if<std::int64_t>(&version);
  if (number == nullptr || *number != kVersion) throw BadPickle("it has another version");
  const Pickled machine = unpickle(bytes);
  const auto* const facts = std::get_if<std::shared_ptr<PickledTable>>(&machine);
  if (facts == nullptr || !(*facts)->numbers.contains("little_endian") ||
      (*facts)->numbers.at("little_endian") != 1)
    throw BadPickle("it is of a machine with another order of bytes");
}

std::shared_ptr<PickledTable> take_table(ByteSpan& bytes) {
  Pickled pickled = unpickle(bytes);
  auto* const table = std::get_if<std::shared_ptr<PickledTable>>(&pickled);
  if (table == nullptr) throw BadPickle("it has no table of tensors");
  if ((*table)->others > 0 || !(*table)->numbers.empty())
    throw BadPickle("its table has something else than tensors");
  return *table;
}

using Storages = std::map<std::string_view, ByteSpan>;

/// The numbers, in the order of a list of keys, each time after how many there are.
/// @param described by their tensors
Storages take_storages(ByteSpan& bytes,
                       const std::map<std::string_view, PickledStorage>& described) {
  const Pickled pickled = unpickle(bytes);
  const auto* const keys = std::get_if<std::shared_ptr<PickledTexts>>(&pickled);
  if (keys == nullptr) throw BadPickle("it has no list of what is stored");
  Storages storages;
  for (const std::string_view key : **keys) {
    const auto found = described.find(key);
    std::int64_t elements = 0;
    if (found == described.end() || bytes.size() < sizeof elements)
      throw BadPickle("it stores something that no tensor is made of, or ends too soon");
    std::memcpy(&elements, bytes.data(), sizeof elements);
    bytes = bytes.subspan(sizeof elements);
    const std::size_t size = size_of(found->second.type);
    if (elements != found->second.elements || elements < 0 ||
        static_cast<std::uint64_t>(elements) > bytes.size() / size)
      throw BadPickle("it stores another number of values than it says, or ends too soon");
    storages[key] = bytes.first(static_cast<std::size_t>(elements) * size);
    bytes = bytes.subspan(static_cast<std::size_t>(elements) * size);
  }
  if (!bytes.empty()) throw BadPickle("something follows its end");
  return storages;
}

/// How many values a tensor has.
/// @throws BadPickle if it has some that its storage has not
std::size_t checked_elements(const PickledTensor& tensor) {
  if (tensor.shape.size() != tensor.strides.size() || tensor.offset < 0)
    throw BadPickle("it has a tensor without a place");
  std::int64_t elements = 1, last = tensor.offset;
  for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
    const std::int64_t size = tensor.shape[i], stride = tensor.strides[i];
    std::int64_t reach = 0;
    if (size < 1 || stride < 0 || __builtin_mul_overflow(elements, size, &elements) ||
        __builtin_mul_overflow(size - 1, stride, &reach) ||
        __builtin_add_overflow(last, reach, &last))
      throw BadPickle("it has a tensor without values, or with too many");
  }
  if (last >= tensor.storage.elements || elements > tensor.storage.elements)
    throw BadPickle("it has a tensor that is larger than what is stored");
  return static_cast<std::size_t>(elements);
}

CheckpointTensor row_major(const PickledTensor& tensor, std::size_t elements, ByteSpan storage) {
  const std::size_t size = size_of(tensor.storage.type), dimensions = tensor.shape.size();
  CheckpointTensor copy{tensor.storage.type, tensor.shape, std::vector<std::byte>(elements * size)};
  std::vector<std::int64_t> index(dimensions);
  std::int64_t from = tensor.offset;
  for (std::size_t i = 0; i < elements; ++i) {
    std::memcpy(copy.bytes.data() + i * size, storage.data() + from * size, size);
    for (std::size_t d = dimensions; d-- > 0;) {
      from += tensor.strides[d];
      if (++index[d] < tensor.shape[d]) break;
      from -= tensor.strides[d] * std::exchange(index[d], 0);
    }
  }
  return copy;
}

std::map<std::string, CheckpointTensor> read_tensors(ByteSpan bytes) {
  std::size_t left = bytes.size();  // tensors that share their memory could have any size
  skip_beginning(bytes);
  const std::shared_ptr<PickledTable> table = take_table(bytes);
  std::map<std::string_view, PickledStorage> described;
  for (const auto& [_, tensor] : table->tensors) {
    const PickledStorage& storage = tensor->storage;
    const PickledStorage& before = described.try_emplace(storage.key, storage).first->second;
    if (before.type != storage.type || before.elements != storage.elements)
      throw BadPickle("it describes a storage in two ways");
  }
  const Storages storages = take_storages(bytes, described);
  std::map<std::string, CheckpointTensor> tensors;
  for (const auto& [key, tensor] : table->tensors) {
    const auto storage = storages.find(tensor->storage.key);
    if (storage == storages.end()) throw BadPickle("it lacks the values of a tensor");
    const std::size_t elements = checked_elements(*tensor);
    const std::size_t size = elements * size_of(tensor->storage.type);
    if (size > left) throw BadPickle("its tensors are larger than the file");
    left -= size;
    tensors.emplace(key, row_major(*tensor, elements, storage->second));
  }
  return tensors;
}

}  // namespace

std::map<std::string, CheckpointTensor> read_checkpoint(ByteSpan bytes, const std::string& name) {
  try {
    return read_tensors(bytes);
  } catch (const BadPickle& bad) {
    throw Error(ErrorKind::unreadable,
                name + ": this is not a file of tensors as torch.save() wrote them: " + bad.what());
  }
}

}  // namespace mvga::tool
