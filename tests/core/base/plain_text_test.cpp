// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a terminal is shown of text that anyone may have written.

#include "core/base/plain_text.h"

#include <gtest/gtest.h>

#include <string>

namespace mvga {
namespace {

using namespace std::string_literals;

TEST(PlainText, IsLeftAsItIs) {
  for (const std::string text : {"", "bottle/train/good: Größe 12 µm, 100 %", "図.png"}) {
    EXPECT_EQ(one_line(text), text);
    EXPECT_EQ(as_utf8(text), text);
  }
}

TEST(PlainText, HasNoBytesThatAreNoUtf8) {
  EXPECT_EQ(as_utf8("gr\xfc\xdf\x65"), "gr\\xfc\\xdfe");
  EXPECT_EQ(as_utf8("\xff"), "\\xff");
  EXPECT_EQ(as_utf8("cut \xe2\x82"), "cut \\xe2\\x82");
  EXPECT_EQ(as_utf8("a\0b"s), "a\0b"s) << "NUL is a character";
}

TEST(PlainText, IsOneLineThatMovesNoCursor) {
  EXPECT_EQ(one_line("a\nb\r\tc"), "a\\nb\\r\\tc");
  EXPECT_EQ(one_line("\x1b[2J\x1b]0;title\x07"), "\\x1b[2J\\x1b]0;title\\x07");
  EXPECT_EQ(one_line("a\0b"s), "a\\x00b");
  EXPECT_EQ(one_line("\x7f"), "\\x7f");
  EXPECT_EQ(one_line("\xc2\x9b"
                     "2J"),
            "\\u009b2J")
      << "a control character of two bytes";
  EXPECT_EQ(one_line("a\xe2\x80\xae"
                     "gnp.exe"),
            "a\\u202egnp.exe")
      << "turns the direction";
  EXPECT_EQ(one_line("a\xe2\x80\xa8"
                     "b"),
            "a\\u2028b")
      << "ends a line";
}

TEST(PlainText, OfAMegabyteKeepsBothEnds) {
  const std::string line = one_line("begin" + std::string(1 << 20, 'x') + "the way out");
  EXPECT_LT(line.size(), 5000U);
  EXPECT_EQ(line.substr(0, 6), "beginx");
  EXPECT_EQ(line.substr(line.size() - 11), "the way out");
  std::string wide;
  for (int i = 0; i < 10000; ++i) wide += "ü";
  EXPECT_EQ(as_utf8(one_line(wide)), one_line(wide)) << "a character is cut in half";
}

}  // namespace
}  // namespace mvga
