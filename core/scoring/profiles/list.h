// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which profiles there are. One more is a line here, a line in list.cpp, and a file beside them.
#pragma once

#include <span>

namespace mvga {

class ProfileSteps;

enum class Profile {
  paper,       ///< exactly the paper: plain sum of squared distances, plain mean of the level maps
  calibrated,  ///< levels on a common scale, score from both Gaussians
};

struct ListedProfile {
  Profile profile;
  const char* name;
  const char* summary;  ///< for whoever has to choose
  const char* unit;     ///< of the image scores
  const ProfileSteps* steps;
};

std::span<const ListedProfile> profiles();

}  // namespace mvga
