// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Documents as Kafka messages of an idempotent producer: each stays in the queue until the cluster
// has confirmed it. librdkafka connects, retries and keeps the order.
#include <librdkafka/rdkafka.h>

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/error.h"
#include "gst/element/errors.h"
#include "gst/publish/backoff.h"
#include "gst/publish/kafka_configuration.h"
#include "gst/publish/publisher.h"
#include "gst/publish/wakeup.h"

namespace mvga::gst::publish {
namespace {

/// Messages that have not been confirmed. What is handed over cannot be dropped any more: no more
/// than keeps the producer busy.
constexpr std::size_t kUnconfirmed = 100;

struct Release {
  void operator()(rd_kafka_t* producer) const {
    rd_kafka_purge(producer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT |
                                 RD_KAFKA_PURGE_F_NON_BLOCKING);
    rd_kafka_destroy(producer);
  }
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
  void operator()(rd_kafka_event_t* event) const { rd_kafka_event_destroy(event); }
};
using Producer = std::unique_ptr<rd_kafka_t, Release>;
using EventQueue = std::unique_ptr<rd_kafka_queue_t, Release>;
using KafkaEvent = std::unique_ptr<rd_kafka_event_t, Release>;

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
  void wake() override { wakeup_.wake(); }

 private:
  void make_producer();
  void serve();
  void hand_over_what_waits();
  void hand_over(const Document& document);
  void listen();
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
  bool refused_ = false;  ///< a document was given back
  bool broken_ = false;   ///< this producer has come to its end
  Wakeup wakeup_;
  Producer producer_;
  EventQueue events_;
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
  make_producer();
}

void KafkaPublisher::make_producer() {
  KafkaConfiguration conf(rd_kafka_conf_new());
  set(conf, "bootstrap.servers", address_);
  set(conf, "client.id", "mvga");
  set(conf, "enable.idempotence", "true");
  set(conf, "message.timeout.ms", "0");  // for ever: it is the queue that drops
  secure(conf, security_);
  rd_kafka_conf_set_log_cb(conf.get(), log);
  rd_kafka_conf_set_events(conf.get(), RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR);
  char why[512] = "";
  producer_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf.get(), why, sizeof why));
  if (!producer_) throw Error(ErrorKind::settings, std::string("librdkafka: ") + why);
  (void)conf.release();  // the producer's from here
  events_.reset(rd_kafka_queue_get_main(producer_.get()));
  constexpr std::uint64_t kWake = 1;
  rd_kafka_queue_io_event_enable(events_.get(), wakeup_.fd(), &kWake, sizeof kWake);
}

void KafkaPublisher::run() {
  serve();
  while (!queue_.closed()) {
    events_.reset();
    producer_.reset();
    queue_.give_back_all();
    queue_.pause(backoff_.next());
    broken_ = false;
    make_producer();
    serve();
  }
}

void KafkaPublisher::serve() {
  while (!broken_ && !queue_.closed()) {
    hand_over_what_waits();
    if (refused_) queue_.pause(backoff_.next());
    if (!refused_) wakeup_.wait();
    refused_ = false;
    listen();
  }
}

void KafkaPublisher::hand_over_what_waits() {
  while (!refused_) {
    const auto document = queue_.take(kUnconfirmed);
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
  report_.fails(complaint(error));
}

void KafkaPublisher::listen() {
  while (const KafkaEvent event{rd_kafka_queue_poll(events_.get(), 0)}) on_event(event.get());
}

void KafkaPublisher::on_event(rd_kafka_event_t* event) {
  if (rd_kafka_event_type(event) == RD_KAFKA_EVENT_ERROR) {
    on_error(rd_kafka_event_error(event));
    return;
  }
  while (const rd_kafka_message_t* message = rd_kafka_event_message_next(event))
    on_report(*message);
}

void KafkaPublisher::on_report(const rd_kafka_message_t& message) {
  const auto id = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(message._private));
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    backoff_.reset();
    report_.works();
    queue_.delivered(id);
  } else if (is_about_the_document(message.err)) {
    queue_.refused(id);
    report_.refuses(complaint(message.err));
  } else {
    refused_ = true;
    queue_.give_back(id);
    report_.fails(complaint(message.err));
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
