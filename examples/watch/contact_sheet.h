// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// One picture of what happened: the most normal frame, and the peaks of each event.
#pragma once

#include <string>

#include "examples/watch/watcher.h"

namespace watch {

/// Writes a PNG.
/// @throws std::runtime_error with one line that says what is wrong
void save_contact_sheet(const Watched& watched, const std::string& path);

}  // namespace watch
