// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/safetensors.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "core/base/error.h"
#include "tests/core/io/memory_taken.h"
#include "tests/core/io/test_files.h"

namespace mvga {
namespace {

using test::bytes_of;
using test::TemporaryFolder;

constexpr std::array all_types = {DType::f16, DType::bf16, DType::f32,
                                  DType::f64, DType::i64,  DType::u8};

/// A file with any header and a data part of that many bytes, which count up.
std::vector<std::byte> file_with(const std::string& header, std::size_t data_size = 0) {
  std::vector<std::byte> file;
  for (int i = 0; i < 8; ++i) file.push_back(static_cast<std::byte>(header.size() >> (8 * i)));
  for (const char c : header) file.push_back(static_cast<std::byte>(c));
  for (std::size_t i = 0; i < data_size; ++i) file.push_back(static_cast<std::byte>(i));
  return file;
}

/// The text of the error, after checking what holds for every one of them.
std::string error_of(std::vector<std::byte> bytes) {
  try {
    SafetensorsFile::parse(std::move(bytes), "model.mvga");
  } catch (const Error& e) {
    std::string text = e.what();
    EXPECT_EQ(e.kind(), ErrorKind::unreadable) << text;
    EXPECT_TRUE(text.starts_with("model.mvga: ")) << "does not name the file: " << text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << "is not one line: " << text;
    EXPECT_NE(text.find("; "), std::string::npos) << "offers no way out: " << text;
    EXPECT_LT(text.size(), 400u) << "nobody reads that much: " << text;
    return text;
  }
  return "accepted";
}

std::string error_of(const std::string& header, std::size_t data_size = 0) {
  return error_of(file_with(header, data_size));
}

#define EXPECT_SAYS(text, words) EXPECT_PRED2(says, text, words)
bool says(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

/// A tensor's entry in a header.
std::string entry(const std::string& type, const std::string& shape, const std::string& offsets) {
  return R"({"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

std::string one_tensor(const std::string& type, const std::string& shape,
                       const std::string& offsets) {
  return R"({"t":)" + entry(type, shape, offsets) + "}";
}

std::vector<std::byte> counting(std::size_t size) {
  std::vector<std::byte> data(size);
  for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<std::byte>(i * 37 + 11);
  return data;
}

TEST(Safetensors, ReadsBackWhatWasWrittenForEveryType) {
  for (const DType type : all_types) {
    const auto data = counting(6 * size_of(type));
    SafetensorsWriter writer;
    writer.add("x", type, {2, 3}, data);
    const auto file = SafetensorsFile::parse(writer.bytes(), "test");
    ASSERT_EQ(file.tensors().size(), 1u);
    const TensorView& x = file.tensors().at("x");
    EXPECT_EQ(x.type, type) << name_of(type);
    EXPECT_EQ(x.shape, (std::vector<std::int64_t>{2, 3}));
    EXPECT_EQ(x.elements(), 6);
    EXPECT_TRUE(std::ranges::equal(x.bytes, data)) << name_of(type) << " bytes changed";
  }
}

TEST(Safetensors, ReadsBackExactFloats) {
  const std::array<float, 6> values = {0.0f,
                                       -0.0f,
                                       1e-45f,
                                       std::numeric_limits<float>::max(),
                                       std::numeric_limits<float>::infinity(),
                                       0.1f};
  SafetensorsWriter writer;
  writer.add("x", DType::f32, {6}, std::as_bytes(std::span(values)));
  const auto file = SafetensorsFile::parse(writer.bytes(), "test");
  EXPECT_TRUE(std::ranges::equal(file.find("x")->bytes, std::as_bytes(std::span(values))));
}

TEST(Safetensors, ReadsBackScalarsAndEmptyTensors) {
  SafetensorsWriter writer;
  writer.add("a_empty", DType::f32, {0}, {});
  writer.add("b_scalar", DType::i64, {}, counting(8));
  writer.add("c_empty_in_the_middle", DType::f64, {3, 0, 2}, {});
  writer.add("d_bytes", DType::u8, {5}, counting(5));
  writer.add("e_empty_at_the_end", DType::u8, {0}, {});
  const auto file = SafetensorsFile::parse(writer.bytes(), "test");
  ASSERT_EQ(file.tensors().size(), 5u);
  EXPECT_EQ(file.find("a_empty")->elements(), 0);
  EXPECT_EQ(file.find("b_scalar")->elements(), 1);
  EXPECT_TRUE(file.find("b_scalar")->shape.empty());
  EXPECT_TRUE(std::ranges::equal(file.find("b_scalar")->bytes, counting(8)));
  EXPECT_EQ(file.find("c_empty_in_the_middle")->shape, (std::vector<std::int64_t>{3, 0, 2}));
  EXPECT_TRUE(std::ranges::equal(file.find("d_bytes")->bytes, counting(5)));
  EXPECT_EQ(file.find("none"), nullptr);
}

TEST(Safetensors, ReadsBackAFileWithoutTensors) {
  const auto file = SafetensorsFile::parse(SafetensorsWriter().bytes(), "test");
  EXPECT_TRUE(file.tensors().empty());
  EXPECT_TRUE(file.metadata().empty());
}

TEST(Safetensors, ReadsBackMetadata) {
  SafetensorsWriter writer;
  writer.set_metadata("profile", "a \"quoted\"\nline, \xC3\xA4");
  writer.set_metadata("", "");
  const auto file = SafetensorsFile::parse(writer.bytes(), "test");
  EXPECT_EQ(file.metadata().size(), 2u);
  EXPECT_EQ(file.metadata().at("profile"), "a \"quoted\"\nline, \xC3\xA4");
  EXPECT_EQ(file.metadata().at(""), "");
}

TEST(Safetensors, KeepsItsViewsWhenMoved) {
  SafetensorsWriter writer;
  writer.add("x", DType::u8, {4}, counting(4));
  auto file = SafetensorsFile::parse(writer.bytes(), "test");
  const SafetensorsFile moved = std::move(file);
  EXPECT_TRUE(std::ranges::equal(moved.find("x")->bytes, counting(4)));
  static_assert(!std::is_copy_constructible_v<SafetensorsFile>, "a copy's views would dangle");
}

TEST(Safetensors, ReadsAFileOfAnotherWriter) {
  // Laid out as the format's own library does: not padded, data not in the order of the keys.
  const auto bytes =
      file_with(R"({"__metadata__":{"format":"pt"},"b":)" + entry("I64", "[]", "[0,8]") +
                    ",\"a\":" + entry("F16", "[1, 2]", "[8, 12]") + "}  \n",
                12);
  const auto file = SafetensorsFile::parse(bytes, "test");
  EXPECT_EQ(file.metadata().at("format"), "pt");
  EXPECT_EQ(file.find("b")->bytes[0], std::byte{0});
  EXPECT_EQ(file.find("a")->bytes[0], std::byte{8});
}

TEST(SafetensorsWriter, GivesTheSameBytesInWhateverOrder) {
  SafetensorsWriter one;
  one.add("a", DType::u8, {3}, counting(3));
  one.add("b", DType::f32, {1}, counting(4));
  one.set_metadata("k", "1");
  one.set_metadata("l", "2");
  SafetensorsWriter other;
  other.set_metadata("l", "2");
  other.set_metadata("k", "1");
  other.add("b", DType::f32, {1}, counting(4));
  other.add("a", DType::u8, {3}, counting(3));
  EXPECT_EQ(one.bytes(), other.bytes());
  EXPECT_EQ(one.bytes(), one.bytes());
}

TEST(SafetensorsWriter, WritesExactlyTheFormat) {
  SafetensorsWriter writer;
  writer.add("t", DType::u8, {2}, bytes_of("hi"));
  const std::string header = R"({"t":{"data_offsets":[0,2],"dtype":"U8","shape":[2]}})";
  ASSERT_EQ(header.size(), 53u);
  std::string expected = std::string("\x38\0\0\0\0\0\0\0", 8) + header + "   hi";
  EXPECT_TRUE(std::ranges::equal(writer.bytes(), bytes_of(expected)));
}

TEST(SafetensorsWriter, AlignsTheDataToEightBytes) {
  for (std::size_t length = 1; length <= 9; ++length) {
    SafetensorsWriter writer;
    writer.add(std::string(length, 'k'), DType::f64, {1}, counting(8));
    EXPECT_EQ(writer.bytes().size() % 8, 0u);
  }
}

TEST(SafetensorsWriter, RefusesWhatCannotBeATensor) {
  SafetensorsWriter writer;
  writer.add("x", DType::f32, {2}, counting(8));
  EXPECT_THROW(writer.add("short", DType::f32, {2}, counting(7)), std::logic_error);
  EXPECT_THROW(writer.add("long", DType::f32, {2}, counting(9)), std::logic_error);
  EXPECT_THROW(writer.add("negative", DType::f32, {-1, -1}, counting(4)), std::logic_error);
  EXPECT_THROW(writer.add("huge", DType::f32, {std::int64_t{1} << 62}, {}), std::logic_error);
  EXPECT_THROW(writer.add("x", DType::f32, {2}, counting(8)), std::logic_error) << "twice";
  EXPECT_THROW(writer.add("__metadata__", DType::f32, {2}, counting(8)), std::logic_error);
  EXPECT_THROW(writer.add("\xFF", DType::f32, {2}, counting(8)), std::logic_error) << "not UTF-8";
  EXPECT_EQ(SafetensorsFile::parse(writer.bytes(), "test").tensors().size(), 1u)
      << "a refused tensor left something behind";
}

TEST(SafetensorsWriter, WritesAReadableFileWhateverTheMetadata) {
  SafetensorsWriter writer;
  writer.set_metadata("path", "/data/\xE4\xF6");  // Latin-1
  EXPECT_EQ(SafetensorsFile::parse(writer.bytes(), "test").metadata().at("path"),
            "/data/\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Safetensors, RefusesAFileThatIsTooShort) {
  EXPECT_SAYS(error_of(std::vector<std::byte>{}), "truncated: 0 bytes");
  EXPECT_SAYS(error_of(std::vector<std::byte>(7)), "truncated: 7 bytes");
}

TEST(Safetensors, RefusesAHeaderLengthThatCannotBe) {
  auto beyond = file_with("{}");
  beyond[0] = std::byte{3};
  EXPECT_SAYS(error_of(beyond), "truncated: a header of 3 bytes is promised, the file has 2");
  EXPECT_SAYS(error_of(std::vector<std::byte>(16, std::byte{0xFF})), "not a safetensors file");
  std::vector<std::byte> zip(64);
  std::memcpy(zip.data(), "PK\3\4\0\0\x08\x08", 8);  // a PyTorch checkpoint
  EXPECT_SAYS(error_of(zip), "not a safetensors file");
}

TEST(Safetensors, RefusesAHeaderThatIsNoObject) {
  EXPECT_SAYS(error_of(""), "does not begin with '{'");
  for (const char* json : {"[]", "1", "null", "\"x\"", " {}", "\xEF\xBB\xBF{}"}) {
    EXPECT_SAYS(error_of(json), "does not begin with '{'") << json;
  }
  for (const char* json :
       {"{", "{}}", "{}{}", "{\"a\"}", "{'a':1}", "{},", "{\"a\xFF\":{}}", "{/* comment */}"}) {
    EXPECT_SAYS(error_of(json), "not valid JSON") << json;
  }
}

TEST(Safetensors, RefusesTypesThatItCannotHold) {
  for (const char* type : {"BOOL", "F8_E4M3", "f32", "", "F32 ", "I32"}) {
    EXPECT_SAYS(error_of(one_tensor(type, "[1]", "[0,4]"), 4), "is not one of F16") << type;
  }
}

TEST(Safetensors, RefusesShapesThatCannotBe) {
  for (const char* shape : {"[-1]", "[1.0]", "[1e0]", "[9223372036854775808]", "[[1]]", "[null]",
                            "[\"1\"]", "[18446744073709551616]", "[{}]", "[true]", "[-0]"}) {
    EXPECT_SAYS(error_of(one_tensor("U8", shape, "[0,1]"), 1), "is not expected there") << shape;
  }
  for (const char* shape : {"1", "null", "\"1\"", "{}"}) {
    EXPECT_SAYS(error_of(one_tensor("U8", shape, "[0,1]"), 1), "is not expected there") << shape;
  }
}

TEST(Safetensors, RefusesShapesThatOverflow) {
  for (const char* shape : {"[9223372036854775807]", "[4294967296,4294967296]",
                            "[4611686018427387904,4,0]", "[2305843009213693952,1,1]"}) {
    EXPECT_SAYS(error_of(one_tensor("F32", shape, "[0,0]")), "does not fit 63 bits") << shape;
  }
}

TEST(Safetensors, RefusesOffsetsThatDoNotMatch) {
  EXPECT_SAYS(error_of(one_tensor("F32", "[2]", "[0,4]"), 4), "takes 8 bytes by its shape, but 4");
  EXPECT_SAYS(error_of(one_tensor("F32", "[]", "[0,0]")), "takes 4 bytes by its shape, but 0");
  EXPECT_SAYS(error_of(one_tensor("U8", "[1]", "[1,0]"), 1), "ends before it begins");
  for (const char* offsets : {"[]", "[0]"}) {
    EXPECT_SAYS(error_of(one_tensor("U8", "[1]", offsets), 1), "lacks") << offsets;
  }
  for (const char* offsets : {"[0,1,1]", "[-1,0]", "[0,1.0]", "[0,18446744073709551615]", "null"}) {
    EXPECT_SAYS(error_of(one_tensor("U8", "[1]", offsets), 1), "is not expected there") << offsets;
  }
}

TEST(Safetensors, RefusesOffsetsBeyondTheFile) {
  EXPECT_SAYS(error_of(one_tensor("U8", "[9]", "[0,9]"), 8),
              "truncated: the header promises 9 bytes of data, the file has 8");
  EXPECT_SAYS(error_of(one_tensor("U8", "[9223372036854775807]", "[0,9223372036854775807]"), 8),
              "truncated");
}

TEST(Safetensors, RefusesTrailingBytes) {
  EXPECT_SAYS(error_of(one_tensor("U8", "[7]", "[0,7]"), 8),
              "the header promises 7 bytes of data, the file has 8");
  EXPECT_SAYS(error_of("{}", 1), "the header promises 0 bytes of data, the file has 1");
}

TEST(Safetensors, RefusesGapsAndOverlaps) {
  const auto two = [](const std::string& a, const std::string& b) {
    return R"({"a":)" + entry("U8", "[2]", a) + R"(,"b":)" + entry("U8", "[2]", b) + "}";
  };
  EXPECT_EQ(error_of(two("[0,2]", "[2,4]"), 4), "accepted");
  EXPECT_EQ(error_of(two("[2,4]", "[0,2]"), 4), "accepted");
  EXPECT_SAYS(error_of(two("[0,2]", "[3,5]"), 5), "a gap before tensor \"b\"");
  EXPECT_SAYS(error_of(two("[1,3]", "[3,5]"), 5), "a gap before tensor \"a\"");
  EXPECT_SAYS(error_of(two("[0,2]", "[1,3]"), 3), "an overlap before tensor \"b\"");
  EXPECT_SAYS(error_of(two("[0,2]", "[0,2]"), 2), "an overlap");
  EXPECT_SAYS(error_of(R"({"a":)" + entry("U8", "[2]", "[0,2]") + R"(,"b":)" +
                           entry("U8", "[0]", "[1,1]") + "}",
                       2),
              "an overlap");
}

TEST(Safetensors, RefusesKeysThatAppearTwice) {
  const std::string t = entry("U8", "[0]", "[0,0]");
  EXPECT_SAYS(error_of(R"({"t":)" + t + R"(,"t":)" + t + "}"), "\"t\" appears twice");
  EXPECT_SAYS(error_of(R"({"t":)" + t + R"(,"\u0074":)" + t + "}"), "\"t\" appears twice");
  EXPECT_SAYS(error_of(R"({"__metadata__":{},"__metadata__":{}})"), "appears twice");
  EXPECT_SAYS(error_of(R"({"__metadata__":{"k":"1","k":"1"}})"), "\"k\" appears twice");
  EXPECT_SAYS(error_of(R"({"t":{"dtype":"U8","dtype":"U8"}})"), "\"dtype\" appears twice");
  EXPECT_SAYS(error_of(R"({"t":{"shape":[],"shape":[]}})"), "\"shape\" appears twice");
  EXPECT_SAYS(error_of(R"({"t":{"data_offsets":[0,0],"data_offsets":[0,0]}})"), "appears twice");
}

TEST(Safetensors, RefusesEntriesThatLackAField) {
  EXPECT_SAYS(error_of(R"({"t":{}})"), "lacks");
  EXPECT_SAYS(error_of(R"({"t":{"shape":[0],"data_offsets":[0,0]}})"), "lacks");
  EXPECT_SAYS(error_of(R"({"t":{"dtype":"U8","data_offsets":[0,0]}})"), "lacks");
  EXPECT_SAYS(error_of(R"({"t":{"dtype":"U8","shape":[0]}})"), "lacks");
}

TEST(Safetensors, RefusesWhatTheFormatDoesNotKnow) {
  for (const char* json :
       {R"({"t":1})", R"({"t":null})", R"({"t":[]})", R"({"t":"x"})", R"({"t":{"dtype":1}})",
        R"({"t":{"dtype":"U8","extra":"x"}})", R"({"t":{"extra":[]}})", R"({"t":{"extra":{}}})"}) {
    EXPECT_SAYS(error_of(json), "is not expected there") << json;
  }
}

TEST(Safetensors, RefusesMetadataThatIsNoText) {
  for (const char* value : {"1", "-1", "1.5", "true", "null", "[]", "{}"}) {
    EXPECT_SAYS(error_of(R"({"__metadata__":{"k":)" + std::string(value) + "}}"),
                "is not expected there")
        << value;
  }
  for (const char* value : {"1", "null", "[]", "\"x\""}) {
    EXPECT_SAYS(error_of(R"({"__metadata__":)" + std::string(value) + "}"), "is not expected there")
        << value;
  }
}

TEST(Safetensors, SurvivesDeepNesting) {
  EXPECT_SAYS(error_of("{\"t\":" + std::string(1'000'000, '[')), "is not expected there");
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"t\":";
  EXPECT_SAYS(error_of(objects), "is not expected there");
}

TEST(Safetensors, ShowsAHostileNameEscapedAndShort) {
  const std::string text = error_of(R"({"a\nb)" + std::string(100'000, 'x') + R"(":1})");
  EXPECT_SAYS(text, R"("a\nbxxx)");
  EXPECT_SAYS(text, "...");
}

TEST(Safetensors, RefusesAHeaderThatIsLongerThanAny) {
  std::vector<std::byte> large(std::size_t{20'000'000});
  large[3] = std::byte{1};  // 2^24
  EXPECT_SAYS(error_of(large), "a header of 16777216 bytes, and no more than 16000000 are read");
}

TEST(Safetensors, RefusesMoreThanAHeaderHas) {
  const auto many = [](std::size_t count, const auto& entry) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + entry(i);
    return text;
  };
  const auto tensors = many(50'001, [](std::size_t i) {
    return "\"" + std::to_string(i) + R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
  });
  EXPECT_SAYS(error_of("{" + tensors + "}"), "more than 50000 tensors");
  const auto metadata =
      many(10'001, [](std::size_t i) { return "\"" + std::to_string(i) + R"(":"")"; });
  EXPECT_SAYS(error_of(R"({"__metadata__":{)" + metadata + "}}"), "more than 10000 entries");
  const auto ones = many(1'000'000, [](std::size_t) { return std::string("1"); });
  EXPECT_SAYS(error_of(R"({"t":{"dtype":"U8","shape":[)" + ones + R"(],"data_offsets":[0,1]}})"),
              "more than 16 dimensions");
}

/// How much more memory was taken while the header was parsed, over the header's size.
double memory_over_size(const std::string& json) {
  const test::MemoryTaken taken;
  error_of(file_with(json));
  return static_cast<double>(taken.most()) / static_cast<double>(json.size());
}

TEST(Safetensors, TakesLessThanTenTimesTheSizeOfAHeader) {
  std::string tensors = R"({"-":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
  for (int i = 1; i < 50'000; ++i)
    tensors += ",\"" + std::to_string(i) + R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
  std::string long_name;
  long_name.resize(15'000'000, 'n');
  for (const std::string& json : {tensors + "}", "{\"" + long_name + "\":1}",
                                  R"({"__metadata__":{"k":")" + long_name + "\"}}"}) {
    const double taken = memory_over_size(json);
    EXPECT_GT(taken, 1) << "the header itself was not counted";
    EXPECT_LT(taken, 10) << json.substr(0, 40);
  }
}

TEST(SafetensorsOpen, ReadsAFile) {
  const TemporaryFolder folder;
  SafetensorsWriter writer;
  writer.set_metadata("k", "v");
  writer.add("x", DType::u8, {300'000}, counting(300'000));
  const auto bytes = writer.bytes();
  test::write_text(folder / "f", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const auto file = SafetensorsFile::open(folder / "f");
  EXPECT_TRUE(std::ranges::equal(file.bytes(), bytes));
  EXPECT_TRUE(std::ranges::equal(file.find("x")->bytes, counting(300'000)));
  EXPECT_EQ(file.metadata().at("k"), "v");
  EXPECT_EQ(file.name(), (folder / "f").string());
}

std::string error_of_opening(const std::filesystem::path& path, ErrorKind kind) {
  try {
    SafetensorsFile::open(path);
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), kind) << e.what();
    EXPECT_SAYS(e.what(), path.string());
    return e.what();
  }
  return "accepted";
}

TEST(SafetensorsOpen, SaysThatThereIsNoFile) {
  const TemporaryFolder folder;
  test::write_text(folder / "file", "x");
  EXPECT_SAYS(error_of_opening(folder / "none", ErrorKind::not_found), "no such file");
  EXPECT_SAYS(error_of_opening(folder / "file/below", ErrorKind::not_found), "no such file");
  EXPECT_SAYS(error_of_opening("", ErrorKind::not_found), "empty path");
}

TEST(SafetensorsOpen, SaysThatAFolderIsNoFile) {
  const TemporaryFolder folder;
  EXPECT_SAYS(error_of_opening(folder.path(), ErrorKind::unreadable), "is a folder");
}

TEST(SafetensorsOpen, DoesNotWaitForAPipeOrReadADevice) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_SAYS(error_of_opening(folder / "pipe", ErrorKind::unreadable), "not a regular file");
  EXPECT_SAYS(error_of_opening("/dev/zero", ErrorKind::unreadable), "not a regular file");
}

TEST(SafetensorsOpen, SaysThatTheUserMayNotReadIt) {
  const TemporaryFolder folder;
  test::write_text(folder / "secret", "x");
  ASSERT_EQ(::chmod((folder / "secret").c_str(), 0), 0);
  const std::string answer = test::in_child([&]() -> std::string {
    if (::geteuid() == 0 && ::seteuid(65534) != 0) return "cannot become another user";
    return error_of_opening(folder / "secret", ErrorKind::unreadable);
  });
  if (answer == "cannot become another user") GTEST_SKIP() << answer;
  EXPECT_SAYS(answer, "cannot be opened");
  EXPECT_SAYS(answer, "the right to read it");
}

TEST(SafetensorsOpen, AsksBeforeItReadsTheData) {
  const TemporaryFolder folder;
  const auto bytes = file_with(one_tensor("U8", "[8]", "[0,8]"), 8);
  test::write_text(folder / "f", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  std::size_t data = 1;
  const auto file =
      SafetensorsFile::open(folder / "f", bytes.size(), [&](const SafetensorsFile& asked) {
        EXPECT_EQ(asked.tensors().begin()->second.shape, std::vector<std::int64_t>{8});
        data = asked.tensors().begin()->second.bytes.size();
      });
  EXPECT_EQ(data, 0U) << "the data were read before";
  EXPECT_EQ(file.tensors().begin()->second.bytes.size(), 8U);
  EXPECT_THROW(SafetensorsFile::open(folder / "f", bytes.size() - 1), Error);
}

TEST(SafetensorsOpen, TakesNoMemoryForWhatAHugeFileDoesNotPromise) {
  const TemporaryFolder folder;
  const auto small = file_with(one_tensor("U8", "[8]", "[0,8]"), 8);
  test::write_text(folder / "huge", {reinterpret_cast<const char*>(small.data()), small.size()});
  std::error_code no_sparse_files;
  std::filesystem::resize_file(folder / "huge", std::uintmax_t{1} << 40, no_sparse_files);
  if (no_sparse_files) GTEST_SKIP() << "no sparse file of 1 TiB: " << no_sparse_files.message();
  EXPECT_SAYS(error_of_opening(folder / "huge", ErrorKind::unreadable), "promises 8 bytes of data");
}

}  // namespace
}  // namespace mvga
