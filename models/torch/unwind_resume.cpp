// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// As core/base/unwind_resume.cpp, and for LibTorch as well, which throws and catches by itself: to
// it, the engine's symbols come first when those that are everyone's are the wrong ones
// (models/engine.cpp).

#include "core/base/unwinder.h"

extern "C" [[gnu::visibility("default"), gnu::no_sanitize("thread")]] void _Unwind_Resume(
    _Unwind_Exception* exception) {
  mvga::unwind_resume_in_use()(exception);
}
