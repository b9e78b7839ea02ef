// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Files of tensors as torch.save() wrote them, and those that only look like it.

#include "tools/weights/checkpoint.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/core/io/test_files.h"
#include "tests/tools/harness/failures.h"

namespace mvga::testing {
namespace {

using namespace std::string_literals;

/// In a pickle's instructions.
std::string little_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text.push_back(static_cast<char>(value >> (8 * i)));
  return text;
}
std::string text(const std::string& value) {
  return "X" + little_endian(value.size(), 4) + value;
}
std::string number(int value) {
  return "J" + little_endian(static_cast<std::uint32_t>(value), 4);
}
std::string tuple(const std::vector<int>& values) {
  std::string items;
  for (const int each : values) items += number(each);
  return "(" + items + "t";
}

const std::string kNewTable = "ccollections\nOrderedDict\n)R";

struct Tensor {
  std::string type = "FloatStorage";
  std::string key = "7";
  int elements = 6;
  int offset = 0;
  std::vector<int> shape{2, 3};
  std::vector<int> strides{3, 1};

  std::string pickle() const {
    return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\n" + type + "\n" +
           text(key) + text("cpu") + number(elements) + "NtQ" + number(offset) + tuple(shape) +
           tuple(strides) + "\x89" + kNewTable + "tR";
  }
};

std::string table_of(const std::string& entries) {
  return "\x80\x02" + kNewTable + "(" + entries + "u.";
}

/// A file with this table and storages of six floats each, 0 to 5.
std::string file_with(const std::string& table, const std::vector<std::string>& keys = {"7"}) {
  std::string file =
      "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03."s + "\x80\x02}" +
      text("little_endian") + "\x88s." + table + "\x80\x02](";
  for (const std::string& key : keys) file += text(key);
  file += "e.";
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const float values[] = {0, 1, 2, 3, 4, 5};
    file += little_endian(6, 8) + std::string(reinterpret_cast<const char*>(values), sizeof values);
  }
  return file;
}
std::string file_with(const Tensor& tensor) {
  return file_with(table_of(text("w") + tensor.pickle()));
}

std::map<std::string, tool::CheckpointTensor> read(const std::string& file) {
  return tool::read_checkpoint(test::bytes_of(file), "weights.pth");
}
std::vector<float> values_of(const tool::CheckpointTensor& tensor) {
  std::vector<float> values(tensor.bytes.size() / sizeof(float));
  std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}
void expect_refused(const std::string& file, const std::string& words) {
  const std::string failure = failure_of([&] { read(file); });
  EXPECT_TRUE(contains(failure, "weights.pth: this is not a file of tensors")) << failure;
  EXPECT_TRUE(contains(failure, words)) << words << "? " << failure;
}

