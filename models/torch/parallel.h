// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Work on LibTorch's own threads.
#pragma once

#include <cstdint>
#include <functional>

namespace mvga {

/// Into how many parts work on so many numbers should be split: as many as are worth it, whatever
/// the number of threads, so that what is summed up in parts does not depend on it.
int parts_for(std::int64_t numbers);

/// Calls f(0) ... f(parts - 1), at the same time, and returns when all are done.
void run_in_parallel(int parts, const std::function<void(int)>& f);

}  // namespace mvga
