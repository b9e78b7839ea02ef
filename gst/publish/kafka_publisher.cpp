// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Documents as Kafka messages of an idempotent producer: each stays in the queue until the cluster
// has confirmed it. librdkafka connects, retries and keeps the order.
#include <librdkafka/rdkafka.h>

#include <atomic>
#include <memory>
#include <string>

#include "core/io/error.h"
#include "gst/element_errors.h"
#include "gst/publish/backoff.h"
#include "gst/publish/publisher.h"
#include "gst/publish/security.h"

namespace mvga::gst::publish {
namespace {

/// Messages that have not been confirmed. What is handed over cannot be dropped any more: no more
/// than keeps the producer busy.
constexpr std::size_t kUnderWay = 100;

struct Release {
  void operator()(rd_kafka_conf_t* conf) const { rd_kafka_conf_destroy(conf); }
  void operator()(rd_kafka_t* producer) const {
    rd_kafka_purge(producer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT |
                                 RD_KAFKA_PURGE_F_NON_BLOCKING);
    rd_kafka_destroy(producer);
  }
  void operator()(rd_kafka_event_t* event) const { rd_kafka_event_destroy(event); }
};
using Configuration = std::unique_ptr<rd_kafka_conf_t, Release>;
using Producer = std::unique_ptr<rd_kafka_t, Release>;
using KafkaEvent = std::unique_ptr<rd_kafka_event_t, Release>;

void set(const Configuration& conf, const char* name, const std::string& value) {
  char why[512] = "";
  if (rd_kafka_conf_set(conf.get(), name, value.c_str(), why, sizeof why) != RD_KAFKA_CONF_OK)
    throw Error(ErrorKind::settings, std::string("librdkafka: ") + why);
}

void set_unless_empty(const Configuration& conf, const char* name, const std::string& value) {
  if (!value.empty()) set(conf, name, value);
}

void secure(const Configuration& conf, const Security& security) {
  const bool known = !security.credentials.username.empty();
  const std::string transport = security.tls ? "ssl" : "plaintext";
  set(conf, "security.protocol", known ? "sasl_" + transport : transport);
  if (known) {
    set(conf, "sasl.mechanism", "PLAIN");
    set(conf, "sasl.username", security.credentials.username);
    set(conf, "sasl.password", security.credentials.password);
  }
  set_unless_empty(conf, "ssl.ca.location", security.ca_file);
  set_unless_empty(conf, "ssl.certificate.location", security.cert_file);
  set_unless_empty(conf, "ssl.key.location", security.key_file);
}

/// Debian's librdkafka writes to stderr otherwise.
void log(const rd_kafka_t*, int, const char*, const char* text) {
  GST_CAT_DEBUG(GST_CAT_DEFAULT, "librdkafka: %s", text);
}

bool is_about_the_document(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE || error == RD_KAFKA_RESP_ERR_INVALID_MSG ||
         error == RD_KAFKA_RESP_ERR_INVALID_RECORD;
}

/// Of a cluster, one broker may go while the others take what comes.
bool stops_everything(rd_kafka_resp_err_t error) {
  switch (error) {
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__SSL:
    case RD_KAFKA_RESP_ERR__FATAL:
      return true;
    default:
      return false;
  }
}

class KafkaPublisher : public Publisher {
 public:
  KafkaPublisher(const PublishSettings& settings, DocumentQueue& queue, ConnectionReport& report);

  void run() override;

 private:
  Producer new_producer();
  void serve();
  void hand_over(const Document& document);
  void on_event(rd_kafka_event_t* event);
  void on_report(const rd_kafka_message_t& message);
  void on_error(rd_kafka_resp_err_t error);
  ResourceError complaint(rd_kafka_resp_err_t error) const;

