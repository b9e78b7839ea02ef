// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/whose_symbols_first.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <string_view>

#include "core/base/unwinder.h"

namespace mvga {
namespace {

constexpr const char* c_library = "libc.so.6";

/// Null if it is not there. Never closed: what the process began with stays anyway.
void* loaded(const char* name) {
  return dlopen(name, RTLD_LAZY | RTLD_NOLOAD);
}

/// A program may have a symbol without a function, for the address alone: it leads to the next one.
bool is_function(const void* address) {
  Dl_info found;
  void* symbol = nullptr;
  return dladdr1(address, &found, &symbol, RTLD_DL_SYMENT) != 0 && symbol != nullptr &&
         static_cast<const ElfW(Sym)*>(symbol)->st_shndx != SHN_UNDEF;
}

/// By the program, what it is linked with, or what was preloaded: what was there before the C
/// library, in the loader's order.
bool is_malloc_replaced() {
  const void* const original = dlsym(loaded(c_library), "malloc");
  const link_map* each = nullptr;
  if (dlinfo(loaded(nullptr), RTLD_DI_LINKMAP, &each) != 0) return true;
  for (; each != nullptr && !std::string_view(each->l_name).ends_with(c_library);
       each = each->l_next) {
    void* const library = loaded(each->l_name);
    if (library == nullptr) continue;  // the kernel's
    const void* const first = dlsym(library, "malloc");
    if (first != nullptr && first != original && is_function(first)) return true;
  }
  return false;
}

}  // namespace

int whose_symbols_first() {
  const void* const everyones = dlsym(loaded(nullptr), "_Unwind_Resume");
  const auto* const in_use = reinterpret_cast<const void*>(unwind_resume_in_use());
  if (everyones == nullptr || everyones == in_use || is_malloc_replaced()) return 0;
  return RTLD_DEEPBIND;
}

}  // namespace mvga
