// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/atomic_file.h"

#include <fcntl.h>
#include <glib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/io/links.h"

namespace mvga {
namespace {

using std::filesystem::path;

std::string because(int error) {
  return std::string(": ") + g_strerror(error);
}

/// `name` is the path as the caller gave it, which may be a link to the file.
[[noreturn]] void fail(const std::string& name, int error) {
  if (error == ENOSPC || error == EDQUOT) {
    throw Error(ErrorKind::no_space, name + ": cannot be written" + because(error) +
                                         "; free some space, or write to another disk");
  }
  throw Error(ErrorKind::unwritable, name + ": cannot be written" + because(error) +
                                         "; choose a path that this user may write to");
}

path folder_of(const path& file) {
  return file.has_parent_path() ? file.parent_path() : path(".");
}

/// A rename would replace a device or a pipe by a file: only a file may be replaced.
void require_replaceable(const path& target, const std::string& name) {
  std::error_code ignored;
  const auto status = std::filesystem::status(target, ignored);
  if (target.empty()) {
    throw Error(ErrorKind::unwritable, "an empty path cannot be written; name a file");
  }
  if (std::filesystem::is_directory(status)) {
    throw Error(ErrorKind::unwritable,
                name + ": is a folder, cannot be written; name a file in it");
  }
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw Error(ErrorKind::unwritable,
                name + ": is not a regular file, is not replaced; name another path");
  }
}

/// A new file beside the target, gone again unless it takes the target's place. Where the file
/// system can do it, it has no name until then, so that not even a killed process leaves it behind.
class TemporaryFile {
 public:
  TemporaryFile(const path& target, std::string name)
      : name_(std::move(name)), target_(target), folder_(folder_of(target)) {
    if (!open_without_name()) open_with_name();
    if (fd_ >= 0) {
      take_the_permissions_of_the_target();
      return;
    }
    if (errno == ENOENT || errno == ENOTDIR) {
      throw Error(ErrorKind::not_found, name_ + ": cannot be written, there is no folder " +
                                            folder_.string() + "; create it or choose another");
    }
    fail(name_, errno);
  }

  ~TemporaryFile() {
    if (fd_ >= 0) ::close(fd_);
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void write(std::span<const std::byte> bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(name_, errno);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }

  void sync() const {
    while (::fsync(fd_) != 0) {
      if (errno != EINTR) fail(name_, errno);
    }
  }

  void take_the_place_of_the_target() {
    if (!path_.empty()) {
      // A network file system may report a full disk only here.
      if (::close(std::exchange(fd_, -1)) != 0 && errno != EINTR) fail(name_, errno);
    } else if (give_name(target_)) {
      sync_folder();
      return;
    } else {
      for (path unused = unused_name(); path_.empty(); unused = unused_name())
        if (give_name(unused)) path_ = unused;
    }
    if (::rename(path_.c_str(), target_.c_str()) != 0) fail(name_, errno);
    path_.clear();
    sync_folder();
  }

 private:
  std::string by_descriptor() const { return "/proc/self/fd/" + std::to_string(fd_); }

  path unused_name() const {
    std::array<char, 32> unused = {};
    std::snprintf(unused.data(), unused.size(), ".mvga-%08x%08x", g_random_int(), g_random_int());
    return folder_ / unused.data();
  }

  bool open_without_name() {
    fd_ = ::open(folder_.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
    // Its later name is given by way of /proc, which a container may lack.
    if (fd_ >= 0 && ::access(by_descriptor().c_str(), F_OK) != 0) ::close(std::exchange(fd_, -1));
    return fd_ >= 0;
  }

  /// Before anything is in it that others may not read.
  void take_the_permissions_of_the_target() const {
    struct stat old = {};
    struct stat own = {};
    if (::stat(target_.c_str(), &old) != 0 || ::fstat(fd_, &own) != 0) return;
    mode_t mode = old.st_mode & 0777;
    constexpr auto kSameUser = static_cast<uid_t>(-1);
    if (own.st_gid != old.st_gid && ::fchown(fd_, kSameUser, old.st_gid) != 0)
      mode &= ~static_cast<mode_t>(S_IRWXG);
    ::fchmod(fd_, mode);  // a file system without permissions has none to keep
  }

  // Not mkostemp: open() applies the umask and the folder's default ACL without a race between
  // threads, mkostemp's 0600 would have to be widened by hand.
  void open_with_name() {
    path unused;
    do {
      unused = unused_name();
      fd_ = ::open(unused.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (fd_ < 0 && (errno == EEXIST || errno == EINTR));
    if (fd_ >= 0) path_ = unused;
  }

  /// @return false if there is a file of that name
  bool give_name(const path& file) const {
    if (::linkat(AT_FDCWD, by_descriptor().c_str(), AT_FDCWD, file.c_str(), AT_SYMLINK_FOLLOW) == 0)
      return true;
    if (errno != EEXIST) fail(name_, errno);
    return false;
  }

  /// Makes the rename survive a power cut. The new file is in place already and not every file
  /// system can do this, so a failure here is none of the caller's.
  void sync_folder() const {
    const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    ::fsync(folder);
    ::close(folder);
  }

  std::string name_;
  path target_;
  path folder_;
  path path_;  ///< empty while it has no name
  int fd_ = -1;
};

}  // namespace

void write_file_atomically(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  stream_file_atomically(path, [&](const ByteSink& sink) { sink(bytes); });
}

void stream_file_atomically(const std::filesystem::path& path, const ByteSource& source) {
  const auto target = without_links(path);
  require_replaceable(target, path.string());
  TemporaryFile temporary(target, path.string());
  source([&](std::span<const std::byte> bytes) { temporary.write(bytes); });
  temporary.sync();
  temporary.take_the_place_of_the_target();
}

void check_writable(const std::filesystem::path& path) {
  const auto target = without_links(path);
  require_replaceable(target, path.string());
  const TemporaryFile temporary(target, path.string());
  // A full disk may still have room for an empty file.
  constexpr std::array<std::byte, 4096> kBlock{};
  temporary.write(kBlock);
  temporary.sync();
}

}  // namespace mvga
