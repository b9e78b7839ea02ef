// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/safetensors.h"

#include <fcntl.h>
#include <glib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <stdexcept>
#include <utility>

#include "core/base/error.h"
#include "core/io/safetensors_header.h"

namespace mvga {
namespace {

constexpr std::uint64_t length_size = 8;

[[noreturn]] void unreadable(const std::string& name, const std::string& problem) {
  throw Error(ErrorKind::unreadable, name + ": " + problem);
}

/// The file as a descriptor that is known to be a regular file.
class InputFile {
 public:
  // O_NONBLOCK: a pipe without a writer must be an error, not a wait.
  InputFile(const std::filesystem::path& path, std::string name)
      : name_(std::move(name)), fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (fd_ < 0) fail_to_open(errno);
    struct stat status = {};
    const bool known = ::fstat(fd_, &status) == 0;
    const bool regular = known && S_ISREG(status.st_mode);
    if (!regular) {
      ::close(fd_);
      unreadable(name_, known && S_ISDIR(status.st_mode)
                            ? "is a folder; name a safetensors file in it"
                            : "is not a regular file; name a safetensors file");
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
  }
  ~InputFile() { ::close(fd_); }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  std::uint64_t size() const { return size_; }

  /// Appends the next bytes of the file until `bytes` holds `total`.
  void read_up_to(std::uint64_t total, std::vector<std::byte>& bytes) const {
    std::size_t at = bytes.size();
    bytes.resize(static_cast<std::size_t>(total));
    while (at < bytes.size()) {
      const ssize_t got = ::read(fd_, bytes.data() + at, bytes.size() - at);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) {
        unreadable(name_, std::string("cannot be read: ") + g_strerror(errno) +
                              "; check the disk, or copy the file again");
      }
      if (got == 0) unreadable(name_, "became shorter while it was read; try again");
      at += static_cast<std::size_t>(got);
    }
  }

 private:
  [[noreturn]] void fail_to_open(int error) const {
    if (error == ENOENT || error == ENOTDIR) {
      throw Error(ErrorKind::not_found, name_ + ": no such file; check the path");
    }
    unreadable(name_,
               std::string("cannot be opened: ") + g_strerror(error) +
                   (error == EACCES || error == EPERM ? "; give this user the right to read it"
                                                      : "; check the path"));
  }

  std::string name_;
  int fd_;
  std::uint64_t size_ = 0;
};

/// Where the data part begins. `start` is at least the first 8 bytes, if the file has as many.
std::uint64_t data_begin(std::span<const std::byte> start, std::uint64_t file_size,
                         const std::string& name) {
  if (file_size < length_size) {
    unreadable(name, "truncated: " + std::to_string(file_size) +
                         " bytes are too few for a safetensors file; copy the file again");
  }
  std::uint64_t header = 0;
  for (std::size_t i = length_size; i-- > 0;) {
    header = header << 8 | std::to_integer<std::uint64_t>(start[i]);
  }
  if (header > longest_header) {
    unreadable(name,
               "not a safetensors file, or none of ours: its first 8 bytes promise a header of " +
                   std::to_string(header) + " bytes, and no more than " +
                   std::to_string(longest_header) +
                   " are read; choose a file that ends in .safetensors or .mvga");
  }
  if (header > file_size - length_size) {
    unreadable(name, "truncated: a header of " + std::to_string(header) +
                         " bytes is promised, the file has " +
                         std::to_string(file_size - length_size) + "; copy the file again");
  }
  return length_size + header;
}

/// The header in `start`, the part of the file before its data, checked against the file's size.
SafetensorsHeader checked_header(std::span<const std::byte> start, std::uint64_t file_size,
                                 const std::string& name) {
  SafetensorsHeader header;
  try {
    const auto json = start.subspan(length_size);
    header = parse_safetensors_header({reinterpret_cast<const char*>(json.data()), json.size()});
  } catch (const HeaderProblem& problem) {
    unreadable(name, std::string("damaged or not supported: ") + problem.what() +
                         "; copy or create the file again");
  }
  const std::uint64_t data_size = file_size - start.size();
  if (data_size < header.data_size) {
    unreadable(name, "truncated: the header promises " + std::to_string(header.data_size) +
                         " bytes of data, the file has " + std::to_string(data_size) +
                         "; copy the file again");
  }
  if (data_size > header.data_size) {
    unreadable(name, "damaged: the header promises " + std::to_string(header.data_size) +
                         " bytes of data, the file has " + std::to_string(data_size) +
                         " and nothing may follow them; copy the file again");
  }
  return header;
}

/// The tensors without their bytes. Takes out of the header what they need of it, so that a large
/// one is not in memory twice.
std::map<std::string, TensorView> shapes(SafetensorsHeader& header) {
  std::map<std::string, TensorView> tensors;
  for (auto& [key, entry] : header.tensors)
    tensors.emplace_hint(tensors.end(), key, TensorView{entry.type, std::move(entry.shape), {}});
  return tensors;
}

void give_bytes(std::map<std::string, TensorView>& tensors, const SafetensorsHeader& header,
                std::span<const std::byte> data) {
  auto tensor = tensors.begin();
  for (const auto& [key, entry] : header.tensors)
    (tensor++)->second.bytes = data.subspan(entry.begin, entry.end - entry.begin);
}

void require_at_most(std::uint64_t largest, std::uint64_t size, const std::string& name) {
  if (size <= largest) return;
  unreadable(name, "has " + std::to_string(size) + " bytes, and no more than " +
                       std::to_string(largest) + " are read; choose another file");
}

/// Runs `read`; memory that does not suffice is an error like the others.
template <typename Read>
SafetensorsFile with_enough_memory(const std::string& name, Read read) {
  try {
    return read();
  } catch (const std::bad_alloc&) {
  } catch (const std::length_error&) {
  }
  throw Error(ErrorKind::no_space, name + ": not enough memory to read it; close other programs");
}

}  // namespace

