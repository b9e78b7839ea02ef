// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// JSON lines in a file, a pipe or the standard output.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "gst/publish/publisher.h"
#include "gst/publish/wakeup.h"

namespace mvga::gst::publish {

/// An open file, and what to call it when it cannot be written.
class OutputFile {
 public:
  OutputFile(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  ~OutputFile();
  OutputFile(OutputFile&& other) noexcept
      : fd_(other.fd_), name_(std::move(other.name_)), lacks_line_end_(other.lacks_line_end_) {
    other.fd_ = -1;
  }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  OutputFile& operator=(OutputFile&&) = delete;

  int fd() const { return fd_; }
  const std::string& name() const { return name_; }
  /// A file, not a pipe: it takes a line at once, or its disk is full.
  bool keeps_all() const;
  /// That something stood at its end, and was not ended: half a line, of one who was killed.
  bool lacks_line_end() const { return lacks_line_end_; }
  /// @param reading the same file, open for reading
  void look_at_end(int reading);
  /// So that half a line is not left on a full disk.
  /// @return whether the last `bytes` are gone from the file
  bool take_back(std::size_t bytes);

 private:
  int fd_;
  std::string name_;
  bool lacks_line_end_ = false;
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
