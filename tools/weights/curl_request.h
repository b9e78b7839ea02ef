// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A request with libcurl, with what all of ours have in common: it keeps to TLS, gives up when
// nothing comes, and uses the proxies and certificates that the environment names.
#pragma once

#include <curl/curl.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace mvga::tool {

/// Who asks, where a server wants to know.
struct Login {
  std::string user;
  std::string password;
};

struct RequestSettings {
  std::optional<Login> login = std::nullopt;
  long connect_seconds = 30;  ///< for a connection
  long stall_seconds = 30;    ///< with less than a byte a second
};

class CurlRequest {
 public:
  CurlRequest(std::string address, const RequestSettings& settings);

  const std::string& address() const { return address_; }
  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK)
      throw std::logic_error("libcurl does not know option " + std::to_string(option));
  }
  void add_header(const std::string& line);

  CURLcode perform();
  /// The last response's; 0 when there is none.
  long status() const;
  /// Where redirects have led.
  std::string last_address() const;
  /// Of a code that perform() returned: in words that make sense behind the address.
  std::string why(CURLcode code) const;

 private:
  struct Cleanup {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  void set_protocols();
  void set_certificates();

  std::string address_;
  std::unique_ptr<CURL, Cleanup> easy_;
  std::unique_ptr<curl_slist, Cleanup> headers_;
  std::array<char, CURL_ERROR_SIZE> error_{};
};

/// In small letters; empty if the address has none.
std::string scheme_of(const std::string& address);

}  // namespace mvga::tool
