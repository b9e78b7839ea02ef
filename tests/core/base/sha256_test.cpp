// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/base/sha256.h"

#include <gtest/gtest.h>

#include <string>

namespace mvga {
namespace {

std::string sha256_of(const std::string& text) {
  return sha256_hex(std::as_bytes(std::span(text)));
}

// The values are the examples that NIST publishes with FIPS 180-4.
TEST(Sha256, AgreesWithThePublishedValues) {
  EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, AgreesOnAMillionLetters) {
  EXPECT_EQ(sha256_of(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, HashesZeroBytesToo) {
  EXPECT_NE(sha256_of(std::string("a\0b", 3)), sha256_of("a")) << "stopped at a zero byte";
}

TEST(Sha256, TakesNoBytesWithoutAnAddress) {
  EXPECT_EQ(sha256_hex({}), sha256_of(""));
}

}  // namespace
}  // namespace mvga
