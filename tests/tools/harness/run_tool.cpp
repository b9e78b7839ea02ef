// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/tools/harness/run_tool.h"

#include "tests/gst/harness/small_model.h"

namespace mvga::testing {

Outcome mvga(const std::string& arguments) {
  return run_command(setting("MVGA_TOOL") + " " + arguments);
}

std::string small_options() {
  return std::string(" --backbone ") + kSmallArchitecture + " --weights " +
         small_weights().string() + " --levels 0-1 --threads 1 --input-size " +
         std::to_string(kSmallInput) + " ";
}

}  // namespace mvga::testing
