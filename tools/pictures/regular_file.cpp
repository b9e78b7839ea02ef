// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/regular_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "tools/pictures/samples.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

/// Of the largest picture: four colours of 16 bits that are not compressed, and what stands around.
constexpr std::uint64_t kLargestFile = 8 * kMostPixels + (std::uint64_t{64} << 20);

[[noreturn]] void fail(ErrorKind kind, const fs::path& file, const std::string& why) {
  throw Error(kind, file.string() + ": " + why);
}

}  // namespace

void check_is_file(const fs::path& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found)
    fail(ErrorKind::not_found, file, "there is no such file");
  if (status.type() == fs::file_type::none)
    fail(ErrorKind::unreadable, file, "cannot be looked at: " + error.message());
  if (status.type() == fs::file_type::directory)
    fail(ErrorKind::unreadable, file, "is a folder, not a file");
  if (status.type() != fs::file_type::regular)
    fail(ErrorKind::unreadable, file, "is a pipe or a device; only files are read");
  if (fs::file_size(file, error) == 0 && !error)
    fail(ErrorKind::unreadable, file, "the file is empty");
}

namespace {

int opened(const fs::path& file) {
  check_is_file(file);
  // Not to wait for a pipe that has come in the file's place meanwhile.
  const int descriptor = open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0)
    fail(ErrorKind::unreadable, file, "cannot be read: " + std::generic_category().message(errno));
  return descriptor;
}

}  // namespace

RegularFile::RegularFile(fs::path file) : file_(std::move(file)), descriptor_(opened(file_)) {
  struct stat status {};
  if (fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode)) {
    size_ = static_cast<std::uint64_t>(status.st_size);
    return;
  }
  close(descriptor_);
  fail(ErrorKind::unreadable, file_, "is no longer a file");
}

RegularFile::~RegularFile() {
  close(descriptor_);
}

std::size_t RegularFile::read(std::uint64_t from, std::span<unsigned char> to) const {
  std::size_t done = 0;
  while (done < to.size()) {
    const ssize_t now =
        pread(descriptor_, to.data() + done, to.size() - done, static_cast<off_t>(from + done));
    if (now == 0) break;
    if (now > 0)
      done += static_cast<std::size_t>(now);
    else if (errno != EINTR)
      fail(ErrorKind::unreadable, file_,
           "cannot be read: " + std::generic_category().message(errno));
  }
  return done;
}

std::vector<unsigned char> RegularFile::start(std::size_t most) const {
  std::vector<unsigned char> bytes(most);
  bytes.resize(read(0, bytes));
  return bytes;
}

std::vector<unsigned char> RegularFile::contents() const {
  if (size_ > kLargestFile)
    fail(ErrorKind::unreadable, file_,
         "is larger than any picture that is read (" + std::to_string(kLargestFile) + " bytes)");
  return start(static_cast<std::size_t>(size_));
}

}  // namespace mvga::tool
