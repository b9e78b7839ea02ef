// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Events and frames in words.
#pragma once

#include <string>

#include "examples/watch/event_log.h"
#include "examples/watch/snapshots.h"

namespace watch {

/// Such as "event 2, 12.4 s to 14.0 s: score 8.1 (alarm from 3.2), p = 0.003".
std::string describe(const Event& event);

/// Such as "event 2 at 12.6 s, score 8.1".
std::string describe(const std::string& name, const Snapshot& snapshot);

}  // namespace watch
