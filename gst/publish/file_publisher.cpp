// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/file_publisher.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "gst/element/errors.h"
#include "gst/publish/backoff.h"

namespace mvga::gst::publish {
namespace {

/// A pipe that poll() calls writable takes so much without making the writer wait.
constexpr std::size_t kPiece = 4096;

ResourceError cannot_open(const std::string& why) {
  return {GST_RESOURCE_ERROR_OPEN_WRITE, why};
}

GstResourceError code_of(int error) {
  return error == ENOSPC || error == EDQUOT ? GST_RESOURCE_ERROR_NO_SPACE_LEFT
                                            : GST_RESOURCE_ERROR_WRITE;
}

}  // namespace

OutputFile::~OutputFile() {
  if (fd_ >= 0) close(fd_);
}

OutputFile open_for_appending(const std::string& path) {
  if (path.empty())
    throw cannot_open("no file-path: set it to the file to append to, or set method=stdout");
  const int fd = open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
  if (fd < 0)
    throw cannot_open("cannot write to " + path + ": " + std::strerror(errno) +
                      "; set file-path to a file that may be made or appended to");
  return {fd, path};
}

OutputFile standard_output() {
  const int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (fd < 0)
    throw cannot_open(std::string("cannot write to the standard output: ") + std::strerror(errno));
  return {fd, "the standard output"};
}

void FilePublisher::run() {
  while (const auto document = queue_.wait(1)) {
    if (!write_line(document->text + '\n')) return;
    queue_.delivered(document->id);
  }
}

bool FilePublisher::write_line(const std::string& line) {
  Backoff backoff;
  std::size_t written = 0;
  while (written < line.size()) {
    if (queue_.closed()) return false;
    if (wakeup_.wait_for(file_.fd(), POLLOUT, -1) == 0) continue;
    const std::size_t piece = std::min(kPiece, line.size() - written);
    const ssize_t got = write(file_.fd(), line.data() + written, piece);
    if (got >= 0) {
      written += static_cast<std::size_t>(got);
      report_.works();
    } else if (errno != EINTR && errno != EAGAIN) {
      const int error = errno;
      report_.fails(ResourceError(code_of(error),
                                  "cannot write to " + file_.name() + ": " + std::strerror(error)));
      queue_.pause(backoff.next());
    }
  }
  return true;
}

}  // namespace mvga::gst::publish
