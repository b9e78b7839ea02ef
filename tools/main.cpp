// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga: the detector without a pipeline.

#include <gst/gst.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>

#include "core/base/printable.h"
#include "core/base/version.h"
#include "tools/commands/commands.h"

namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;
constexpr std::size_t kLongestLine = 1 << 16;

int run(int argc, char** argv) {
  CLI::App program("Learns what normal pictures look like, and finds what does not", "mvga");
  program.set_version_flag("--version", MVGA_VERSION);
  program.require_subcommand(1);
  mvga::tool::add_fit(program);
  mvga::tool::add_merge(program);
  mvga::tool::add_evaluate(program);
  mvga::tool::add_predict(program);
  mvga::tool::add_inspect(program);
  mvga::tool::add_record(program);
  mvga::tool::add_weights(program);
  try {
    program.parse(argc, argv);
    return 0;
  } catch (const CLI::ParseError& e) {
    return program.exit(e) == 0 ? 0 : kWrongUsage;
  }
}

}  // namespace

int main(int argc, char** argv) {
  // Who interrupts the program or reads along gets whole lines.
  std::setvbuf(stdout, nullptr, _IOLBF, kLongestLine);
  gst_init(nullptr, nullptr);
  try {
    const int code = run(argc, argv);
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
    std::fprintf(stderr, "mvga: standard output cannot be written: %s\n", std::strerror(errno));
    return kFailed;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "mvga: %s\n", mvga::printable(e.what(), mvga::kLongestMessage).c_str());
    return kFailed;
  }
}
