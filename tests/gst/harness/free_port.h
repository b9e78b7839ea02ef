// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

namespace mvga::testing {

/// A port of this machine that nobody listens to.
int free_port();

}  // namespace mvga::testing
