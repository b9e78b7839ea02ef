// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/atomic_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "tests/core/io/small_disk.h"
#include "tests/core/io/test_files.h"

namespace mvga {
namespace {

using test::bytes_of;
using test::in_child;
using test::mount_tmpfs;
using test::names_in;
using test::read_text;
using test::TemporaryFolder;
using test::write_text;

std::string name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::not_found:
      return "not_found";
    case ErrorKind::unwritable:
      return "unwritable";
    case ErrorKind::no_space:
      return "no_space";
    default:
      return "another kind";
  }
}

/// "written", or the kind of the error, after checking what holds for each.
std::string outcome(const std::filesystem::path& path, std::string_view text) {
  try {
    write_file_atomically(path, bytes_of(text));
    return "written";
  } catch (const Error& e) {
    const std::string what = e.what();
    if (what.find(path.string()) == std::string::npos) return "does not name the file: " + what;
    if (what.find('\n') != std::string::npos) return "is not one line: " + what;
    if (what.find("; ") == std::string::npos) return "offers no way out: " + what;
    return name_of(e.kind());
  }
}

mode_t mode_of(const std::filesystem::path& file) {
  struct stat status = {};
  EXPECT_EQ(::stat(file.c_str(), &status), 0);
  return status.st_mode & 07777;
}

TEST(AtomicFile, WritesANewFile) {
  const TemporaryFolder folder;
  write_file_atomically(folder / "f", bytes_of("text"));
  EXPECT_EQ(read_text(folder / "f"), "text");
  EXPECT_EQ(names_in(folder.path()), "f") << "a temporary file is left behind";
}

TEST(AtomicFile, ReplacesAnOldFile) {
  const TemporaryFolder folder;
  write_text(folder / "f", "a longer old text");
  write_file_atomically(folder / "f", bytes_of("new"));
  EXPECT_EQ(read_text(folder / "f"), "new");
  EXPECT_EQ(names_in(folder.path()), "f");
}

TEST(AtomicFile, WritesNothingAndMuch) {
  const TemporaryFolder folder;
  write_file_atomically(folder / "empty", {});
  EXPECT_EQ(std::filesystem::file_size(folder / "empty"), 0u);
  const std::string much(3'000'001, 'm');
  write_file_atomically(folder / "much", bytes_of(much));
  EXPECT_EQ(read_text(folder / "much"), much);
}

TEST(AtomicFile, WritesIntoTheCurrentFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(in_child([&]() -> std::string {
              std::filesystem::current_path(folder.path());
              return outcome("f", "text");
            }),
            "written");
  EXPECT_EQ(read_text(folder / "f"), "text");
}

TEST(AtomicFile, HonoursTheUmask) {
  const TemporaryFolder folder;
  for (const mode_t mask : {mode_t{022}, mode_t{027}, mode_t{077}, mode_t{0}}) {
    const mode_t before = ::umask(mask);
    write_file_atomically(folder / "f", bytes_of("text"));
    ::umask(before);
    EXPECT_EQ(mode_of(folder / "f"), 0666 & ~mask);
    std::filesystem::remove(folder / "f");
  }
}

TEST(AtomicFile, KeepsThePermissionsOfTheFileThatItReplaces) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("f", folder / "link");
  for (const mode_t mode : {mode_t{0600}, mode_t{0640}, mode_t{0664}, mode_t{0400}, mode_t{0777}}) {
    write_text(folder / "f", "old");
    ASSERT_EQ(::chmod((folder / "f").c_str(), mode), 0);
    write_file_atomically(folder / "link", bytes_of("new"));
    EXPECT_EQ(read_text(folder / "f"), "new");
    EXPECT_EQ(mode_of(folder / "f"), mode) << "others may read it now, or its users no longer";
    std::filesystem::remove(folder / "f");
  }
}

