// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga weights get, from servers that do what servers do.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <thread>

#include "core/base/sha256.h"
#include "tests/core/io/small_disk.h"
#include "tests/core/io/test_files.h"
#include "tests/models/temporary_folder.h"
#include "tests/models/torch/random_weights.h"
#include "tests/tools/harness/failures.h"
#include "tests/tools/harness/run_tool.h"
#include "tests/tools/weights/weights_server.h"
#include "tools/weights/download.h"
#include "tools/weights/part_file.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// Whose SHA-256 the catalogue does not have.
constexpr const char* kName = "tf_efficientnet_b0";
constexpr const char* kFile = "tf_efficientnet_b0.safetensors";
constexpr std::size_t kPart = 3'000'000;

/// Variables of this process and those that it starts, as they were when the object is gone.
class Environment {
 public:
  Environment() = default;
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() {
    for (const auto& [name, value] : before_) assign(name, value);
  }
  void set(const std::string& name, const std::optional<std::string>& value) {
    const char* old = std::getenv(name.c_str());
    before_.try_emplace(name, old == nullptr ? std::nullopt : std::optional<std::string>(old));
    assign(name, value);
  }

 private:
  static void assign(const std::string& name, const std::optional<std::string>& value) {
    if (value)
      setenv(name.c_str(), value->c_str(), 1);
    else
      unsetenv(name.c_str());
  }
  std::map<std::string, std::optional<std::string>> before_;
};

class GetWeights : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    shared_ = new TemporaryFolder;
    random_weights(kName, 7).write(*shared_ / "weights");
    server_ = new WeightsServer(*shared_ / "weights", *shared_ / "log");
  }
  static void TearDownTestSuite() {
    delete server_;
    delete shared_;
  }
  void SetUp() override {
    environment_.set("XDG_DATA_HOME", (folder_ / "home").string());
    environment_.set("MVGA_WEIGHTS_PATH", std::nullopt);
    for (const char* proxy : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"})
      environment_.set(proxy, std::nullopt);
    fs::remove(log());
  }

  static fs::path log() { return *shared_ / "log"; }
  static std::string address(const std::string& path) { return server_->address(path); }
  static const std::string& weights() {
    static const std::string bytes = test::read_text(*shared_ / "weights");
    return bytes;
  }
  static std::string sha256() { return sha256_hex(test::bytes_of(weights())); }

  fs::path home() const { return folder_ / "home/mvga/weights"; }
  fs::path target() const { return home() / kFile; }
  std::string part() const { return test::read_text(target().string() + ".part"); }
  static Outcome get(const std::string& path, const std::string& more = "") {
    return mvga(std::string("weights get ") + kName + " --from '" + address(path) + "' " + more);
  }
  void expect_in_place() const {
    EXPECT_TRUE(test::read_text(target()) == weights()) << "it is not the file of the server";
    EXPECT_EQ(test::names_in(home()), kFile) << "something is left behind";
  }
  /// One line that says all that the user needs, and nothing in the folder.
  void expect_failed(const Outcome& outcome, const std::string& path, const std::string& words) {
    EXPECT_EQ(outcome.code, 1) << outcome.printed;
    const std::size_t at = outcome.printed.find("mvga: ");
    ASSERT_NE(at, std::string::npos) << outcome.printed;
    const std::string line = outcome.printed.substr(at);
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1) << line;
    EXPECT_TRUE(contains(line, words)) << words << "? " << line;
    EXPECT_TRUE(contains(line, path)) << "no address: " << line;
    EXPECT_EQ(test::names_in(home()), "") << line;
  }

  static inline TemporaryFolder* shared_ = nullptr;
  static inline WeightsServer* server_ = nullptr;
  Environment environment_;
  TemporaryFolder folder_;
};

TEST_F(GetWeights, PutsTheFileWhereItIsFound) {
  const Outcome outcome = get("/file");
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "wrote " + target().string())) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "SHA-256 " + sha256() + ", which is not known here"))
      << outcome.printed;
  expect_in_place();
  EXPECT_EQ(mvga(std::string("weights path ") + kName).printed, target().string() + "\n");
}

