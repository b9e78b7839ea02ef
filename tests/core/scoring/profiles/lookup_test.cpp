// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/lookup.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/error.h"

namespace mvga {
namespace {

TEST(ProfileNames, AreReadAsTheyAreWritten) {
  for (const Profile profile : {Profile::paper, Profile::calibrated})
    EXPECT_EQ(profile_from(name_of(profile)), profile);
}

TEST(ProfileNames, AreSaidWhereAnotherOneIsAskedFor) {
  try {
    profile_from("papers");
    FAIL() << "there is no such profile";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::settings);
    EXPECT_STREQ(e.what(), "unknown profile 'papers': use calibrated or paper");
  }
  EXPECT_EQ(profile_names(), (std::vector<std::string>{"calibrated", "paper"}));
}

// Elements have these numbers in their enumeration, and so have the bindings of other languages.
TEST(Profiles, KeepTheirNumbers) {
  EXPECT_EQ(static_cast<int>(Profile::paper), 0);
  EXPECT_EQ(static_cast<int>(Profile::calibrated), 1);
}

}  // namespace
}  // namespace mvga
