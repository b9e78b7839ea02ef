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
  for (const ListedProfile& p : profiles()) {
    EXPECT_EQ(profile_from(name_of(p.profile)), p.profile);
    EXPECT_EQ(profile_in_models(name_in_models(p.profile)), p.profile);
  }
}

TEST(ProfileNames, AreSaidWhereAnotherOneIsAskedFor) {
  try {
    profile_from("papers");
    FAIL() << "there is no such profile";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::settings);
    EXPECT_STREQ(e.what(), "unknown profile 'papers': use calibrated, calibrated-0.1 or paper");
  }
  EXPECT_EQ(profile_names(), (std::vector<std::string>{"calibrated", "calibrated-0.1", "paper"}));
}

// What version 0.1 called `calibrated` goes on meaning what it meant.
TEST(ProfileNames, KeepTheirMeaningInModels) {
  EXPECT_EQ(profile_in_models("paper"), Profile::paper);
  EXPECT_EQ(profile_in_models("calibrated"), Profile::calibrated_0_1);
  EXPECT_EQ(profile_in_models("calibrated-0.2"), Profile::calibrated);
  EXPECT_THROW(profile_in_models("calibrated-0.3"), Error);
}

// Elements have these numbers in their enumeration, and so have the bindings of other languages.
TEST(Profiles, KeepTheirNumbers) {
  EXPECT_EQ(static_cast<int>(Profile::paper), 0);
  EXPECT_EQ(static_cast<int>(Profile::calibrated), 1);
  EXPECT_EQ(static_cast<int>(Profile::calibrated_0_1), 2);
}

}  // namespace
}  // namespace mvga
