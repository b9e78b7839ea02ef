// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/base/printable.h"

#include <glib.h>
#include <gtest/gtest.h>

#include <string>

namespace mvga {
namespace {

using namespace std::string_literals;

TEST(Printable, LeavesWhatCanBeShown) {
  for (const char* text : {"", "bottle.mvga", R"(C:\a "b" 'c')", "Größe 5 µm, 测试, 🙂"})
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, ShowsOrdersToTheTerminalAsText) {
  EXPECT_EQ(printable("\x1b[2Jx\x07"), "\\x1b[2Jx\\x07");
  EXPECT_EQ(printable("a\nb\r\tc"), "a\\nb\\r\\tc") << "it is not in one line";
  EXPECT_EQ(printable("a\0b"s), "a\\x00b");
  EXPECT_EQ(printable("\x7f"), "\\x7f");
  EXPECT_EQ(printable("\u009b2J"), "\\u009b2J") << "CSI in 8 bits";
  EXPECT_EQ(printable("a\u2028b\u2029"), "a\\u2028b\\u2029");
  EXPECT_EQ(printable("gpj.\u202egood"), "gpj.\\u202egood") << "it turns the direction of writing";
}

TEST(Printable, ShowsWhatIsNoUtf8) {
  EXPECT_EQ(printable("a\xff\xc3"), "a\\xff\\xc3");
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80") << "half a surrogate pair";
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf") << "a slash, too long";
}

TEST(Printable, EndsWhatIsLongInAnEllipsis) {
  EXPECT_EQ(printable(std::string(80, 'a')), std::string(80, 'a'));
  EXPECT_EQ(printable(std::string(81, 'a')), std::string(77, 'a') + "...");
  EXPECT_EQ(printable("abcdefgh", 6), "abc...");
  EXPECT_EQ(printable("aöööö", 8), "aöö...") << "a character was cut";
  EXPECT_EQ(printable("ab\x1b\x1b\x1b", 10), "ab\\x1b...") << "an escape was cut";
  EXPECT_EQ(printable(std::string(1 << 20, '\x1b')).size(), 79U);
}

TEST(Printable, IsValidAndShortWhateverTheBytes) {
  std::string all;
  for (int i = 0; i < 1 << 16; ++i) all += {static_cast<char>(i >> 8), static_cast<char>(i)};
  for (std::size_t longest = 3; longest < 5000; longest = 2 * longest + 1) {
    const std::string text = printable(all, longest);
    EXPECT_LE(text.size(), longest);
    EXPECT_TRUE(g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr));
  }
}

}  // namespace
}  // namespace mvga
