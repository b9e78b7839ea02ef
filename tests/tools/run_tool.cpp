// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/tools/run_tool.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "tests/gst/small_model.h"

namespace mvga::testing {

Outcome mvga(const std::string& arguments) {
  const char* tool = std::getenv("MVGA_TOOL");
  if (tool == nullptr) throw std::runtime_error("MVGA_TOOL is not set");
  FILE* pipe = popen((std::string(tool) + " " + arguments + " 2>&1").c_str(), "r");
  Outcome outcome;
  std::array<char, 4096> part{};
  while (const std::size_t size = std::fread(part.data(), 1, part.size(), pipe))
    outcome.printed.append(part.data(), size);
  const int status = pclose(pipe);
  if (WIFEXITED(status)) outcome.code = WEXITSTATUS(status);
  return outcome;
}

std::string small_options() {
  return std::string(" --backbone ") + kSmallArchitecture + " --weights " +
         small_weights().string() + " --levels 0-1 --threads 1 --input-size " +
         std::to_string(kSmallInput) + " ";
}

}  // namespace mvga::testing
