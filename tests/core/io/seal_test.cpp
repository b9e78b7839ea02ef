// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/seal.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "core/io/atomic_file.h"
#include "tests/core/io/test_files.h"

namespace mvga {
namespace {

// A tensor that comes in two pieces, and a note of how often it was asked for.
SafetensorsWriter streamed_file(int* asked) {
  SafetensorsWriter file;
  file.set_metadata("note", "hello");
  file.add_streamed("pieces", DType::u8, {2, 3}, [asked](const ByteSink& sink) {
    ++*asked;
    sink(test::bytes_of("abc"));
    sink(test::bytes_of("def"));
  });
  return file;
}

SafetensorsWriter whole_file() {
  SafetensorsWriter file;
  file.set_metadata("note", "hello");
  file.add("pieces", DType::u8, {2, 3}, test::bytes_of("abcdef"));
  return file;
}

TEST(SafetensorsWriter, GivesTheSameFileOfPiecesAsOfAWhole) {
  int asked = 0;
  const SafetensorsWriter file = streamed_file(&asked);
  EXPECT_EQ(asked, 0) << "a large tensor is asked for before it is wanted";
  EXPECT_TRUE(file.bytes() == whole_file().bytes());
}

TEST(SafetensorsWriter, NoticesASourceThatGivesTooLittle) {
  SafetensorsWriter file;
  file.add_streamed("pieces", DType::u8, {7},
                    [](const ByteSink& sink) { sink(test::bytes_of("abcdef")); });
  EXPECT_THROW(file.bytes(), std::logic_error);
}

TEST(AtomicFile, TakesBytesInPieces) {
  const test::TemporaryFolder folder;
  stream_file_atomically(folder / "a", [](const ByteSink& sink) {
    sink(test::bytes_of("one "));
    sink(test::bytes_of("two"));
  });
  EXPECT_EQ(test::read_text(folder / "a"), "one two");
}

TEST(AtomicFile, StaysWhatItWasWhenTheSourceFails) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "a", "old");
  EXPECT_THROW(stream_file_atomically(folder / "a",
                                      [](const ByteSink& sink) {
                                        sink(test::bytes_of("new"));
                                        throw std::runtime_error("no more");
                                      }),
               std::runtime_error);
  EXPECT_EQ(test::read_text(folder / "a"), "old");
  EXPECT_EQ(test::names_in(folder.path()), "a") << "half a file was left behind";
}

TEST(Seal, IsIntactUntilAByteChanges) {
  int asked = 0;
  SafetensorsWriter file = streamed_file(&asked);
  seal(file);
  const std::vector<std::byte> bytes = file.bytes();
  EXPECT_EQ(check_seal(SafetensorsFile::parse(bytes, "file")), Seal::intact);
  std::vector<std::byte> changed = bytes;
  changed.back() ^= std::byte{1};
  EXPECT_EQ(check_seal(SafetensorsFile::parse(changed, "file")), Seal::broken);
}

TEST(Seal, IsMissingWhereThereIsNone) {
  EXPECT_EQ(check_seal(SafetensorsFile::parse(whole_file().bytes(), "file")), Seal::missing);
  SafetensorsWriter file = whole_file();
  file.set_metadata("sha256", "short");
  EXPECT_EQ(check_seal(SafetensorsFile::parse(file.bytes(), "file")), Seal::missing);
}

}  // namespace
}  // namespace mvga
