// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/options/model_file.h"

#include <cstdio>

#include "core/files/model_file.h"

namespace mvga::tool {

Model load_model_to_use(const std::string& path, const std::optional<double>& threshold) {
  Model model = load_model(path);
  const auto warn = [](const std::string& warning) {
    if (!warning.empty()) std::fprintf(stderr, "warning: %s\n", warning.c_str());
  };
  warn(warning_of(model.reading, path));
  if (!threshold) warn(warning_of_promise(model, path));
  return model;
}

}  // namespace mvga::tool
