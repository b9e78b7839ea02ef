// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// An event in words.
#pragma once

#include <string>

#include "examples/watch/event_log.h"

namespace watch {

/// Such as "event 2, 12.4 s to 14.0 s: score 8.1 (alarm from 3.2), p = 0.003".
std::string describe(const Event& event);

}  // namespace watch
