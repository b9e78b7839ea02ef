// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/base/unwinder.h"

#include <dlfcn.h>

#include <atomic>
#include <cstdint>

namespace {

std::atomic<const void*> unwinders_code = nullptr;

}  // namespace

/// A personality, which an unwinder asks what a frame does about an exception: this one notes who
/// asks. Without <unwind.h>, in which _Unwind_Resume is everyone's.
extern "C" [[gnu::used]] int mvga_note_unwinder(int /*version*/, int /*actions*/,
                                                std::uint64_t /*what*/, void* /*exception*/,
                                                void* /*frame*/) {
  constexpr int continue_unwinding = 8;  // _URC_CONTINUE_UNWIND
  unwinders_code = __builtin_return_address(0);
  return continue_unwinding;
}

namespace mvga {
namespace {

[[noreturn, gnu::noinline]] void throw_past_the_note() {
  // 0x1b: its address is relative, in four bytes with a sign (DW_EH_PE_pcrel | DW_EH_PE_sdata4).
  asm volatile(".cfi_personality 0x1b, mvga_note_unwinder");
  throw 0;
}

/// Never closed: its function is in use.
void* unwinder_in_use() noexcept {
  try {
    throw_past_the_note();
  } catch (int) {  // as is meant
  }
  Dl_info found;
  void* library = nullptr;
  if (dladdr(unwinders_code, &found) != 0)
    library = dlopen(found.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  // One that is part of a program is libgcc's as well.
  return library != nullptr ? library : dlopen("libgcc_s.so.1", RTLD_LAZY);
}

}  // namespace

UnwindResume unwind_resume_in_use() {
  static const auto resume =
      reinterpret_cast<UnwindResume>(dlsym(unwinder_in_use(), "_Unwind_Resume"));
  return resume;
}

}  // namespace mvga
