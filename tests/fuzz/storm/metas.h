// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Metadata on a buffer, right and wrong, as a script says.
#pragma once

#include <gst/video/video.h>

#include "tests/fuzz/storm/script.h"

namespace mvga::fuzz {

void add_metas(Script& script, GstBuffer* buffer, const GstVideoInfo& video);

}  // namespace mvga::fuzz
