// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/gst_launch.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sstream>
#include <stdexcept>

namespace mvga::testing {
namespace {

constexpr int kPatienceMs = 120'000;  // of a test with a child that says nothing

std::vector<std::string> words_of(const std::string& arguments) {
  std::vector<std::string> words = {"gst-launch-1.0"};
  std::istringstream stream(arguments);
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

int count(const std::string& where, const std::string& what) {
  int found = 0;
  for (std::size_t at = where.find(what); at != std::string::npos; at = where.find(what, at + 1))
    ++found;
  return found;
}

}  // namespace

GstLaunch::GstLaunch(const std::string& arguments, const std::function<int()>& prepare) {
  std::vector<std::string> words = words_of(arguments);
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  child_ = fork();
  if (child_ == 0) {
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    const int refused = prepare ? prepare() : 0;
    if (refused != 0) _exit(refused);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  close(ends[1]);
  output_ = ends[0];
}

GstLaunch::~GstLaunch() {
  if (child_ > 0) {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  close(output_);
}

bool GstLaunch::read_some() {
  pollfd ready{output_, POLLIN, 0};
  if (poll(&ready, 1, kPatienceMs) <= 0) {
    kill(child_, SIGKILL);
    return false;
  }
  char part[4096];
  const ssize_t got = read(output_, part, sizeof part);
  if (got <= 0) return false;
  printed_.append(part, static_cast<std::size_t>(got));
  return true;
}

bool GstLaunch::wait_for(const std::string& text, int times) {
  while (count(printed_, text) < times)
    if (!read_some()) return false;
  return true;
}

void GstLaunch::interrupt() const {
  kill(child_, SIGINT);
}

int GstLaunch::finish() {
  while (read_some()) {
  }
  int status = 0;
  rusage usage{};
  wait4(child_, &status, 0, &usage);
  child_ = -1;
  peak_memory_ = usage.ru_maxrss;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace mvga::testing