TEST(AtomicFile, KeepsTheGroupOrWhatWasMeantForIt) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files to others";
  const TemporaryFolder folder;
  ASSERT_EQ(::chmod(folder.path().c_str(), 0777), 0);
  const auto replaced = [&](uid_t user) -> std::string {
    write_text(folder / "f", "old");
    if (::chown((folder / "f").c_str(), user, 4242) != 0) return "no chown";
    if (::chmod((folder / "f").c_str(), 0640) != 0) return "no chmod";
    return in_child([&]() -> std::string {
      if (::setegid(65534) != 0 || ::seteuid(user) != 0) return "same user";
      write_file_atomically(folder / "f", bytes_of("new"));
      struct stat status = {};
      if (::stat((folder / "f").c_str(), &status) != 0) return "no file";
      return std::to_string(status.st_gid) + (status.st_mode & S_IRWXG ? " may" : " may not");
    });
  };
  const std::string as_another = replaced(65534);
  if (as_another.starts_with("no") || as_another == "same user") GTEST_SKIP() << as_another;
  EXPECT_EQ(as_another, "65534 may not") << "another group reads what was not meant for it";
  EXPECT_EQ(replaced(0), "4242 may");
}

TEST(AtomicFile, DoesNotFollowOthersLinksWhereEverybodyMayWrite) {
  const TemporaryFolder folder;
  const auto link_of = [&](uid_t user, mode_t mode) -> std::string {
    std::filesystem::remove_all(folder / "shared");
    std::filesystem::create_directory(folder / "shared");
    write_text(folder / "mine", "old");
    std::filesystem::create_symlink(folder / "mine", folder / "shared/f");
    if (::lchown((folder / "shared/f").c_str(), user, user) != 0) return "no chown";
    if (::chmod((folder / "shared").c_str(), mode) != 0) return "no chmod";
    const std::string result = outcome(folder / "shared/f", "new");
    return result + ", " + read_text(folder / "mine");
  };
  EXPECT_EQ(link_of(::geteuid(), 01777), "written, new");
  const std::string others = link_of(65534, 01777);
  if (others == "no chown") GTEST_SKIP() << "only root gives files to others";
  EXPECT_EQ(others, "unwritable, old");
  EXPECT_EQ(link_of(65534, 0755), "written, new") << "nobody else can have laid it there";
}

TEST(AtomicFile, ReplacesWhatALinkPointsTo) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "real");
  write_text(folder / "real/f", "old");
  std::filesystem::create_symlink("real/f", folder / "middle");
  std::filesystem::create_symlink(folder / "middle", folder / "link");
  write_file_atomically(folder / "link", bytes_of("new"));
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link")) << "the link itself was replaced";
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "middle"));
  EXPECT_EQ(read_text(folder / "real/f"), "new");
  EXPECT_EQ(names_in(folder / "real"), "f");
}

TEST(AtomicFile, CreatesWhatALinkPointsTo) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("later", folder / "link");
  write_file_atomically(folder / "link", bytes_of("new"));
  EXPECT_EQ(read_text(folder / "later"), "new");
  EXPECT_EQ(names_in(folder.path()), "later link");
}

TEST(AtomicFile, RefusesLinksInACircle) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("b", folder / "a");
  std::filesystem::create_symlink("a", folder / "b");
  EXPECT_EQ(outcome(folder / "a", "text"), "unwritable");
  EXPECT_EQ(names_in(folder.path()), "a b");
}

TEST(AtomicFile, SaysThatThereIsNoFolder) {
  const TemporaryFolder folder;
  write_text(folder / "file", "old");
  EXPECT_EQ(outcome(folder / "none/f", "text"), "not_found");
  EXPECT_EQ(outcome(folder / "none/", "text"), "not_found");
  EXPECT_EQ(outcome(folder / "file/f", "text"), "not_found");
  std::filesystem::create_symlink("none/f", folder / "link");
  EXPECT_EQ(outcome(folder / "link", "text"), "not_found");
  EXPECT_EQ(read_text(folder / "file"), "old");
  EXPECT_EQ(names_in(folder.path()), "file link");
}

