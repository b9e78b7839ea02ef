// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/links.h"

#include <fcntl.h>
#include <glib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <string>

#include "core/base/error.h"

namespace mvga {
namespace {

using std::filesystem::path;

[[noreturn]] void fail_to_follow(const std::string& name, int error) {
  throw Error(ErrorKind::unwritable, name + ": cannot be written: " + g_strerror(error) +
                                         "; choose a path that this user may write to");
}

/// An open file that is closed again.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

/// Whether the link could be laid by somebody else, to have this user's files replaced.
bool is_a_trap(const struct stat& link, const path& folder) {
  struct stat above = {};
  if (::stat(folder.c_str(), &above) != 0) return false;  // what follows says what is wrong
  constexpr mode_t kForEverybody = S_ISVTX | S_IWOTH;
  return (above.st_mode & kForEverybody) == kForEverybody && link.st_uid != ::geteuid() &&
         link.st_uid != above.st_uid;
}

/// Where a link leads; nothing if it is none.
std::optional<path> target_of(const path& file, const std::string& name) {
  // One and the same link is looked at and read, whoever puts another in its place meanwhile.
  const Descriptor link(::open(file.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  struct stat status = {};
  if (link.get() < 0 || ::fstat(link.get(), &status) != 0 || !S_ISLNK(status.st_mode))
    return std::nullopt;
  if (is_a_trap(status, file.has_parent_path() ? file.parent_path() : "."))
    throw Error(ErrorKind::unwritable,
                name +
                    ": is another user's link in a folder in which everybody may write, and is "
                    "not followed; name another path");
  std::array<char, PATH_MAX> target{};
  const ssize_t length = ::readlinkat(link.get(), "", target.data(), target.size());
  if (length < 0) fail_to_follow(name, errno);
  return path(std::string(target.data(), static_cast<std::size_t>(length)));
}

}  // namespace

std::filesystem::path without_links(const std::filesystem::path& target) {
  path current = target;
  for (int links = 0; links < 40; ++links) {  // as many as Linux follows
    const auto next = target_of(current, target.string());
    if (!next) return current;
    current = current.parent_path() / *next;
  }
  fail_to_follow(target.string(), ELOOP);
}

}  // namespace mvga
