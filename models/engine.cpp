// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/engine.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "core/base/error.h"
#include "core/base/version.h"
#include "models/whose_symbols_first.h"

namespace mvga {
namespace {

namespace fs = std::filesystem;

constexpr const char* library_name = "libmvga-torch.so";

/// A folder in the environment is for running without installing: when it is set, only it counts.
fs::path engine_folder() {
  const char* folder = std::getenv("MVGA_ENGINE_PATH");
  return folder && *folder ? folder : MVGA_ENGINE_DIR;
}

const Engine& load_engine() {
  const fs::path path = engine_folder() / library_name;
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    throw Error(ErrorKind::not_found,
                "the engine " + path.string() +
                    " is not there: install mvga with LibTorch, or set MVGA_ENGINE_PATH to the "
                    "folder that has " +
                    library_name);
  }
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | whose_symbols_first());
  if (!library) {
    const char* reason = dlerror();
    throw Error(ErrorKind::engine,
                "the engine cannot be loaded: " + std::string(reason ? reason : "no reason given") +
                    "; check with `ldd " + path.string() + "` that its LibTorch is installed");
  }
  const auto entry = reinterpret_cast<decltype(&mvga_engine)>(dlsym(library, "mvga_engine"));
  if (!entry) {
    throw Error(ErrorKind::engine, path.string() + " is no engine of mvga: reinstall mvga");
  }
  const Engine& engine = *entry();
  if (std::string_view(engine.version) != MVGA_VERSION) {
    throw Error(ErrorKind::engine, path.string() + " belongs to mvga " + engine.version +
                                       ", this is " MVGA_VERSION ": reinstall mvga");
  }
  return engine;
}

}  // namespace

const Engine& engine() {
  // A failed attempt throws and is made again with the next call.
  static const Engine& loaded = load_engine();
  return loaded;
}

}  // namespace mvga
