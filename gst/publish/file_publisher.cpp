// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/file_publisher.h"

#include <fcntl.h>
#include <sys/stat.h>
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

bool OutputFile::keeps_all() const {
  struct stat about {};
  return fstat(fd_, &about) == 0 && S_ISREG(about.st_mode);
}

bool OutputFile::take_back(std::size_t bytes) {
  struct stat about {};
  const off_t end = lseek(fd_, 0, SEEK_CUR);
  const auto start = end - static_cast<off_t>(bytes);
  // Another may have written behind it: then the rest is to follow, as in a pipe.
  if (!keeps_all() || fstat(fd_, &about) != 0 || about.st_size != end || start < 0) return false;
  if (ftruncate(fd_, start) != 0) return false;
  lseek(fd_, start, SEEK_SET);
  return true;
}

void OutputFile::look_at_end(int reading) {
  char last = '\n';
  const off_t end = lseek(reading, 0, SEEK_END);
  if (end > 0 && pread(reading, &last, 1, end - 1) == 1) lacks_line_end_ = last != '\n';
}

OutputFile open_for_appending(const std::string& path) {
  if (path.empty())
    throw cannot_open("no file-path: set it to the file to append to, or set method=stdout");
  const int fd = open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
  if (fd < 0)
    throw cannot_open("cannot write to " + path + ": " + std::strerror(errno) +
                      "; set file-path to a file that may be made or appended to");
  OutputFile file(fd, path);
  const int reading = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file.keeps_all() && reading >= 0) file.look_at_end(reading);
  if (reading >= 0) close(reading);
  return file;
}

OutputFile standard_output() {
  const int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (fd < 0)
    throw cannot_open(std::string("cannot write to the standard output: ") + std::strerror(errno));
  return {fd, "the standard output"};
}

void FilePublisher::run() {
  std::string before = file_.lacks_line_end() ? "\n" : "";
  while (const auto document = queue_.wait(1)) {
    if (!write_line(before + document->text + '\n')) return;
    before.clear();
    queue_.delivered(document->id);
  }
}

bool FilePublisher::write_line(const std::string& line) {
  Backoff backoff;
  std::size_t written = 0;
  while (written < line.size()) {
    if (queue_.closed()) {
      if (written > 0) file_.take_back(written);
      return false;
    }
    if (wakeup_.wait_for(file_.fd(), POLLOUT, -1) == 0) continue;
    const std::size_t left = line.size() - written;
    const std::size_t piece = file_.keeps_all() ? left : std::min(kPiece, left);
    const ssize_t got = write(file_.fd(), line.data() + written, piece);
    if (got >= 0) {
      written += static_cast<std::size_t>(got);
      if (written == line.size() || !file_.keeps_all()) report_.works();
    } else if (errno != EINTR && errno != EAGAIN) {
      const int error = errno;
      if (written > 0 && file_.take_back(written)) written = 0;
      report_.fails(ResourceError(code_of(error),
                                  "cannot write to " + file_.name() + ": " + std::strerror(error)));
      queue_.pause(backoff.next());
    }
  }
  return true;
}

}  // namespace mvga::gst::publish
