// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Documents as MQTT messages with quality of service 1: each stays in the queue until the broker
// has acknowledged it.
#include <mosquitto.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <unordered_map>

#include "core/base/error.h"
#include "gst/element/errors.h"
#include "gst/publish/backoff.h"
#include "gst/publish/endpoint.h"
#include "gst/publish/publisher.h"
#include "gst/publish/security.h"
#include "gst/publish/wakeup.h"

namespace mvga::gst::publish {
namespace {

constexpr int kPort = 1883;
constexpr int kTlsPort = 8883;
constexpr int kQualityOfService = 1;
/// Seconds in which a broker has to answer; a connection that takes longer is given up as well.
constexpr int kKeepalive = 20;
/// How often libmosquitto looks at that clock.
constexpr int kClockMs = 5000;
/// Messages that have not been acknowledged; libmosquitto's own limit is the same.
constexpr std::size_t kUnderWay = 20;
constexpr const char* kSystemAuthorities = "/etc/ssl/certs";

struct FreeClient {
  void operator()(mosquitto* client) const { mosquitto_destroy(client); }
};
using Client = std::unique_ptr<mosquitto, FreeClient>;

void check(int code, const char* what) {
  if (code == MOSQ_ERR_SUCCESS) return;
  throw Error(ErrorKind::settings, std::string(what) + ": " + mosquitto_strerror(code));
}

/// So that OpenSSL does not ask at the terminal.
int no_passphrase(char*, int, int, void*) {
  return 0;
}

class MqttPublisher : public Publisher {
 public:
  MqttPublisher(const PublishSettings& settings, DocumentQueue& queue, ConnectionReport& report);

  void run() override;
  void wake() override { wakeup_.wake(); }

 private:
  void secure();
  void set_callbacks();
  bool connect();
  void serve();
  void hand_over();
  bool exchange();
  bool look_after_connecting(short events);
  void publish(const Document& document);
  void broken_off(const std::string& why);
  void lost(GstResourceError code, const std::string& why);
  void say_goodbye();

  void on_connect(int code);
  void on_disconnect(int code);
  void on_publish(int message);

