// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Cells that any program reads as what they are, and no spreadsheet as a formula.

#include "tools/output/csv.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mvga::tool {
namespace {

TEST(Csv, QuotesWhatHasToBe) {
  EXPECT_EQ(csv_text("bottle"), "bottle");
  EXPECT_EQ(csv_text("nut, M6"), "\"nut, M6\"");
  EXPECT_EQ(csv_text("3\" pipe"), "\"3\"\" pipe\"");
  EXPECT_EQ(csv_text("two\nlines"), "two\\nlines") << "a reader of lines sees two";
  EXPECT_EQ(csv_text("gr\xfc\x6e"), "gr\\xfcn");
  EXPECT_EQ(csv_text(""), "");
}

TEST(Csv, BeginsNoFormula) {
  for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)"})
    EXPECT_EQ(csv_text(text), std::string("\"'") + text + "\"");
  EXPECT_EQ(csv_text("=HYPERLINK(\"http://a\",\"b\")"),
            "\"'=HYPERLINK(\"\"http://a\"\",\"\"b\"\")\"");
  EXPECT_EQ(csv_path("=a/000.png"), "./=a/000.png") << "no path any more";
  EXPECT_EQ(csv_path("-a, b.png"), "\"./-a, b.png\"");
}

TEST(Csv, HasNumbersWithAPoint) {
  EXPECT_EQ(csv_number(-1.5), "-1.500000");
  EXPECT_EQ(csv_number(NAN), "");
  EXPECT_EQ(csv_number(2, 0), "2");
}

}  // namespace
}  // namespace mvga::tool