std::size_t size_of(DType type) {
  switch (type) {
    case DType::f16:
    case DType::bf16:
      return 2;
    case DType::f32:
      return 4;
    case DType::f64:
    case DType::i64:
      return 8;
    case DType::u8:
      return 1;
  }
  throw std::logic_error("size_of: not a DType");
}

std::string_view name_of(DType type) {
  switch (type) {
    case DType::f16:
      return "F16";
    case DType::bf16:
      return "BF16";
    case DType::f32:
      return "F32";
    case DType::f64:
      return "F64";
    case DType::i64:
      return "I64";
    case DType::u8:
      return "U8";
  }
  throw std::logic_error("name_of: not a DType");
}

std::int64_t TensorView::elements() const {
  return static_cast<std::int64_t>(bytes.size() / size_of(type));
}

SafetensorsFile SafetensorsFile::open(const std::filesystem::path& path, std::uint64_t largest,
                                      const Judge& judge) {
  const std::string name = path.empty() ? "(empty path)" : path.string();
  return with_enough_memory(name, [&] {
    // The header is read and checked first: memory for the data is taken only when the file has
    // what the header promises.
    const InputFile input(path, name);
    SafetensorsFile file;
    file.name_ = name;
    input.read_up_to(std::min(length_size, input.size()), file.bytes_);
    const std::uint64_t begin = data_begin(file.bytes_, input.size(), name);
    input.read_up_to(begin, file.bytes_);
    SafetensorsHeader header = checked_header(file.bytes_, input.size(), name);
    file.tensors_ = shapes(header);
    file.metadata_ = std::move(header.metadata);
    if (judge) judge(file);
    require_at_most(largest, input.size(), name);
    input.read_up_to(input.size(), file.bytes_);
    give_bytes(file.tensors_, header, std::span(file.bytes_).subspan(begin));
    return file;
  });
}

SafetensorsFile SafetensorsFile::parse(std::vector<std::byte> bytes, const std::string& name) {
  return with_enough_memory(name, [&] {
    SafetensorsFile file;
    file.name_ = name;
    file.bytes_ = std::move(bytes);
    const std::span<const std::byte> all = file.bytes_;
    const std::uint64_t begin = data_begin(all, all.size(), name);
    SafetensorsHeader header = checked_header(all.first(begin), all.size(), name);
    file.tensors_ = shapes(header);
    give_bytes(file.tensors_, header, all.subspan(begin));
    file.metadata_ = std::move(header.metadata);
    return file;
  });
}

const TensorView* SafetensorsFile::find(const std::string& key) const {
  const auto found = tensors_.find(key);
  return found == tensors_.end() ? nullptr : &found->second;
}

}  // namespace mvga
