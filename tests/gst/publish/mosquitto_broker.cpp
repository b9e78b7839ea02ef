// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/publish/mosquitto_broker.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "tests/gst/harness/free_port.h"

namespace mvga::testing {
namespace {

constexpr const char* kProgram = "/usr/sbin/mosquitto";
constexpr int kPatienceMs = 1000;

/// Reads what a child still prints. False if it goes on living.
bool ended(int output) {
  pollfd waiting{output, POLLIN, 0};
  char part[512];
  while (poll(&waiting, 1, kPatienceMs) > 0)
    if (read(output, part, sizeof part) <= 0) return true;
  return false;
}

}  // namespace

bool MosquittoBroker::installed() {
  return access(kProgram, X_OK) == 0;
}

MosquittoBroker::MosquittoBroker(const std::string& options) : port_(free_port()) {
  write_configuration(options);
  start();
}

MosquittoBroker::~MosquittoBroker() {
  stop();
}

void MosquittoBroker::write_configuration(const std::string& options) const {
  std::ofstream file(folder_ / "mosquitto.conf");
  file << "listener " << port_ << " 127.0.0.1\n"
       << options << "user root\npersistence true\npersistence_location " << folder_.path().string()
       << "/\nautosave_on_changes true\nautosave_interval 1\nmax_queued_messages 0\n"
       << "log_dest stderr\nconnection_messages false\n";
}

void MosquittoBroker::start() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  child_ = fork();
  if (child_ == 0) {
    dup2(ends[1], STDERR_FILENO);
    execl(kProgram, kProgram, "-c", (folder_ / "mosquitto.conf").c_str(), nullptr);
    _exit(127);
  }
  close(ends[1]);
  output_ = ends[0];
  std::string printed;
  char part[512];
  while (printed.find(" running") == std::string::npos) {
    const ssize_t got = read(output_, part, sizeof part);
    if (got <= 0) throw std::runtime_error("mosquitto does not start: " + printed);
    printed.append(part, static_cast<std::size_t>(got));
  }
}

void MosquittoBroker::stop(int signal) {
  if (child_ < 0) return;
  // More than once: it forgets a signal that comes while it starts, even after it said "running".
  do {
    kill(child_, signal);
  } while (!ended(output_));
  waitpid(child_, nullptr, 0);
  child_ = -1;
  close(output_);
}

}  // namespace mvga::testing
