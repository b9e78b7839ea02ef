// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// This program's list of profiles, in the place of core/scoring/profiles/list.cpp. The linker takes
// that out of the library only where nobody else has what is in it.

#include "tests/core/scoring/profiles/list_of_three.h"

#include <array>

#include "core/scoring/profiles/calibrated.h"
#include "core/scoring/profiles/paper.h"
#include "tests/core/scoring/profiles/third_profile.h"

namespace mvga {

std::span<const ListedProfile> profiles() {
  static const std::array listed{
      ListedProfile{Profile::paper, "paper", "paper", "As published", "squares", &paper_steps()},
      ListedProfile{Profile::calibrated, "calibrated", "calibrated-0.2", "On a common scale",
                    "deviations", &calibrated_steps()},
      ListedProfile{test::kThird, "third", "third", "In normal images", "normal images",
                    &test::third_steps()},
  };
  return listed;
}

}  // namespace mvga
