// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which profiles there are. One more is a line here, a line in list.cpp, and a file beside them.
#pragma once

#include <span>

namespace mvga {

class ProfileSteps;

enum class Profile {
  paper,       ///< exactly the paper: plain sum of squared distances, plain mean of the level maps
  calibrated,  ///< about what is normal by place, levels on a common scale, score from both
               ///< Gaussians
  calibrated_0_1,  ///< `calibrated` as version 0.1 had it
};

struct ListedProfile {
  Profile profile;
  const char* name;
  const char* name_in_models;  ///< which does not change its meaning, as `name` may
  const char* summary;         ///< for whoever has to choose
  const char* unit;            ///< of the image scores
  const ProfileSteps* steps;
};

std::span<const ListedProfile> profiles();

}  // namespace mvga
