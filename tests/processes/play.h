// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Plays pipelines as a program in C does.
#pragma once

/// Prints how each ends. `pipelines`: as for gst-launch-1.0; or little-memory: from then on there
/// is almost no memory left. Null comes
/// last.
void play(char** pipelines);
