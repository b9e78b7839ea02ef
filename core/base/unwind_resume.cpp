// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What compiled code calls at the end of a cleanup, for each library and program of ours in front
// of what the loader would give it.

#include "core/base/unwinder.h"

// Without ThreadSanitizer's cleanup at the end: that would be done, and resumed from, for ever.
extern "C" [[gnu::no_sanitize("thread")]] void _Unwind_Resume(_Unwind_Exception* exception) {
  mvga::unwind_resume_in_use()(exception);
}