TEST_F(GetWeights, LeavesARightFileAlone) {
  ASSERT_EQ(get("/file").code, 0);
  fs::remove(log());
  for (const char* more : {"", "--sha256 "}) {
    const Outcome outcome = get("/file", *more == '\0' ? "" : more + sha256());
    EXPECT_EQ(outcome.code, 0);
    EXPECT_TRUE(contains(outcome.printed, "there already")) << outcome.printed;
  }
  EXPECT_FALSE(fs::exists(log())) << "it was downloaded again";
}

TEST_F(GetWeights, ReplacesAWrongFileOnlyWithForce) {
  fs::create_directories(home());
  for (const std::string& wrong : {std::string("not weights"), weights()}) {
    test::write_text(target(), wrong);
    const std::string expected = wrong == weights() ? "--sha256 " + std::string(64, 'a') : "";
    const Outcome outcome = get("/file", expected);
    EXPECT_EQ(outcome.code, 1);
    EXPECT_TRUE(contains(outcome.printed, "--force")) << outcome.printed;
    EXPECT_TRUE(test::read_text(target()) == wrong);
  }
  test::write_text(target(), "not weights");
  EXPECT_EQ(get("/page", "--force").code, 1);
  EXPECT_EQ(test::read_text(target()), "not weights") << "nothing came, but the old one is gone";
  EXPECT_EQ(get("/file", "--force").code, 0);
  expect_in_place();
}

TEST_F(GetWeights, ReplacesTheFileThatIsUsed) {
  fs::create_directory(folder_ / "first");
  test::write_text(folder_ / "first" / kFile, "not weights");
  environment_.set("MVGA_WEIGHTS_PATH", (folder_ / "first").string());
  EXPECT_EQ(get("/file", "--force").code, 0);
  EXPECT_TRUE(test::read_text(folder_ / "first" / kFile) == weights());
  EXPECT_FALSE(fs::exists(target())) << "it would not be found there";
}

TEST_F(GetWeights, TakesTheFirstFolderThatCanBeWrittenTo) {
  fs::create_directory(folder_ / "closed");
  fs::permissions(folder_ / "closed", fs::perms(0555));
  environment_.set("MVGA_WEIGHTS_PATH", "/proc/nowhere:" + (folder_ / "closed").string());
  const Outcome outcome = get("/file");
  fs::permissions(folder_ / "closed", fs::perms(0755));
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_EQ(test::names_in(folder_ / "closed"), "");
  expect_in_place();
}

TEST_F(GetWeights, TakesTheFolderThatIsNamed) {
  const fs::path to = folder_ / "a/b";
  const Outcome outcome = get("/file", "--to " + to.string());
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(test::read_text(to / kFile) == weights());
  EXPECT_TRUE(contains(outcome.printed, "MVGA_WEIGHTS_PATH=" + to.string()))
      << "it does not say that it will not be found: " << outcome.printed;
  const Outcome nowhere = get("/file", "--to /proc/nowhere");
  EXPECT_EQ(nowhere.code, 1);
  EXPECT_TRUE(contains(nowhere.printed, "mvga: /proc/nowhere: ")) << nowhere.printed;
}

TEST_F(GetWeights, ChecksWhatTheHubSays) {
  const Outcome outcome = get("/hub");
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "as the server says")) << outcome.printed;
  expect_in_place();
  fs::remove(target());
  expect_failed(get("/hub-wrong"), address("/hub-wrong"), "not " + std::string(64, '0'));
  expect_failed(get("/hub", "--sha256 " + std::string(64, 'a')), address("/hub"),
                "the server has another file");
}

TEST_F(GetWeights, RefusesAWrongHash) {
  EXPECT_EQ(get("/file", "--sha256 " + sha256()).code, 0);
  expect_in_place();
  fs::remove(target());
  expect_failed(get("/file", "--sha256 " + std::string(64, 'a')), address("/file"),
                "SHA-256 is " + sha256());
  const Outcome known = mvga("weights get resnet18 --from " + address("/file"));
  expect_failed(known, address("/file"), "--sha256 says which");
}

TEST_F(GetWeights, RefusesWeightsOfAnotherNetwork) {
  expect_failed(mvga("weights get tf_efficientnet_b1 --from " + address("/file")), address("/file"),
                "these are weights for tf_efficientnet_b0");
}

