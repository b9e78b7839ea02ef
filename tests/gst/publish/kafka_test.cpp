// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgapublish with librdkafka's own imitation of a Kafka cluster.
#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <memory>
#include <set>
#include <stdexcept>

#include "tests/gst/harness/free_port.h"
#include "tests/gst/harness/publish_harness.h"

namespace mvga::testing {
namespace {

constexpr const char* kTopic = "line";

struct Free {
  void operator()(rd_kafka_t* client) const { rd_kafka_destroy(client); }
  void operator()(rd_kafka_mock_cluster_t* cluster) const {
    rd_kafka_mock_cluster_destroy(cluster);
  }
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
};
using Client = std::unique_ptr<rd_kafka_t, Free>;

Client new_client(rd_kafka_type_t type, const char* brokers) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  rd_kafka_conf_set(conf, "bootstrap.servers", brokers, nullptr, 0);
  rd_kafka_conf_set(conf, "group.id", "test", nullptr, 0);
  rd_kafka_conf_set(conf, "log_level", "0", nullptr, 0);
  Client client(rd_kafka_new(type, conf, nullptr, 0));
  if (!client) throw std::runtime_error("no Kafka client");
  return client;
}

/// One broker, and a topic with one partition.
class Cluster {
 public:
  Cluster()
      : client_(new_client(RD_KAFKA_PRODUCER, "")),
        cluster_(rd_kafka_mock_cluster_new(client_.get(), 1)) {
    rd_kafka_mock_topic_create(cluster_.get(), kTopic, 1, 1);
  }
  std::string address() const { return rd_kafka_mock_cluster_bootstraps(cluster_.get()); }
  void stop() { rd_kafka_mock_broker_set_down(cluster_.get(), 1); }
  void start() { rd_kafka_mock_broker_set_up(cluster_.get(), 1); }
  /// The next request to write is answered with this.
  void refuse_next(rd_kafka_resp_err_t error) {
    constexpr int kProduce = 0;
    rd_kafka_mock_push_request_errors(cluster_.get(), kProduce, 1, error);
  }

  /// Reads from the beginning until so many documents have come.
  std::vector<nlohmann::json> read(std::size_t wanted) {
    const Client reader = new_client(RD_KAFKA_CONSUMER, address().c_str());
    const std::unique_ptr<rd_kafka_topic_partition_list_t, Free> partitions(
        rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(partitions.get(), kTopic, 0)->offset =
        RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_assign(reader.get(), partitions.get());
    std::vector<nlohmann::json> documents;
    while (documents.size() < wanted) {
      const std::unique_ptr<rd_kafka_message_t, Free> message(
          rd_kafka_consumer_poll(reader.get(), 30'000));
      if (!message) break;
      if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
      const auto* text = static_cast<const char*>(message->payload);
      documents.push_back(nlohmann::json::parse(text, text + message->len));
      key_.assign(static_cast<const char*>(message->key), message->key_len);
    }
    return documents;
  }
  /// Of the last message read.
  const std::string& key() const { return key_; }

 private:
  Client client_;
  std::unique_ptr<rd_kafka_mock_cluster_t, Free> cluster_;
  std::string key_;
};

void aim(Publish& publish, const std::string& address) {
  publish.set("method", 3, "address", address.c_str(), "topic", kTopic, "source", "camera-3",
              "drain-timeout", 60'000);
}

std::set<guint64> times_of(const std::vector<nlohmann::json>& documents) {
  std::set<guint64> times;
  for (const auto& document : documents) times.insert(document["timestamp"].get<guint64>());
  return times;
}

TEST(PublishKafka, DeliversEveryDocumentOnceAndInOrder) {
  Cluster cluster;
  Publish publish;
  aim(publish, cluster.address());
  publish.start();
  publish.publish(300);
  publish.end();
  EXPECT_EQ(publish.counts().published, 300u);
  const auto documents = cluster.read(300);
  ASSERT_EQ(documents.size(), 300u);
  for (std::size_t i = 0; i < documents.size(); ++i)
    ASSERT_EQ(documents[i]["timestamp"], i * GST_SECOND);
  EXPECT_EQ(schema_complaints(documents, "mvga-frame-1.json"), "");
  EXPECT_EQ(cluster.key(), "camera-3");
}

TEST(PublishKafka, LosesNothingWhenTheBrokerGoesAndComesBack) {
  Cluster cluster;
  Publish publish;
  aim(publish, cluster.address());
  publish.start();
  publish.publish(100);
  cluster.read(1);
  cluster.stop();
  EXPECT_TRUE(publish.await(GST_MESSAGE_WARNING));
  EXPECT_EQ(publish.publish(200, 100), GST_FLOW_OK) << "the video does not wait";
  cluster.start();
  publish.end();
  EXPECT_EQ(publish.counts().published, 300u);
  EXPECT_EQ(publish.counts().dropped, 0u);
  EXPECT_EQ(publish.counts().reconnects, 1u);
  EXPECT_EQ(times_of(cluster.read(300)).size(), 300u);
}

TEST(PublishKafka, TriesAgainWhatTheClusterRefuses) {
  Cluster cluster;
  Publish publish;
  aim(publish, cluster.address());
  publish.start();
  cluster.refuse_next(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
  publish.publish(10);
  publish.end();
  EXPECT_TRUE(publish.warning());
  EXPECT_EQ(publish.counts().published, 10u);
}

TEST(PublishKafka, DropsOnlyWhatIsTooLarge) {
  Cluster cluster;
  Publish publish;
  aim(publish, cluster.address());
  publish.start();
  gst::FrameResult huge = example_result();
  huge.model_id = std::string(2'000'000, 'x');
  publish.publish(huge, 0);
  publish.publish(5);
  publish.end();
  EXPECT_TRUE(publish.warning());
  EXPECT_EQ(publish.counts().published, 5u);
  EXPECT_EQ(publish.counts().dropped, 1u);
}

TEST(PublishKafka, StartsWithoutACluster) {
  Publish publish;
  aim(publish, "127.0.0.1:" + std::to_string(free_port()));
  publish.start();
  EXPECT_EQ(publish.publish(5), GST_FLOW_OK);
  EXPECT_TRUE(publish.await(GST_MESSAGE_WARNING));
  publish.stop();
  EXPECT_NE(publish.warning().value_or(Complaint{}).text.find("5 documents"), std::string::npos);
}

TEST(PublishKafka, RefusesToStartWithoutAnAddress) {
  Publish publish;
  aim(publish, "");
  EXPECT_FALSE(publish.play());
  EXPECT_NE(publish.error().value_or(Complaint{}).text.find("no address"), std::string::npos);
}

}  // namespace
}  // namespace mvga::testing