TEST(AtomicFile, RefusesToReplaceAFolder) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "sub");
  EXPECT_EQ(outcome(folder / "sub", "text"), "unwritable");
  EXPECT_EQ(outcome(folder / "sub/", "text"), "unwritable");
  EXPECT_EQ(names_in(folder / "sub"), "");
  EXPECT_EQ(names_in(folder.path()), "sub");
}

TEST(AtomicFile, RefusesToReplaceADevice) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(outcome(folder / "pipe", "text"), "unwritable");
  EXPECT_TRUE(std::filesystem::is_fifo(folder / "pipe"));
  EXPECT_EQ(outcome("/dev/null", "text"), "unwritable");
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST(AtomicFile, RefusesPathsThatCannotBe) {
  const TemporaryFolder folder;
  EXPECT_EQ(outcome(folder / std::string(300, 'n'), "text"), "unwritable");
  EXPECT_THROW(write_file_atomically("", bytes_of("text")), Error);
  EXPECT_EQ(names_in(folder.path()), "") << "a temporary file is left behind";
}

TEST(AtomicFile, KeepsTheOldFileWhenTheDiskIsFull) {
  const TemporaryFolder folder;
  const std::string answer = in_child([&]() -> std::string {
    if (!mount_tmpfs(folder.path(), "size=64k")) return "no mount";
    write_text(folder / "f", "old");
    const std::string result = outcome(folder / "f", std::string(1'000'000, 'n'));
    return result + ", " + read_text(folder / "f") + ", " + names_in(folder.path());
  });
  if (answer == "no mount") GTEST_SKIP() << "a small file system cannot be mounted here";
  EXPECT_EQ(answer, "no_space, old, f");
}

TEST(AtomicFile, SaysThatTheDiskIsFullWhenNotEvenAnEmptyFileFits) {
  const TemporaryFolder folder;
  const std::string answer = in_child([&]() -> std::string {
    if (!mount_tmpfs(folder.path(), "nr_inodes=2")) return "no mount";
    write_text(folder / "f", "old");
    return outcome(folder / "f", "new") + ", " + read_text(folder / "f");
  });
  if (answer == "no mount") GTEST_SKIP() << "a small file system cannot be mounted here";
  EXPECT_EQ(answer, "no_space, old");
}

TEST(AtomicFile, KeepsTheOldFileWhenTheDiskIsReadOnly) {
  const TemporaryFolder folder;
  const std::string answer = in_child([&]() -> std::string {
    if (!mount_tmpfs(folder.path(), "size=64k")) return "no mount";
    write_text(folder / "f", "old");
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) != 0) {
      return "no mount";
    }
    return outcome(folder / "f", "new") + ", " + read_text(folder / "f");
  });
  if (answer == "no mount") GTEST_SKIP() << "a read-only file system cannot be mounted here";
  EXPECT_EQ(answer, "unwritable, old");
}

TEST(AtomicFile, KeepsTheOldFileWhenTheUserMayNotWriteToTheFolder) {
  const TemporaryFolder folder;
  write_text(folder / "f", "old");
  ASSERT_EQ(::chmod(folder.path().c_str(), 0555), 0);
  const std::string answer = in_child([&]() -> std::string {
    if (::geteuid() == 0 && ::seteuid(65534) != 0) return "same user";
    return outcome(folder / "f", "new");
  });
  ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
  if (answer == "same user") GTEST_SKIP() << "root cannot become another user here";
  EXPECT_EQ(answer, "unwritable");
  EXPECT_EQ(read_text(folder / "f"), "old");
}

