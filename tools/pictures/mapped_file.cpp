// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/mapped_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

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

MappedFile::MappedFile(const fs::path& file) {
  check_is_file(file);
  // Not to wait for a pipe that has come in the file's place meanwhile.
  const int descriptor = open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0)
    fail(ErrorKind::unreadable, file, "cannot be read: " + std::generic_category().message(errno));
  GError* error = nullptr;
  mapped_.reset(g_mapped_file_new_from_fd(descriptor, FALSE, &error));
  close(descriptor);
  if (mapped_) return;
  const std::string why = error->message;
  g_error_free(error);
  fail(ErrorKind::unreadable, file, "cannot be read: " + why);
}

Bytes MappedFile::bytes() const {
  return {reinterpret_cast<const unsigned char*>(g_mapped_file_get_contents(mapped_.get())),
          g_mapped_file_get_length(mapped_.get())};
}

}  // namespace mvga::tool
