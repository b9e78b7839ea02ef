// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Something to poll() for beside a file or a socket.
#pragma once

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace mvga::gst::publish {

class Wakeup {
 public:
  Wakeup() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  }
  ~Wakeup() { close(fd_); }
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;

  /// From any thread: wait_for() returns.
  void wake() { eventfd_write(fd_, 1); }

  /// Who writes a 1 of 64 bits to it calls wake().
  int fd() const { return fd_; }

  /// Waits until somebody calls wake().
  void wait() { wait_for(-1, 0, -1); }

  /// Waits until `fd` has one of `events`, somebody calls wake(), or the time is up (-1: never).
  /// @return the events of `fd`
  short wait_for(int fd, short events, int milliseconds) {
    pollfd waiting[] = {{fd_, POLLIN, 0}, {fd, events, 0}};
    if (poll(waiting, 2, milliseconds) <= 0) return 0;
    eventfd_t calls = 0;
    if (waiting[0].revents != 0) eventfd_read(fd_, &calls);
    return waiting[1].revents;
  }

 private:
  int fd_;
};

}  // namespace mvga::gst::publish