TEST(Checkpoint, HasItsTensors) {
  const auto tensors = read(file_with(Tensor()));
  ASSERT_EQ(tensors.size(), 1u);
  const tool::CheckpointTensor& w = tensors.at("w");
  EXPECT_EQ(w.type, DType::f32);
  EXPECT_EQ(w.shape, (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(values_of(w), (std::vector<float>{0, 1, 2, 3, 4, 5}));
}

TEST(Checkpoint, IsWhatPyTorchWrites) {
  // By PyTorch 1.13, as it wrote them before 1.6: a transposed matrix, an integer, and fp16.
  const std::filesystem::path file = "tests/fuzz/corpus/checkpoint/three";
  const auto tensors = read(test::read_text(std::getenv("MVGA_DOCS") / file));
  ASSERT_EQ(tensors.size(), 3u);
  EXPECT_EQ(tensors.at("w").shape, (std::vector<std::int64_t>{3, 2}));
  EXPECT_EQ(values_of(tensors.at("w")), (std::vector<float>{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(tensors.at("n").type, DType::i64);
  EXPECT_TRUE(tensors.at("n").shape.empty());
  EXPECT_EQ(static_cast<int>(tensors.at("n").bytes.front()), 7);
  EXPECT_EQ(tensors.at("h").type, DType::f16);
  EXPECT_EQ(tensors.at("h").bytes.size(), 4u);
}

TEST(Checkpoint, PutsValuesInOrderWhateverTheirOrderInTheFile) {
  Tensor turned;
  turned.shape = {3, 2};
  turned.strides = {1, 3};
  EXPECT_EQ(values_of(read(file_with(turned)).at("w")), (std::vector<float>{0, 3, 1, 4, 2, 5}));
  Tensor last;
  last.offset = 4;
  last.shape = {2};
  last.strides = {1};
  EXPECT_EQ(values_of(read(file_with(last)).at("w")), (std::vector<float>{4, 5}));
}

TEST(Checkpoint, NeverRunsAnything) {
  for (const char* name : {"posix\nsystem", "builtins\nexec", "torch\nload", "torch\nTensor",
                           "collections\nOrderedDict.fromkeys", "torch._utils\n_rebuild_tensor"}) {
    const std::string call = "c"s + name + "\n(" + text("touch /tmp/it-was-run") + "tR";
    std::string shown = name;
    shown.replace(shown.find('\n'), 1, ".");
    expect_refused(file_with(table_of(text("w") + call)), "it wants " + shown);
  }
  expect_refused(file_with(table_of("(" + text("x") + "iposix\nsystem\n")), "instruction 105");
  for (int instruction = 0; instruction < 256; ++instruction) {
    // Those that make objects, call methods, or take them from elsewhere.
    const std::string known = "().(NKMJXcqrhj}]t\x85\x86\x87suaeQRb\x88\x89\x8a";
    if (known.find(static_cast<char>(instruction)) != std::string::npos) continue;
    expect_refused(file_with(table_of(std::string(1, static_cast<char>(instruction)))),
                   "instruction " + std::to_string(instruction));
  }
}

TEST(Checkpoint, HasNoTensorBeyondWhatIsStored) {
  const auto with = [](int offset, std::vector<int> shape, std::vector<int> strides) {
    Tensor tensor;
    tensor.offset = offset;
    tensor.shape = std::move(shape);
    tensor.strides = std::move(strides);
    return file_with(tensor);
  };
  constexpr int kMost = 2'147'483'647;
  expect_refused(with(1, {2, 3}, {3, 1}), "larger than what is stored");
  expect_refused(with(0, {2, 3}, {4, 1}), "larger than what is stored");
  expect_refused(with(0, {100}, {0}), "larger than what is stored");
  expect_refused(with(-1, {2}, {1}), "without a place");
  expect_refused(with(5, {2}, {-1}), "without values, or with too many");
  expect_refused(with(0, {-2}, {1}), "without values, or with too many");
  expect_refused(with(0, {0}, {1}), "without values, or with too many");
  expect_refused(with(0, {kMost, kMost, kMost}, {1, 1, 1}), "without values, or with too many");
  expect_refused(with(0, {2}, {1, 1}), "without a place");
  expect_refused(with(0, std::vector<int>(9, 1), std::vector<int>(9, 1)), "too many dimensions");
}

TEST(Checkpoint, HasStoragesThatFitTheirDescription) {
  Tensor tensor;
  tensor.elements = 7;
  expect_refused(file_with(tensor), "another number of values than it says");
  tensor = {};
  tensor.type = "DoubleStorage";
  expect_refused(file_with(tensor), "another number of values than it says, or ends too soon");
  tensor.type = "Storage";
  expect_refused(file_with(tensor), "it wants torch.Storage");
  const std::string table = table_of(text("w") + Tensor().pickle());
  expect_refused(file_with(table, {"8"}), "no tensor is made of");
  expect_refused(file_with(table, {}), "lacks the values");
  expect_refused(file_with(table) + "x", "follows its end");
  Tensor other;
  other.type = "HalfStorage";
  expect_refused(file_with(table_of(text("v") + Tensor().pickle() + text("w") + other.pickle())),
                 "in two ways");
}

TEST(Checkpoint, HasNothingButTensors) {
  expect_refused(file_with(table_of(text("epoch") + number(3))), "something else than tensors");
  expect_refused(file_with(table_of(text("state") + kNewTable)), "something else than tensors");
  expect_refused(file_with("\x80\x02" + number(3) + "."), "no table of tensors");
  expect_refused("PK\x03\x04 a file of a newer PyTorch", "before version 1.6");
  expect_refused("", "before version 1.6");
}

TEST(Checkpoint, TakesNoMoreMemoryThanTheFileHas) {
  std::string shared;
  for (int i = 0; i < 1000; ++i) shared += text("w" + std::to_string(i)) + Tensor().pickle();
  EXPECT_EQ(read(file_with(table_of(shared))).size(), 1000u) << "these are less than the file";
  // A tensor that is kept once and named often.
  shared = text("w") + Tensor().pickle() + "q\x01";
  for (int i = 0; i < 1000; ++i) shared += text(std::to_string(i)) + "h\x01";
  expect_refused(file_with(table_of(shared)), "larger than the file");
  expect_refused(file_with("\x80\x02)" + std::string(900'000, '\x85')), "nested too deeply");
  expect_refused(file_with("\x80\x02" + std::string(2'000'000, '}')), "ends too soon");
  expect_refused(file_with("\x80\x02\x8a\xff" + std::string(300, '1')), "too large");
}

TEST(Checkpoint, MayBeBrokenAnywhere) {
  const std::string file = file_with(Tensor());
  for (std::size_t size = 0; size < file.size(); ++size)
    EXPECT_NE(failure_of([&] { read(file.substr(0, size)); }), "no error") << size;
  for (std::size_t at = 0; at < file.size(); ++at) {
    for (const char bit : {'\x01', '\x10', '\x80'}) {
      std::string changed = file;
      changed[at] = static_cast<char>(changed[at] ^ bit);
      failure_of([&] { read(changed); });  // an error or other tensors, and nothing worse
    }
  }
}

}  // namespace
}  // namespace mvga::testing
