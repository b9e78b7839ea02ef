// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What librdkafka is told of the cluster it may talk to.
#include "gst/publish/kafka_configuration.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "gst/publish/publish_settings.h"
#include "tests/core/io/test_files.h"
#include "tests/models/temporary_folder.h"

namespace mvga::gst::publish {
namespace {

constexpr const char* kNameCheck = "ssl.endpoint.identification.algorithm";

KafkaConfiguration fresh() {
  return KafkaConfiguration(rd_kafka_conf_new());
}

std::string value_of(const KafkaConfiguration& conf, const char* name) {
  std::array<char, 200> value{};
  std::size_t size = value.size();
  return rd_kafka_conf_get(conf.get(), name, value.data(), &size) == RD_KAFKA_CONF_OK ? value.data()
                                                                                      : "";
}

Security with_tls(bool tls) {
  Security security;
  security.tls = tls;
  return security;
}

TEST(KafkaConfiguration, ChecksTheNameInTheCertificateWhateverLibrdkafkaDoesByItself) {
  const KafkaConfiguration conf = fresh();
  set(conf, kNameCheck, "none");  // as before 2.0
  secure(conf, with_tls(true));
  EXPECT_EQ(value_of(conf, kNameCheck), "https")
      << "whoever has a certificate of the authority could pass for the cluster";
  EXPECT_EQ(value_of(conf, "security.protocol"), "ssl");
  EXPECT_EQ(value_of(conf, "enable.ssl.certificate.verification"), "true");
}

TEST(KafkaConfiguration, SendsNamesAndPasswordsOnlyAsItIsTold) {
  for (const bool tls : {false, true}) {
    const KafkaConfiguration unknown = fresh();
    secure(unknown, with_tls(tls));
    EXPECT_EQ(value_of(unknown, "security.protocol"), tls ? "ssl" : "plaintext");
    const KafkaConfiguration known = fresh();
    Security named = with_tls(tls);
    named.credentials = {"line", "secret"};
    secure(known, named);
    EXPECT_EQ(value_of(known, "security.protocol"), tls ? "sasl_ssl" : "sasl_plaintext");
    EXPECT_EQ(value_of(known, "sasl.mechanism"), "PLAIN");
    EXPECT_EQ(value_of(known, "sasl.username"), "line");
  }
}

TEST(KafkaConfiguration, TakesTheNameAndThePasswordFromAFile) {
  const testing::TemporaryFolder folder;
  test::write_text(folder / "credentials", "username=line\npassword=a=b #c\r\n");
  PublishSettings settings;
  settings.username = "nobody";
  settings.credentials_file = (folder / "credentials").string();
  const KafkaConfiguration conf = fresh();
  secure(conf, security_of(settings));
  EXPECT_EQ(value_of(conf, "sasl.username"), "line");
  EXPECT_EQ(value_of(conf, "sasl.password"), "a=b #c");
}

TEST(KafkaConfiguration, NamesTheCertificates) {
  const KafkaConfiguration conf = fresh();
  Security security = with_tls(true);
  security.ca_file = "/ca";
  security.cert_file = "/cert";
  security.key_file = "/key";
  secure(conf, security);
  EXPECT_EQ(value_of(conf, "ssl.ca.location"), "/ca");
  EXPECT_EQ(value_of(conf, "ssl.certificate.location"), "/cert");
  EXPECT_EQ(value_of(conf, "ssl.key.location"), "/key");
}

}  // namespace
}  // namespace mvga::gst::publish
