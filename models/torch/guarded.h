// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Turns what LibTorch throws into the one exception that leaves the engine.
#pragma once

#include <c10/util/Exception.h>

#include <new>
#include <string>

#include "core/base/error.h"

namespace mvga {

/// LibTorch's texts go on for pages; the first line says what happened.
inline Error engine_error(const std::string& text) {
  const std::string line = text.substr(0, text.find('\n'));
  for (const char* sign : {"out of memory", "can't allocate memory", "not enough memory"}) {
    if (line.find(sign) != std::string::npos) {
      return Error(ErrorKind::no_space, "no memory left for the network: " + line +
                                            "; use a smaller input size or fewer levels");
    }
  }
  return Error(ErrorKind::engine, "LibTorch failed: " + line);
}

template <typename F>
auto guarded(const F& f) -> decltype(f()) {
  try {
    return f();
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw Error(ErrorKind::no_space, "no memory left for the network");
  } catch (const c10::Error& error) {
    throw engine_error(error.what_without_backtrace());
  } catch (const std::exception& error) {
    throw engine_error(error.what());
  }
}

}  // namespace mvga
