// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What went wrong, as text to look into.
#pragma once

#include <functional>
#include <string>

#include "core/base/error.h"

namespace mvga::testing {

/// The text of the Error that `action` throws, "no error" if it does not.
inline std::string failure_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace mvga::testing