// Works everywhere, as the mounts above do not: the write stops in the middle of the file.
TEST(AtomicFile, KeepsTheOldFileWhenWritingStopsHalfway) {
  const TemporaryFolder folder;
  write_text(folder / "f", "old");
  EXPECT_EQ(in_child([&]() -> std::string {
              ::signal(SIGXFSZ, SIG_IGN);
              const rlimit limit = {1000, 1000};
              if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return "setrlimit failed";
              return outcome(folder / "f", std::string(5000, 'n'));
            }),
            "unwritable");
  EXPECT_EQ(read_text(folder / "f"), "old");
  EXPECT_EQ(names_in(folder.path()), "f") << "the temporary file is left behind";
}

TEST(AtomicFile, ShowsAReaderTheOldFileOrTheNewOne) {
  const TemporaryFolder folder;
  const std::string a(200'000, 'a');
  const std::string b(100'000, 'b');
  write_file_atomically(folder / "f", bytes_of(a));
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 0; i < 40; ++i) write_file_atomically(folder / "f", bytes_of(i % 2 ? a : b));
    done = true;
  });
  int torn = 0;
  while (!done) {
    const std::string seen = read_text(folder / "f");
    torn += seen != a && seen != b;
  }
  writer.join();
  EXPECT_EQ(torn, 0);
}

TEST(AtomicFile, LetsTwoWritersRace) {
  const TemporaryFolder folder;
  const auto write_often = [&](const std::string& text) {
    for (int i = 0; i < 20; ++i) write_file_atomically(folder / "f", bytes_of(text));
  };
  std::thread other([&] { write_often(std::string(50'000, 'o')); });
  write_often(std::string(70'000, 't'));
  other.join();
  const std::string last = read_text(folder / "f");
  EXPECT_TRUE(last == std::string(50'000, 'o') || last == std::string(70'000, 't'));
  EXPECT_EQ(names_in(folder.path()), "f");
}

TEST(AtomicFile, IsNotSeenUntilItIsWhole) {
  const TemporaryFolder folder;
  const int probe = ::open(folder.path().c_str(), O_WRONLY | O_TMPFILE, 0600);
  if (probe < 0) GTEST_SKIP() << "this file system has no files without names";
  ::close(probe);
  std::atomic<bool> done = false;
  std::thread writer([&] {
    const std::string much(5'000'000, 'm');
    for (int i = 0; i < 20; ++i) write_file_atomically(folder / std::to_string(i), bytes_of(much));
    done = true;
  });
  std::string seen;
  while (!done && seen.find('.') == std::string::npos) seen = names_in(folder.path());
  writer.join();
  EXPECT_EQ(seen.find('.'), std::string::npos)
      << "whoever kills the process now leaves a temporary file: " << seen;
}

TEST(CheckWritable, SaysThatTheDiskIsFull) {
  const TemporaryFolder folder;
  const std::string answer = in_child([&]() -> std::string {
    if (!mount_tmpfs(folder.path(), "size=64k")) return "no mount";
    try {
      write_text(folder / "other", std::string(65536, 'o'));
      check_writable(folder / "f");
      return "writable";
    } catch (const Error& e) {
      return name_of(e.kind());
    }
  });
  if (answer == "no mount") GTEST_SKIP() << "a small file system cannot be mounted here";
  EXPECT_EQ(answer, "no_space");
}

TEST(CheckWritable, LeavesTheFolderAsItWas) {
  const TemporaryFolder folder;
  check_writable(folder / "new");
  EXPECT_EQ(names_in(folder.path()), "") << "the trial is left behind";
  write_text(folder / "f", "old");
  check_writable(folder / "f");
  EXPECT_EQ(read_text(folder / "f"), "old");
  EXPECT_EQ(names_in(folder.path()), "f");
}

TEST(CheckWritable, FailsWhereWritingWould) {
  const TemporaryFolder folder;
  EXPECT_THROW(check_writable(folder / "none/f"), Error);
  EXPECT_THROW(check_writable(folder.path()), Error) << "a folder is not replaced";
  EXPECT_THROW(check_writable("/dev/null"), Error) << "a device is not replaced";
  EXPECT_THROW(check_writable(""), Error);
}

}  // namespace
}  // namespace mvga
