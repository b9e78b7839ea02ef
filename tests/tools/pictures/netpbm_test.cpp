// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Netpbm pictures: text and bytes, and numbers of which the file says which one is white.

#include "tools/pictures/netpbm.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "tests/core/io/test_files.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/harness/failures.h"
#include "tools/media/frames.h"
#include "tools/pictures/decode.h"

namespace mvga::tool {
namespace {

using namespace std::string_literals;

Samples decoded(const std::string& file) {
  return decode_picture(Bytes(reinterpret_cast<const unsigned char*>(file.data()), file.size()));
}

std::vector<int> numbers_of(const Samples& samples) {
  std::vector<int> numbers;
  for (int y = 0; y < samples.height; ++y)
    for (int i = 0; i < samples.width * samples.channels; ++i) {
      std::uint16_t wide = 0;
      std::memcpy(&wide, samples.row(y) + (samples.bits == 8 ? i : 2 * i),
                  samples.bits == 8 ? 1 : 2);
      numbers.push_back(wide);
    }
  return numbers;
}

using Numbers = std::vector<int>;

TEST(Netpbm, IsReadInTextAndInBytes) {
  EXPECT_EQ(numbers_of(decoded("P2\n# a comment\n3 1 # of two\n255\n0 100 255\n")),
            (Numbers{0, 100, 255}));
  EXPECT_EQ(numbers_of(decoded("P5 3 1 255\n\0\x64\xff"s)), (Numbers{0, 100, 255}));
  const Samples colours = decoded("P6\n1 2\n255\nabcdef");
  EXPECT_EQ(colours.channels, 3);
  EXPECT_EQ(numbers_of(colours), (Numbers{'a', 'b', 'c', 'd', 'e', 'f'}));
  EXPECT_EQ(numbers_of(decoded("P3 1 1 255 1 2 3")), (Numbers{1, 2, 3}));
}

TEST(Netpbm, OfTwoLevelsHasBlackForOne) {
  EXPECT_EQ(numbers_of(decoded("P1\n3 2\n101\n0 1 0\n")), (Numbers{0, 255, 0, 255, 0, 255}));
  EXPECT_EQ(numbers_of(decoded("P4\n9 2\n\x80\x80\0\0"s)),
            (Numbers{0, 255, 255, 255, 255, 255, 255, 255, 0,  //
                     255, 255, 255, 255, 255, 255, 255, 255, 255}));
}

/// 12 bits of a camera keep their contrast: the file says that 4095 is white.
TEST(Netpbm, IsFullRangeWhateverNumberIsWhite) {
  const Samples deep = decoded("P5 3 1 4095\n\0\0\x08\0\x0f\xff"s);
  EXPECT_EQ(deep.bits, 16);
  EXPECT_EQ(deep.stated_bits, 12);
  EXPECT_EQ(decoded("P5 1 1 65535\n\0\xff"s).stated_bits, 0) << "a white that all have";
  EXPECT_EQ(decoded("P5 1 1 255\n\xff"s).stated_bits, 0);
  EXPECT_EQ(numbers_of(deep), (Numbers{0, 32776, 65535}));
  EXPECT_EQ(numbers_of(decoded("P2 3 1 15 0 7 15")), (Numbers{0, 119, 255}));
  const testing::TemporaryFolder folder;
  test::write_text(folder / "deep.pgm", "P5 3 1 4095\n\0\0\x08\0\x0f\xff"s);
  EXPECT_TRUE(read_picture(folder / "deep.pgm").remarks().empty()) << "it is not dark";
}

TEST(Netpbm, ThatBreaksOffOrLiesIsAnError) {
  for (const std::string& bad :
       {"P5 3 1 255\nab"s, "P5 3 1 255"s, "P5 3"s, "P2 3 1 255 1 2"s, "P2 3 1 255 1 2 256"s,
        "P2 3 1 0 1 2 3"s, "P2 3 1 65536 1 2 3"s, "P5 99999999999 1 255\nabc"s, "P1 3 1 0 1 2"s,
        "P4 9 2\nabc"s, "P5 -3 1 255\nabc"s, "P3 1 1 255 1 2 x"s})
    EXPECT_TRUE(testing::contains(testing::failure_of([&] { decoded(bad); }), "Netpbm")) << bad;
  EXPECT_TRUE(testing::contains(testing::failure_of([&] { decoded("P5 60000 60000 255\nabc"); }),
                                "the limit is 65535 a side"));
}

}  // namespace
}  // namespace mvga::tool