  const std::string address_;
  const std::string topic_;
  const std::string source_;
  const Security security_;
  DocumentQueue& queue_;
  ConnectionReport& report_;
  Backoff backoff_;
  std::atomic<bool> refused_ = false;  ///< the cluster gave a document back
  std::atomic<bool> broken_ = false;   ///< this producer has come to its end
  Producer producer_;
};

KafkaPublisher::KafkaPublisher(const PublishSettings& settings, DocumentQueue& queue,
                               ConnectionReport& report)
    : address_(settings.address),
      topic_(settings.topic),
      source_(settings.source),
      security_(security_of(settings)),
      queue_(queue),
      report_(report) {
  if (address_.empty())
    throw Error(ErrorKind::settings,
                "no address: set it to host:port of a Kafka broker, or to several with commas");
  if (topic_.empty())
    throw Error(ErrorKind::settings, "no topic: set it to the topic to publish to");
  // Now, so that what is wrong with the settings is said at once.
  producer_ = new_producer();
}

Producer KafkaPublisher::new_producer() {
  Configuration conf(rd_kafka_conf_new());
  set(conf, "bootstrap.servers", address_);
  set(conf, "client.id", "mvga");
  set(conf, "enable.idempotence", "true");
  set(conf, "message.timeout.ms", "0");  // for ever: it is the queue that drops
  secure(conf, security_);
  rd_kafka_conf_set_opaque(conf.get(), this);
  rd_kafka_conf_set_log_cb(conf.get(), log);
  rd_kafka_conf_set_events(conf.get(), RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR);
  rd_kafka_conf_set_background_event_cb(conf.get(),
                                        [](rd_kafka_t*, rd_kafka_event_t* event, void* self) {
                                          static_cast<KafkaPublisher*>(self)->on_event(event);
                                        });
  char why[512] = "";
  Producer producer(rd_kafka_new(RD_KAFKA_PRODUCER, conf.get(), why, sizeof why));
  if (!producer) throw Error(ErrorKind::settings, std::string("librdkafka: ") + why);
  conf.release();  // the producer's from here
  return producer;
}

void KafkaPublisher::run() {
  serve();
  while (!queue_.closed()) {
    producer_.reset();
    queue_.give_back_all();
    queue_.pause(backoff_.next());
    broken_ = false;
    producer_ = new_producer();
    serve();
  }
  producer_.reset();
}

void KafkaPublisher::serve() {
  while (!broken_) {
    if (refused_.exchange(false)) queue_.pause(backoff_.next());
    const auto document = queue_.wait(kUnderWay);
    if (!document) return;
    hand_over(*document);
  }
}

void KafkaPublisher::hand_over(const Document& document) {
  const rd_kafka_resp_err_t error = rd_kafka_producev(
      producer_.get(), RD_KAFKA_V_TOPIC(topic_.c_str()),
      RD_KAFKA_V_KEY(source_.empty() ? nullptr : source_.data(), source_.size()),
      RD_KAFKA_V_VALUE(const_cast<char*>(document.text.data()), document.text.size()),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
      RD_KAFKA_V_OPAQUE(reinterpret_cast<void*>(static_cast<std::uintptr_t>(document.id))),
      RD_KAFKA_V_END);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  if (is_about_the_document(error)) {
    queue_.refused(document.id);
    report_.refuses(complaint(error));
    return;
  }
  refused_ = true;
  queue_.give_back(document.id);
  on_error(error);
}

/// On a thread of librdkafka.
void KafkaPublisher::on_event(rd_kafka_event_t* received) {
  const KafkaEvent event(received);
  if (rd_kafka_event_type(received) == RD_KAFKA_EVENT_ERROR) {
    on_error(rd_kafka_event_error(received));
    return;
  }
  while (const rd_kafka_message_t* message = rd_kafka_event_message_next(received))
    on_report(*message);
}

void KafkaPublisher::on_report(const rd_kafka_message_t& message) {
  const auto id = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(message._private));
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    report_.works();
    queue_.delivered(id);
  } else if (is_about_the_document(message.err)) {
    queue_.refused(id);
    report_.refuses(complaint(message.err));
  } else {
    refused_ = true;
    queue_.give_back(id);
    if (!queue_.closed()) report_.fails(complaint(message.err));
  }
}

void KafkaPublisher::on_error(rd_kafka_resp_err_t error) {
  if (error == RD_KAFKA_RESP_ERR__FATAL) broken_ = true;
  if (stops_everything(error)) report_.fails(complaint(error));
}

/// With librdkafka's text for the code: its longer ones have times in them and differ every time.
ResourceError KafkaPublisher::complaint(rd_kafka_resp_err_t error) const {
  const bool refused = error == RD_KAFKA_RESP_ERR__AUTHENTICATION;
  std::string text = "Kafka cluster " + address_ + ", topic " + topic_ + ": ";
  text += rd_kafka_err2str(error);
  if (refused) text += "; check username and password, and whether tls is right";
  text += "; documents wait in the queue";
  return {refused ? GST_RESOURCE_ERROR_NOT_AUTHORIZED : GST_RESOURCE_ERROR_WRITE, text};
}

}  // namespace

std::unique_ptr<Publisher> make_kafka_publisher(const PublishSettings& settings,
                                                DocumentQueue& queue, ConnectionReport& report) {
  return std::make_unique<KafkaPublisher>(settings, queue, report);
}

}  // namespace mvga::gst::publish
