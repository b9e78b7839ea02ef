// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// JSON lines in a file, a pipe or the standard output.
#pragma once

#include <string>

#include "gst/publish/publisher.h"
#include "gst/publish/wakeup.h"

namespace mvga::gst::publish {

/// An open file, and what to call it when it cannot be written.
class OutputFile {
 public:
  OutputFile(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  ~OutputFile();
  OutputFile(OutputFile&& other) noexcept : fd_(other.fd_), name_(std::move(other.name_)) {
    other.fd_ = -1;
  }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  OutputFile& operator=(OutputFile&&) = delete;

  int fd() const { return fd_; }
  const std::string& name() const { return name_; }

 private:
  int fd_;
  std::string name_;
};

/// Made where there is none.
/// @throws ResourceError OPEN_WRITE
OutputFile open_for_appending(const std::string& path);
OutputFile standard_output();

class FilePublisher : public Publisher {
 public:
  FilePublisher(OutputFile file, DocumentQueue& queue, ConnectionReport& report)
      : file_(std::move(file)), queue_(queue), report_(report) {}

  void run() override;
  void wake() override { wakeup_.wake(); }

 private:
  /// Whether all of it was written; otherwise the queue was closed.
  bool write_line(const std::string& line);

  OutputFile file_;
  DocumentQueue& queue_;
  ConnectionReport& report_;
  Wakeup wakeup_;
};

}  // namespace mvga::gst::publish
