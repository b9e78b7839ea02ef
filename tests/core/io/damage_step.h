// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <cstddef>

namespace mvga::test {

/// How far apart the bytes are that a test damages one after the other. Every one, but where
/// AddressSanitizer watches each access: there it would take minutes, and a seventh of them lead
/// through the same code.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t damage_step = 7;
#else
constexpr std::size_t damage_step = 1;
#endif

}  // namespace mvga::test