TEST_F(GetWeights, GoesOnWhereItWasCutOff) {
  const std::string path = "/cut/3000000/file";
  const Outcome cut = get(path);
  EXPECT_EQ(cut.code, 1);
  EXPECT_TRUE(contains(cut.printed, "3.0 MB are kept: run this again")) << cut.printed;
  EXPECT_TRUE(contains(cut.printed, "save it as " + target().string())) << cut.printed;
  EXPECT_FALSE(fs::exists(target()));
  EXPECT_TRUE(part() == weights().substr(0, kPart));

  const Outcome outcome = get(path);
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  expect_in_place();
  const std::string etag = "\"" + sha256().substr(0, 8) + "\"";
  EXPECT_EQ(test::read_text(log()),
            path + " None None\n" + path + " bytes=3000000- " + etag + "\n");
}

TEST_F(GetWeights, KeepsThePartWhenAPageComesInstead) {
  const std::string path = "/cut/3000007/page";
  EXPECT_EQ(get(path).code, 1);
  const Outcome outcome = get(path);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(contains(outcome.printed, "a page instead of the file")) << outcome.printed;
  EXPECT_EQ(part().size(), 3'000'007U);
}

TEST_F(GetWeights, SaysWhatAServerSendsInstead) {
  const std::map<std::string, std::string> cases = {
      {"/nothing", "HTTP status 404"}, {"/page", "a page instead"}, {"/text", "not the weights"},
      {"/empty", "not the weights"},   {"/loop", "redirect"},
  };
  for (const auto& [path, words] : cases) expect_failed(get(path), address(path), words);
  const std::string path = "/cut/3000008/wrong-range";
  EXPECT_EQ(get(path).code, 1);
  EXPECT_TRUE(contains(get(path).printed, "a range that was not asked for"));
  EXPECT_EQ(part().size(), 3'000'008U);
}

TEST_F(GetWeights, SaysWhereTheFileWouldGoWithoutANetwork) {
  for (const char* nowhere : {"http://127.0.0.1:1/w", "https://127.0.0.1:1/w", "file:///no/file"}) {
    const Outcome outcome =
        mvga(std::string("weights get ") + kName + " --quiet --from " + nowhere);
    expect_failed(outcome, nowhere, "save it as " + target().string());
    EXPECT_EQ(outcome.printed.rfind("mvga: ", 0), 0U) << outcome.printed;
  }
}

TEST_F(GetWeights, CopiesAFileOfTheDisk) {
  const std::string file = "file://" + (*shared_ / "weights").string();
  const Outcome outcome = mvga(std::string("weights get ") + kName + " --from " + file);
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  expect_in_place();
}

TEST_F(GetWeights, StaysWithTls) {
  const fs::path certificate = folder_ / "certificate.pem";
  const std::string make =
      "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 "
      "-addext subjectAltName=IP:127.0.0.1 -keyout " +
      certificate.string() + " -out " + certificate.string() + ".crt 2>/dev/null && cat " +
      certificate.string() + ".crt >>" + certificate.string();
  if (std::system(make.c_str()) != 0) GTEST_SKIP() << "openssl makes no certificate here";
  const WeightsServer server(*shared_ / "weights", log(), certificate);
  const std::string command = std::string("weights get ") + kName + " --from ";
  expect_failed(mvga(command + server.address("/file")), server.address("/file"), "certificate");
  environment_.set("CURL_CA_BUNDLE", certificate.string());
  const std::string down = server.address("/to?" + address("/file"));
  expect_failed(mvga(command + "'" + down + "'"), down,
                "redirects to an address that is not https");
  const Outcome outcome = mvga(command + server.address("/hub"));
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  expect_in_place();
}

/// Starts the program, waits until `part` has that size, and ends it.
/// @return the status that waitpid() gives
int end_at(const fs::path& part, std::size_t size, int signal, const std::string& arguments) {
  const std::string command = std::string("exec ") + std::getenv("MVGA_TOOL") + " " + arguments;
  const pid_t pid = fork();
  if (pid == 0) {
    std::signal(SIGINT, SIG_DFL);  // a shell that runs the tests in the background has it ignored
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
  }
  for (auto start = Clock::now(); Clock::now() - start < 60s;) {
    std::error_code ignored;
    if (fs::file_size(part, ignored) == size) break;
    std::this_thread::sleep_for(5ms);
  }
  kill(pid, signal);
  int status = 0;
  waitpid(pid, &status, 0);
  return status;
}