  const std::string address_;
  const Endpoint endpoint_;
  const std::string topic_;
  const Security security_;
  DocumentQueue& queue_;
  ConnectionReport& report_;
  Wakeup wakeup_;
  Client client_;
  bool connected_ = false;
  bool explained_ = false;  ///< why this connection came to nothing was told
  std::string last_log_;    ///< what libmosquitto says of TLS, which its codes do not
  std::unordered_map<int, std::uint64_t> documents_;  ///< by message id
};

Client new_client(void* user) {
  static const int initialised = mosquitto_lib_init();
  check(initialised, "libmosquitto");
  Client client(mosquitto_new(nullptr, true, user));
  if (!client) throw std::bad_alloc();
  return client;
}

MqttPublisher::MqttPublisher(const PublishSettings& settings, DocumentQueue& queue,
                             ConnectionReport& report)
    : address_(settings.address),
      endpoint_(parse_endpoint(settings.address, settings.tls ? kTlsPort : kPort)),
      topic_(settings.topic),
      security_(security_of(settings)),
      queue_(queue),
      report_(report),
      client_(new_client(this)) {
  check(mosquitto_pub_topic_check(topic_.c_str()),
        "topic: a topic to publish to has no + and no #, and is not empty");
  mosquitto_max_inflight_messages_set(client_.get(), kUnderWay);
  set_callbacks();
  secure();
}

void MqttPublisher::secure() {
  const auto text = [](const std::string& s) { return s.empty() ? nullptr : s.c_str(); };
  const Credentials& c = security_.credentials;
  if (!c.username.empty())
    check(mosquitto_username_pw_set(client_.get(), c.username.c_str(), text(c.password)),
          "username and password");
  if (!security_.tls) return;
  check(mosquitto_tls_set(client_.get(), text(security_.ca_file),
                          security_.ca_file.empty() ? kSystemAuthorities : nullptr,
                          text(security_.cert_file), text(security_.key_file), no_passphrase),
        "ca-file, cert-file and key-file");
}

void MqttPublisher::set_callbacks() {
  mosquitto* client = client_.get();
  mosquitto_connect_callback_set(client, [](mosquitto*, void* self, int code) {
    static_cast<MqttPublisher*>(self)->on_connect(code);
  });
  mosquitto_disconnect_callback_set(client, [](mosquitto*, void* self, int code) {
    static_cast<MqttPublisher*>(self)->on_disconnect(code);
  });
  mosquitto_publish_callback_set(client, [](mosquitto*, void* self, int message) {
    static_cast<MqttPublisher*>(self)->on_publish(message);
  });
  mosquitto_log_callback_set(client, [](mosquitto*, void* self, int level, const char* text) {
    if (level == MOSQ_LOG_ERR) static_cast<MqttPublisher*>(self)->last_log_ = text;
  });
}

void MqttPublisher::run() {
  Backoff backoff;
  while (!queue_.closed()) {
    if (connect()) serve();
    if (connected_) backoff.reset();
    if (queue_.closed()) break;
    connected_ = false;
    queue_.pause(backoff.next());
  }
  say_goodbye();
}

bool MqttPublisher::connect() {
  connected_ = false;
  explained_ = false;
  last_log_.clear();
  const int code =
      mosquitto_connect_async(client_.get(), endpoint_.host.c_str(), endpoint_.port, kKeepalive);
  if (code == MOSQ_ERR_SUCCESS) return true;
  const int error = errno;
  if (code == MOSQ_ERR_TLS) {
    broken_off(mosquitto_strerror(code));  // newer ones begin the handshake here
  } else {
    lost(GST_RESOURCE_ERROR_OPEN_WRITE,
         code == MOSQ_ERR_ERRNO ? std::strerror(error) : mosquitto_strerror(code));
  }
  return false;
}

void MqttPublisher::serve() {
  while (!queue_.closed()) {
    if (connected_) hand_over();
    if (!exchange()) return;
  }
}

void MqttPublisher::hand_over() {
  while (const auto document = queue_.take(kUnderWay)) publish(*document);
}

void MqttPublisher::publish(const Document& document) {
  int message = 0;
  const int code = mosquitto_publish(client_.get(), &message, topic_.c_str(),
                                     static_cast<int>(document.text.size()), document.text.data(),
                                     kQualityOfService, false);
  switch (code) {
    case MOSQ_ERR_INVAL:
    case MOSQ_ERR_NOMEM:
    case MOSQ_ERR_PAYLOAD_SIZE:
    case MOSQ_ERR_OVERSIZE_PACKET:
      report_.refuses(ResourceError(
          GST_RESOURCE_ERROR_WRITE,
          std::string("a document cannot go to ") + address_ + ": " + mosquitto_strerror(code)));
      queue_.refused(document.id);
      return;
    default:
      // Even where the connection has just gone: libmosquitto has it, and sends it with the next.
      documents_[message] = document.id;
  }
}

/// Sends and receives what is there, or waits for it. False when the connection is gone.
bool MqttPublisher::exchange() {
  mosquitto* client = client_.get();
  const int socket = mosquitto_socket(client);
  if (socket < 0) {
    broken_off("the connection is lost");
    return false;
  }
  const auto wanted =
      static_cast<short>(POLLIN | POLLRDHUP | (mosquitto_want_write(client) ? POLLOUT : 0));
  const short events = wakeup_.wait_for(socket, wanted, kClockMs);
  // Reading also goes on with the handshake of TLS, in either direction.
  if (events != 0 && mosquitto_loop_read(client, 1) != MOSQ_ERR_SUCCESS) {
    broken_off("the connection is lost");
    return false;
  }
  if (!connected_ && !look_after_connecting(events)) return false;
  if (mosquitto_want_write(client)) mosquitto_loop_write(client, 1);
  return mosquitto_loop_misc(client) == MOSQ_ERR_SUCCESS || mosquitto_socket(client) >= 0;
}

/// What libmosquitto does not see until the broker has answered.
bool MqttPublisher::look_after_connecting(short events) {
  if ((events & (POLLERR | POLLHUP | POLLRDHUP)) == 0) return true;
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(mosquitto_socket(client_.get()), SOL_SOCKET, SO_ERROR, &error, &size);
  broken_off(error != 0 ? std::strerror(error) : "it closed the connection");
  return false;
}

/// Before the broker has answered, it may be something in the settings that it does not like.
void MqttPublisher::broken_off(const std::string& why) {
  if (connected_) {
    lost(GST_RESOURCE_ERROR_WRITE, why);
  } else {
    lost(GST_RESOURCE_ERROR_OPEN_WRITE,
         why + ", without an answer: address, tls and ca-file have to be as the broker wants them");
  }
}

void MqttPublisher::lost(GstResourceError code, const std::string& why) {
  if (explained_) return;
  explained_ = true;
  const std::string more = last_log_.empty() ? "" : " (" + last_log_ + ")";
  report_.fails(ResourceError(
      code, "MQTT broker " + address_ + ": " + why + more + "; documents wait in the queue"));
}

void MqttPublisher::on_connect(int code) {
  if (code == 0) {
    connected_ = true;
    report_.works();
    return;
  }
  const bool known = !security_.credentials.username.empty();
  lost(GST_RESOURCE_ERROR_NOT_AUTHORIZED,
       mosquitto_connack_string(code) +
           (known ? std::string(" Check the password of '") + security_.credentials.username + "'"
                  : std::string(" Set username and password, or credentials-file")));
}

void MqttPublisher::on_disconnect(int code) {
  if (code != 0) broken_off(mosquitto_strerror(code));
}

void MqttPublisher::on_publish(int message) {
  const auto found = documents_.find(message);
  if (found == documents_.end()) return;
  queue_.delivered(found->second);
  documents_.erase(found);
}

/// So that the broker does not take the end for a lost connection.
void MqttPublisher::say_goodbye() {
  if (connected_) mosquitto_disconnect(client_.get());
}

}  // namespace

std::unique_ptr<Publisher> make_mqtt_publisher(const PublishSettings& settings,
                                               DocumentQueue& queue, ConnectionReport& report) {
  return std::make_unique<MqttPublisher>(settings, queue, report);
}

}  // namespace mvga::gst::publish
