// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgapublish with a real MQTT broker, which comes and goes.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "core/base/printable.h"
#include "tests/core/io/test_files.h"
#include "tests/gst/harness/free_port.h"
#include "tests/gst/harness/publish_harness.h"
#include "tests/gst/publish/mosquitto_broker.h"
#include "tests/gst/publish/mqtt_listener.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

constexpr const char* kSecret = "correct-horse-battery";

class PublishMqtt : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!MosquittoBroker::installed()) GTEST_SKIP() << "Debian's package mosquitto is missing";
  }
};

void aim(Publish& publish, const std::string& address) {
  publish.set("method", 2, "address", address.c_str(), "topic", "line/3", "drain-timeout", 30'000);
}

/// The seconds that the documents are about, each once.
std::set<unsigned> seconds_of(const std::vector<nlohmann::json>& documents) {
  std::set<unsigned> seconds;
  for (const auto& document : documents)
    seconds.insert(static_cast<unsigned>(document["timestamp"].get<guint64>() / GST_SECOND));
  return seconds;
}

void run(const std::string& command) {
  ASSERT_EQ(std::system((command + " >/dev/null 2>&1").c_str()), 0) << command;
}

TEST_F(PublishMqtt, DeliversEveryDocumentBeforeTheStreamEnds) {
  MosquittoBroker broker;
  MqttListener listener(broker.port());
  Publish publish;
  aim(publish, broker.address());
  publish.start();
  publish.publish(100);
  publish.end();
  EXPECT_EQ(publish.counts().published, 100u);
  const auto documents = listener.wait_for(100);
  EXPECT_EQ(documents.size(), 100u);
  EXPECT_EQ(schema_complaints(documents, "mvga-frame-1.json"), "");
  EXPECT_EQ(listener.topic(), "line/3");
  EXPECT_EQ(documents.front()["timestamp"], 0);
  EXPECT_EQ(documents.back()["timestamp"], 99 * GST_SECOND) << "not in order";
  EXPECT_FALSE(publish.warning());
}

TEST_F(PublishMqtt, LosesNothingWhenTheBrokerIsRestarted) {
  MosquittoBroker broker;
  MqttListener listener(broker.port());
  Publish publish;
  aim(publish, broker.address());
  publish.start();
  publish.publish(100);
  listener.wait_for(1);
  broker.stop();
  const auto warning = publish.await(GST_MESSAGE_WARNING);
  ASSERT_TRUE(warning);
  EXPECT_EQ(warning->domain, GST_RESOURCE_ERROR);
  EXPECT_NE(warning->text.find(broker.address()), std::string::npos) << warning->text;
  EXPECT_EQ(publish.publish(100, 100), GST_FLOW_OK) << "the video does not wait";
  EXPECT_GE(publish.counts().queued, 100u);
  broker.start();
  publish.publish(100, 200);
  publish.end();
  EXPECT_EQ(publish.counts().published, 300u);
  EXPECT_EQ(publish.counts().dropped, 0u);
  EXPECT_EQ(publish.counts().reconnects, 1u);
  EXPECT_TRUE(publish.await(GST_MESSAGE_INFO)) << "nobody is told that it works again";
  EXPECT_EQ(seconds_of(listener.wait_for(300)).size(), 300u);
}

TEST_F(PublishMqtt, LosesNothingWhenTheBrokerIsKilledInTheMiddle) {
  MosquittoBroker broker;
  MqttListener listener(broker.port());
  Publish publish;
  aim(publish, broker.address());
  publish.start();
  publish.publish(1);
  listener.wait_for(1);
  publish.publish(200, 1);
  broker.stop(SIGKILL);
  publish.publish(50, 201);
  broker.start();
  publish.end();
  EXPECT_EQ(publish.counts().published, 251u);
  EXPECT_EQ(publish.counts().dropped, 0u);
}

TEST_F(PublishMqtt, StartsWithoutABrokerAndSaysSoOnce) {
  MosquittoBroker broker;
  broker.stop();
  Publish publish;
  aim(publish, broker.address());
  publish.start();
  publish.publish(5);
  const auto warning = publish.await(GST_MESSAGE_WARNING);
  ASSERT_TRUE(warning);
  EXPECT_NE(warning->text.find("refused"), std::string::npos) << warning->text;
  broker.start();
  MqttListener listener(broker.port());
  publish.end();
  EXPECT_EQ(publish.counts().published, 5u);
  EXPECT_EQ(publish.counts().reconnects, 0u) << "it is the first connection";
  EXPECT_FALSE(publish.warning()) << "one is enough";
}

TEST_F(PublishMqtt, DropsTheOldestWhileTheBrokerIsAway) {
  MosquittoBroker broker;
  broker.stop();
  Publish publish;
  aim(publish, broker.address());
  publish.set("queue-size", 10);
  publish.start();
  publish.publish(25);
  EXPECT_EQ(publish.counts().dropped, 15u);
  EXPECT_EQ(publish.counts().queued, 10u);
  broker.start();
  MqttListener listener(broker.port());
  publish.publish(1, 25);
  publish.end();
  EXPECT_EQ(publish.counts().published, 10u);
}

TEST_F(PublishMqtt, DoesNotWaitForABrokerThatIsAwayWhenItIsStopped) {
  Publish publish;
  aim(publish, "127.0.0.1:" + std::to_string(free_port()));
  publish.set("drain-timeout", 3'600'000);
  publish.start();
  publish.publish(5);
  ASSERT_TRUE(publish.await(GST_MESSAGE_WARNING));
  publish.stop();
  const auto warning = publish.warning();
  ASSERT_TRUE(warning);
  EXPECT_NE(warning->text.find("5 documents had not arrived"), std::string::npos) << warning->text;
}

TEST_F(PublishMqtt, SaysThatThePasswordIsWrongWithoutSayingThePassword) {
  const TemporaryFolder folder;
  run("mosquitto_passwd -b -c " + (folder / "passwords").string() + " line " + kSecret);
  MosquittoBroker broker("allow_anonymous false\npassword_file " + (folder / "passwords").string() +
                         "\n");
  const std::string wrong = std::string(kSecret) + "-wrong";
  Publish publish;
  aim(publish, broker.address());
  publish.set("username", "line", "password", wrong.c_str());
  publish.start();
  const auto warning = publish.await(GST_MESSAGE_WARNING);
  ASSERT_TRUE(warning);
  EXPECT_EQ(warning->code, GST_RESOURCE_ERROR_NOT_AUTHORIZED);
  EXPECT_NE(warning->text.find("password"), std::string::npos) << warning->text;
  EXPECT_EQ(warning->text.find(kSecret), std::string::npos) << warning->text;
}

TEST_F(PublishMqtt, TakesTheNameAndThePasswordFromAFile) {
  const TemporaryFolder folder;
  run("mosquitto_passwd -b -c " + (folder / "passwords").string() + " line " + kSecret);
  test::write_text(folder / "credentials",
                   "# of line 3\nusername=line\npassword=" + std::string(kSecret) + "\n");
  MosquittoBroker broker("allow_anonymous false\npassword_file " + (folder / "passwords").string() +
                         "\n");
  Publish publish;
  aim(publish, broker.address());
  publish.set("credentials-file", (folder / "credentials").c_str());
  publish.start();
  publish.publish(3);
  publish.end();
  EXPECT_EQ(publish.counts().published, 3u);
}

/// A certificate authority, and the certificate of 127.0.0.1.
void make_certificates(const std::filesystem::path& folder) {
  const std::string in = "cd " + folder.string() + " && openssl ";
  run(in +
      "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout ca.key -out ca.crt");
  run(in + "req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout server.key -out server.csr");
  test::write_text(folder / "san", "subjectAltName=IP:127.0.0.1\n");
  run(in +
      "x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 "
      "-extfile san -out server.crt");
}

std::string tls_options(const std::filesystem::path& folder) {
  return "allow_anonymous true\ncertfile " + (folder / "server.crt").string() + "\nkeyfile " +
         (folder / "server.key").string() + "\n";
}

TEST_F(PublishMqtt, SpeaksTlsAndChecksWhoTheBrokerIs) {
  const TemporaryFolder folder;
  make_certificates(folder.path());
  MosquittoBroker broker(tls_options(folder.path()));
  MqttListener listener(broker.port(), (folder / "ca.crt").string());
  Publish publish;
  aim(publish, broker.address());
  publish.set("tls", TRUE, "ca-file", (folder / "ca.crt").c_str());
  publish.start();
  publish.publish(100);
  broker.stop();
  ASSERT_TRUE(publish.await(GST_MESSAGE_WARNING));
  publish.publish(100, 100);
  broker.start();
  publish.end();
  EXPECT_EQ(publish.counts().published, 200u);
  EXPECT_EQ(seconds_of(listener.wait_for(200)).size(), 200u);
}

TEST_F(PublishMqtt, SaysNothingToABrokerThatItDoesNotTrust) {
  const TemporaryFolder folder;
  make_certificates(folder.path());
  MosquittoBroker broker(tls_options(folder.path()));
  Publish publish;
  aim(publish, broker.address());
  publish.set("tls", TRUE, "drain-timeout", 10);
  publish.start();
  publish.publish(1);
  const auto warning = publish.await(GST_MESSAGE_WARNING);
  ASSERT_TRUE(warning);
  EXPECT_NE(warning->text.find("certificate"), std::string::npos) << warning->text;
  publish.end();
  EXPECT_EQ(publish.counts().published, 0u);
}

TEST_F(PublishMqtt, SaysWhenOnlyOneOfThemSpeaksTls) {
  const TemporaryFolder folder;
  make_certificates(folder.path());
  MosquittoBroker broker;
  Publish publish;
  aim(publish, broker.address());
  publish.set("tls", TRUE, "ca-file", (folder / "ca.crt").c_str());
  publish.start();
  const auto warning = publish.await(GST_MESSAGE_WARNING);
  ASSERT_TRUE(warning);
  EXPECT_NE(warning->text.find("tls"), std::string::npos) << warning->text;
}

struct BadSetting {
  const char* property;
  const char* value;
  const char* named;
};

class PublishMqttSettings : public ::testing::TestWithParam<BadSetting> {};

TEST_P(PublishMqttSettings, AreRefusedAtTheStart) {
  Publish publish;
  aim(publish, "127.0.0.1:1883");
  publish.set(GetParam().property, GetParam().value);
  EXPECT_FALSE(publish.play());
  const auto error = publish.error();
  ASSERT_TRUE(error);
  EXPECT_NE(error->text.find(GetParam().named), std::string::npos) << error->text;
}

INSTANTIATE_TEST_SUITE_P(
    Bad, PublishMqttSettings,
    ::testing::Values(BadSetting{"address", "", "address"},
                      BadSetting{"address", "host:0", "host:0"},
                      BadSetting{"address", "host:65536", "host:65536"},
                      BadSetting{"address", "tcp://host:1883", "tcp://"},
                      BadSetting{"address", "[::1", "[::1"}, BadSetting{"topic", "a/#", "topic"},
                      BadSetting{"credentials-file", "/no/such/file", "/no/such/file"},
                      BadSetting{"cert-file", "/no/such/file", "tls"}));

TEST(PublishCredentials, AreASmallTextAndNothingElse) {
  const TemporaryFolder folder;
  test::write_text(folder / "large", "username=line\npassword=" + std::string(100'000, kSecret[0]));
  test::write_text(folder / "binary", std::string("username\0=line\x1b[31m\n", 20));
  for (const std::string& file : {(folder / "large").string(), (folder / "binary").string(),
                                  folder.path().string(), std::string("/dev/zero")}) {
    Publish publish;
    aim(publish, "127.0.0.1:1883");
    publish.set("credentials-file", file.c_str());
    EXPECT_FALSE(publish.play()) << file;
    const auto error = publish.error();
    ASSERT_TRUE(error) << file;
    EXPECT_NE(error->text.find("credentials-file"), std::string::npos) << error->text;
    EXPECT_NE(error->text.find(file), std::string::npos) << error->text;
    EXPECT_EQ(printable(error->text, kLongestMessage), error->text);
  }
}

TEST(PublishCredentials, NameTheLineButNotWhatIsInIt) {
  const TemporaryFolder folder;
  test::write_text(folder / "credentials", std::string("username=line\npasword=") + kSecret + "\n");
  Publish publish;
  aim(publish, "127.0.0.1:1883");
  publish.set("credentials-file", (folder / "credentials").c_str());
  EXPECT_FALSE(publish.play());
  const auto error = publish.error();
  ASSERT_TRUE(error);
  EXPECT_NE(error->text.find("line 2"), std::string::npos) << error->text;
  EXPECT_EQ(error->text.find(kSecret), std::string::npos) << error->text;
}

}  // namespace
}  // namespace mvga::testing
