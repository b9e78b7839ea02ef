// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How the engine has to be loaded, so that exceptions inside LibTorch have one unwinder.
#pragma once

namespace mvga {

/// For dlopen. LibTorch throws and catches by itself. Where what the loader would give it,
/// everyone's unwinder, is not the one in use (core/base/unwinder.h), the symbols of the engine and
/// of what it brings come before everyone's: RTLD_DEEPBIND. That holds for all symbols, so it
/// cannot be when another malloc is in front of the C library's: memory would be taken from the one
/// and given back to the other. 0: everyone's first.
int whose_symbols_first();

}  // namespace mvga