TEST_F(GetWeights, KeepsThePartWhenItIsInterrupted) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const std::size_t size = kPart + 100 + static_cast<std::size_t>(signal);
    const std::string path = "/slow/" + std::to_string(size) + "/file";
    const int status =
        end_at(target().string() + ".part", size, signal,
               std::string("weights get ") + kName + " --quiet --from " + address(path));
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == signal);
    EXPECT_TRUE(part() == weights().substr(0, size));
    EXPECT_FALSE(fs::exists(target()));
  }
}

TEST_F(GetWeights, LeavesThePartToTheProcessThatIsAtIt) {
  fs::create_directories(home());
  const tool::PartFile part(target(), "https://elsewhere/");
  const Outcome outcome = get("/file");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(contains(outcome.printed, "another process is at it")) << outcome.printed;
}

TEST_F(GetWeights, SaysThatTheDiskIsFull) {
  fs::create_directory(folder_ / "small");
  const std::string answer = test::in_child([&]() -> std::string {
    if (!test::mount_tmpfs(folder_ / "small", "size=4m")) return "no mount";
    const Outcome outcome = get("/file", "--to " + (folder_ / "small").string());
    return std::to_string(outcome.code) + outcome.printed + test::names_in(folder_ / "small");
  });
  if (answer == "no mount") GTEST_SKIP() << "a small file system cannot be mounted here";
  EXPECT_EQ(answer.substr(0, 1), "1") << answer;
  EXPECT_TRUE(contains(answer, "No space left on device; free some space")) << answer;
  EXPECT_TRUE(answer.ends_with(".part tf_efficientnet_b0.safetensors.part.from")) << answer;
}

TEST_F(GetWeights, KnowsWhatItIsAskedFor) {
  const Outcome unknown = mvga("weights get resnet19");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_TRUE(contains(unknown.printed, "known are convnext_tiny, ")) << unknown.printed;
  EXPECT_EQ(mvga("weights").code, 2);
  EXPECT_EQ(mvga("weights get").code, 2);
  EXPECT_EQ(mvga("weights get resnet18 --sha256 12").code, 2);
  const Outcome none = mvga("weights get efficientnet_b7");
  EXPECT_EQ(none.code, 1);
  EXPECT_TRUE(contains(none.printed, "--from")) << none.printed;
  const Outcome ftp = mvga("weights get resnet18 --from ftp://127.0.0.1/w");
  EXPECT_EQ(ftp.code, 1);
  EXPECT_TRUE(contains(ftp.printed, "https://")) << ftp.printed;
}

/// The same without the program around it, and with nothing checked.
class Download : public GetWeights {
 protected:
  void SetUp() override {
    GetWeights::SetUp();
    fs::create_directories(home());
  }
  /// What there is after an attempt at the address.
  std::string attempt(const std::string& address, const std::string& sha256 = "",
                      std::uint64_t largest = kLargestWeights) const {
    tool::PartFile part(target(), address);
    tool::DownloadSettings settings;
    settings.sha256 = sha256;
    settings.request.stall_seconds = 1;
    settings.largest = largest;
    settings.quiet = true;
    failure_ = failure_of([&] { tool::download(part, settings); });
    return this->part();
  }
  const std::string& failure() const { return failure_; }
  void expect_interrupted(const std::string& path, std::size_t size,
                          const std::string& sha256 = "") const {
    EXPECT_EQ(attempt(address(path), sha256).size(), size);
    EXPECT_NE(failure(), "no error");
  }
  void expect_complete(const std::string& path, const std::string& sha256 = "") const {
    EXPECT_TRUE(attempt(address(path), sha256) == weights()) << "it is not the server's file";
    EXPECT_EQ(failure(), "no error");
  }
  void write_part(const std::string& bytes) const {
    const std::string stem = target().string();
    test::write_text(stem + ".part", bytes);
    test::write_text(stem + ".part.from",
                     address("/file") + "\n\"" + sha256().substr(0, 8) + "\"\n");
  }

 private:
  mutable std::string failure_;
};

