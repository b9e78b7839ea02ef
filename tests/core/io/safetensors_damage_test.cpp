// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Damaged files: whatever happens to a file, it is either refused with an Error or still makes
// sense as a whole. Meant to run under the address and undefined-behaviour sanitizers as well.
#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/io/safetensors.h"
#include "tests/core/io/damage_step.h"
#include "tests/core/io/test_files.h"

namespace mvga {
namespace {

using Bytes = std::vector<std::byte>;

Bytes small_file() {
  SafetensorsWriter writer;
  writer.set_metadata("format", "1");
  writer.set_metadata("backbone", "resnet18");
  writer.add("mean", DType::f32, {2, 2}, test::bytes_of("0123456789abcdef"));
  writer.add("empty", DType::f64, {0, 3}, {});
  writer.add("count", DType::i64, {}, test::bytes_of("01234567"));
  writer.add("half", DType::bf16, {3}, test::bytes_of("012345"));
  return writer.bytes();
}

std::size_t header_end(const Bytes& file) {
  return 8 + std::to_integer<std::size_t>(file[0]) + 256 * std::to_integer<std::size_t>(file[1]);
}

/// Every tensor has the bytes that its shape needs, they lie in the file, and all of them together
/// are the data part. Reads each byte, for the sanitizer to object.
void expect_consistent(const SafetensorsFile& file) {
  std::size_t data = 0;
  unsigned sum = 0;
  for (const auto& [key, tensor] : file.tensors()) {
    std::int64_t elements = 1;
    for (const std::int64_t dimension : tensor.shape) {
      EXPECT_GE(dimension, 0) << key;
      elements *= dimension;
    }
    EXPECT_EQ(tensor.elements(), elements) << key;
    EXPECT_EQ(tensor.bytes.size(), static_cast<std::size_t>(elements) * size_of(tensor.type));
    for (const std::byte b : tensor.bytes) sum += std::to_integer<unsigned>(b);
    data += tensor.bytes.size();
  }
  const Bytes bytes(file.bytes().begin(), file.bytes().end());
  EXPECT_EQ(header_end(bytes) + data, bytes.size());
  EXPECT_LE(sum, 255 * data);
}

/// True if the file was refused. Anything but an Error fails the test.
bool refused(const Bytes& bytes) {
  try {
    expect_consistent(SafetensorsFile::parse(bytes, "damaged"));
    return false;
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::unreadable) << e.what();
    EXPECT_EQ(std::string(e.what()).find('\n'), std::string::npos) << e.what();
    return true;
  }
}

TEST(DamagedSafetensors, TheUndamagedFileIsAccepted) {
  EXPECT_FALSE(refused(small_file()));
}

TEST(DamagedSafetensors, IsRefusedWhenTruncatedAnywhere) {
  const Bytes file = small_file();
  const test::TemporaryFolder folder;
  for (std::size_t length = 0; length < file.size(); ++length) {
    EXPECT_TRUE(refused({file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length)}))
        << "accepted with " << length << " of " << file.size() << " bytes";
    test::write_text(folder / "f", {reinterpret_cast<const char*>(file.data()), length});
    try {
      SafetensorsFile::open(folder / "f");
      ADD_FAILURE() << "opened with " << length << " of " << file.size() << " bytes";
    } catch (const Error& e) {
      EXPECT_EQ(e.kind(), ErrorKind::unreadable) << e.what();
    }
  }
}

TEST(DamagedSafetensors, IsRefusedOrConsistentWithAnyByteOfTheHeaderChanged) {
  const Bytes file = small_file();
  int refusals = 0;
  for (std::size_t at = 0; at < header_end(file); at += test::damage_step) {
    for (unsigned value = 0; value < 256; ++value) {
      Bytes damaged = file;
      damaged[at] = static_cast<std::byte>(value);
      refusals += refused(damaged);
    }
  }
  EXPECT_GT(refusals, static_cast<int>(header_end(file) / test::damage_step) * 100)
      << "hardly anything is noticed";
}

TEST(DamagedSafetensors, IsRefusedOrConsistentAfterRandomDamage) {
  std::mt19937 random(20260131);
  const Bytes file = small_file();
  const std::size_t header = header_end(file);
  const std::string spice = "{}[],:\"-0123456789.eEtruefalsn\\u ";
  const auto below = [&](std::size_t n) { return static_cast<std::ptrdiff_t>(random() % n); };
  int refusals = 0;
  constexpr int rounds = 6000;
  for (int round = 0; round < rounds; ++round) {
    Bytes damaged = file;
    for (auto left = 1 + below(4); left > 0 && damaged.size() > header / 2; --left) {
      const auto at = damaged.begin() + below(std::min(header, damaged.size()));
      switch (below(6)) {
        case 0:
          *at ^= static_cast<std::byte>(1u << below(8));
          break;
        case 1:
          *at = static_cast<std::byte>(spice[static_cast<std::size_t>(below(spice.size()))]);
          break;
        case 2:
          damaged.insert(
              at, static_cast<std::byte>(spice[static_cast<std::size_t>(below(spice.size()))]));
          break;
        case 3:
          damaged.erase(at);
          break;
        case 4: {  // a part of the file once more
          const auto from = below(file.size() - 40);
          const Bytes part(file.begin() + from, file.begin() + from + below(40));
          damaged.insert(at, part.begin(), part.end());
          break;
        }
        default:
          damaged.resize(damaged.size() - static_cast<std::size_t>(below(damaged.size() / 4)));
      }
    }
    // Half of the time the length is right, so that the damage reaches the JSON.
    if (random() % 2 == 0 && damaged.size() > 64) {
      const auto length = static_cast<std::uint64_t>(below(damaged.size() - 7));
      const auto likely = header - 8 + damaged.size() - file.size();
      const std::uint64_t value = random() % 4 == 0 ? length : likely;
      for (std::size_t i = 0; i < 8; ++i) damaged[i] = static_cast<std::byte>(value >> (8 * i));
    }
    refusals += refused(damaged);
  }
  EXPECT_GT(refusals, rounds / 2) << "hardly anything is noticed";
  EXPECT_LT(refusals, rounds) << "the damage never leaves a valid file: too coarse a test";
}

}  // namespace
}  // namespace mvga
