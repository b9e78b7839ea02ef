// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Turns what the library throws inside into the one exception that leaves it.
#pragma once

#include <mvga/error.h>

#include <new>

#include "core/base/error.h"

namespace mvga::v1 {

Error error_from(const mvga::Error& error);

/// What callers' own functions throw passes.
template <typename F>
auto guarded(const F& f) -> decltype(f()) {
  try {
    return f();
  } catch (const mvga::Error& error) {
    throw error_from(error);
  } catch (const std::bad_alloc&) {
    throw Error(ErrorKind::no_space, "no memory left");
  }
}

}  // namespace mvga::v1
