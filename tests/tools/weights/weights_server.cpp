// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/tools/weights/weights_server.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace mvga::testing {

WeightsServer::WeightsServer(const std::filesystem::path& file, const std::filesystem::path& log,
                             const std::filesystem::path& certificate)
    : scheme_(certificate.empty() ? "http" : "https") {
  const char* script = std::getenv("MVGA_WEIGHTS_SERVER");
  if (script == nullptr) throw std::runtime_error("MVGA_WEIGHTS_SERVER is not set");
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  process_ = fork();
  if (process_ == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    unsetenv("LD_PRELOAD");  // of the sanitizers
    if (certificate.empty())
      execlp("python3", "python3", script, file.c_str(), log.c_str(), nullptr);
    else
      execlp("python3", "python3", script, file.c_str(), log.c_str(), certificate.c_str(), nullptr);
    _exit(127);
  }
  close(ends[1]);
  FILE* printed = fdopen(ends[0], "r");
  std::array<char, 16> line{};
  if (std::fgets(line.data(), line.size(), printed) != nullptr) port_ = line.data();
  std::fclose(printed);
  if (port_.empty()) throw std::runtime_error("the server does not start");
  port_.pop_back();  // the end of the line
}

WeightsServer::~WeightsServer() {
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

}  // namespace mvga::testing
