// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Events and queries, right and wrong, as a script says.
#pragma once

#include <gst/gst.h>

#include "tests/fuzz/storm/script.h"

namespace mvga::fuzz {

GstEvent* event_down(Script& script);
GstEvent* event_up(Script& script);
GstQuery* query_from(Script& script);

}  // namespace mvga::fuzz
