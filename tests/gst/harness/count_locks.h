// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Counts the locks that the plugin's own code takes, be they the C++ library's or GLib's. A program
// that links count_locks.cpp has another pthread_mutex_lock and g_mutex_lock in front of them.
#pragma once

namespace mvga::testing {

/// From now on, on this thread.
void start_counting_locks();
/// Since then.
unsigned stop_counting_locks();

}  // namespace mvga::testing
