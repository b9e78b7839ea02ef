// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Events as a file that other programs can read.
#pragma once

#include <string>

#include "examples/watch/watcher.h"

namespace watch {

/// @throws std::runtime_error when the file cannot be written
void save_json(const Watched& watched, const Settings& settings, const std::string& path);

}  // namespace watch
