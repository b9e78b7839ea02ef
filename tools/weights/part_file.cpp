// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/part_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <sstream>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/small_text.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, int error) {
  const bool full = error == ENOSPC || error == EDQUOT;
  throw Error(full ? ErrorKind::no_space : ErrorKind::unwritable,
              path.string() + ": cannot be written: " + std::generic_category().message(error) +
                  (full ? "; free some space, or name a folder on another disk with --to"
                        : "; name a folder that this user may write to with --to"));
}

}  // namespace

PartFile::PartFile(const fs::path& target, std::string address)
    : path_(target.string() + ".part"),
      origin_(target.string() + ".part.from"),
      address_(std::move(address)) {
  open();
  struct stat status {};
  if (fstat(fd_, &status) == 0 && is_from_the_address())
    size_ = static_cast<std::uint64_t>(status.st_size);
  else
    truncate();
}

PartFile::~PartFile() {
  if (size_ == 0) remove();
  if (fd_ >= 0) ::close(fd_);
}

void PartFile::open() {
  struct stat status {};
  do {  // again if it was moved away between opening and locking
    if (fd_ >= 0) ::close(fd_);
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd_ < 0) fail(path_, errno);
    // A file system without locks is none of the user's business.
    if (flock(fd_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      ::close(std::exchange(fd_, -1));
      throw Error(ErrorKind::unwritable,
                  path_.string() + ": another process is at it; wait until it has finished");
    }
  } while (fstat(fd_, &status) == 0 && status.st_nlink == 0);
}

bool PartFile::is_from_the_address() {
  std::string text;
  try {
    text = read_small_text(origin_);
  } catch (const Error&) {
    return false;
  }
  std::istringstream lines(text);
  std::string address;
  return std::getline(lines, address) && std::getline(lines, version_) && address == address_;
}

void PartFile::truncate() {
  if (ftruncate(fd_, 0) != 0) fail(path_, errno);
  size_ = 0;
  version_.clear();
}

void PartFile::begin(const std::string& version) {
  truncate();
  const std::string origin = address_ + "\n" + version + "\n";
  write_file_atomically(origin_, std::as_bytes(std::span(origin)));
  version_ = version;
}

void PartFile::append(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path_, errno);
    size_ += static_cast<std::uint64_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void PartFile::remove() const {
  ::unlink(origin_.c_str());
  ::unlink(path_.c_str());
}

}  // namespace mvga::tool