TEST_F(Download, StartsOverWhereTheServerIgnoresRanges) {
  expect_interrupted("/cut/3000001/no-range", 3'000'001);
  expect_complete("/cut/3000001/no-range");
  EXPECT_TRUE(contains(test::read_text(log()), "bytes=3000001-")) << "it did not even ask";
}

TEST_F(Download, StartsOverWhenTheFileHasChanged) {
  expect_interrupted("/was/3000002/file", 3'000'002);
  expect_complete("/was/3000002/file");
  EXPECT_TRUE(contains(test::read_text(log()), "bytes=3000002- \"old\""));
}

TEST_F(Download, StartsOverFromAnotherAddress) {
  expect_interrupted("/cut/3000003/file", 3'000'003);
  expect_complete("/file");
  EXPECT_FALSE(contains(test::read_text(log()), "bytes="));
}

TEST_F(Download, GoesOnBlindlyOnlyIfAHashWillTell) {
  expect_interrupted("/cut/3000004/no-etag", 3'000'004);
  expect_complete("/cut/3000004/no-etag");
  EXPECT_FALSE(contains(test::read_text(log()), "bytes=")) << "nobody would notice a mixture";

  expect_interrupted("/cut/3000005/no-etag", 3'000'005, sha256());
  expect_complete("/cut/3000005/no-etag", sha256());
  EXPECT_TRUE(contains(test::read_text(log()), "/no-etag bytes=3000005- None"));
}

TEST_F(Download, FinishesWhatIsComplete) {
  write_part(weights());
  expect_complete("/file");
  write_part(weights() + "more");
  expect_complete("/file");
}

TEST_F(Download, FollowsRedirectsButNotToFiles) {
  expect_complete("/to?" + address("/file"));
  fs::remove(target().string() + ".part");
  expect_interrupted("/to?file://" + (*shared_ / "weights").string(), 0);
  EXPECT_TRUE(contains(failure(), "redirects to an address that is not http://")) << failure();
}

TEST_F(Download, AsksTheProxyOfTheEnvironment) {
  environment_.set("http_proxy", address(""));
  environment_.set("no_proxy", std::nullopt);
  EXPECT_TRUE(attempt("http://weights.invalid/b0") == weights()) << failure();
  EXPECT_EQ(test::read_text(log()), "http://weights.invalid/b0 None None\n");
}

TEST_F(Download, TakesNoMoreThanTheFileMayHave) {
  for (const char* path : {"/file", "/no-range", "/huge", "/endless", "/endless-to"}) {
    SCOPED_TRACE(path);
    EXPECT_EQ(attempt(address(path), "", 5'000'000), "") << "something is kept";
    EXPECT_TRUE(contains(failure(), "more than the 5000000 bytes that this file may have"))
        << failure();
  }
  EXPECT_EQ(test::names_in(home()), "");
  write_part(weights().substr(0, 1000));
  EXPECT_EQ(attempt(address("/file"), "", 5'000'000), "") << "of a range nothing else holds";
  attempt(address("/file"), "", weights().size());
  EXPECT_EQ(failure(), "no error") << "as much as it may have is not too much";
}

TEST_F(Download, EndsThoughTextForPeopleDoesNot) {
  test::write_text(target().string() + ".part", "12345");
  test::write_text(target().string() + ".part.from", address("/endless-416") + "\n\"v\"\n");
  EXPECT_EQ(attempt(address("/endless-416"), "", 5'000'000), "");
  EXPECT_TRUE(contains(failure(), "more than the 5000000 bytes")) << failure();
}

TEST_F(Download, EndsThoughHeadersDoNot) {
  for (const char* path : {"/headers", "/interim"}) {
    expect_interrupted(path, 0);
    EXPECT_TRUE(contains(failure(), path)) << failure();
  }
}

TEST_F(GetWeights, TakesNoFileThatIsLargerThanAny) {
  expect_failed(get("/huge"), "/huge", "more than the 1000000000 bytes that this file may have");
}

TEST_F(Download, GivesUpWhenNothingComes) {
  expect_interrupted("/slow/3000010/file", 3'000'010);
  EXPECT_TRUE(contains(failure(), "too slow")) << failure();
}

}  // namespace
}  // namespace mvga::testing
