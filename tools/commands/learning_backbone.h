// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The network that pictures are learned with, which may depend on their size.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/features/backbone.h"
#include "tools/options/learning_options.h"

namespace mvga::tool {

/// With --tiles=auto as many tiles as the first of the files needs that can be read.
/// @throws Error as open_backbone; not_found, unreadable if all files are
std::shared_ptr<const Backbone> open_backbone_to_learn(const LearningOptions& learning,
                                                       const std::vector<std::string>& files);

}  // namespace mvga::tool
