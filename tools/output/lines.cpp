// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/output/lines.h"

#include <fcntl.h>
#include <glib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>

#include "core/base/error.h"
#include "core/io/atomic_file.h"

namespace mvga::tool {
namespace {

/// Its size, if it is a file and no terminal, pipe or device; else -1.
off_t size_of_file(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return -1;
  return status.st_size;
}

/// Where the next byte goes to.
off_t end_of(int fd, off_t size) {
  const bool appends = (::fcntl(fd, F_GETFL) & O_APPEND) != 0;
  return appends ? size : std::min(size, ::lseek(fd, 0, SEEK_CUR));
}

/// The file may be open for writing alone.
bool ends_within_a_line(int fd) {
  const off_t size = size_of_file(fd);
  const off_t end = size > 0 ? end_of(fd, size) : 0;
  if (end <= 0) return false;
  const std::string name = "/proc/self/fd/" + std::to_string(fd);
  const int again = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  char last = '\n';
  if (again >= 0) {
    if (::pread(again, &last, 1, end - 1) != 1) last = '\n';
    ::close(again);
  }
  return last != '\n';
}

}  // namespace

Lines::Lines() : fd_(STDOUT_FILENO) {
  std::fflush(stdout);
  if (ends_within_a_line(fd_)) write_all("\n");
}

Lines::Lines(std::filesystem::path file, std::string heading)
    : file_(std::move(file)), heading_(std::move(heading)) {
  check_writable(file_);
}

Lines::~Lines() {
  if (!file_.empty() && fd_ >= 0) ::close(fd_);
}

void Lines::open() {
  if (fd_ >= 0) return;
  fd_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd_ < 0) fail(errno);
  write_all(heading_ + "\n");
}

void Lines::write(std::string_view line) {
  open();
  write_all(std::string(line).append("\n"));
}

void Lines::finish() {
  open();
}

void Lines::write_all(std::string_view text) {
  const off_t size = size_of_file(fd_);
  const off_t start = size >= 0 ? end_of(fd_, size) : 0;
  while (!text.empty()) {
    const ssize_t written = ::write(fd_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      if (size >= 0 && ::ftruncate(fd_, start) == 0) ::lseek(fd_, start, SEEK_SET);
      fail(error);
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void Lines::fail(int error) const {
  const std::string name = file_.empty() ? "standard output" : file_.string() + ":";
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw Error(full ? ErrorKind::no_space : ErrorKind::unwritable,
              name + " cannot be written: " + g_strerror(error) +
                  (full ? "; the lines before are whole; free some space" : ""));
}

}  // namespace mvga::tool
