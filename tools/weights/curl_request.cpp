// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/curl_request.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <utility>

#include "core/base/error.h"
#include "core/base/version.h"
#include "tools/weights/headers.h"

namespace mvga::tool {

CurlRequest::CurlRequest(std::string address, const RequestSettings& settings)
    : address_(std::move(address)) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised == CURLE_OK) easy_.reset(curl_easy_init());
  if (!easy_) throw Error(ErrorKind::no_space, "libcurl cannot be started");
  set(CURLOPT_URL, address_.c_str());
  set(CURLOPT_USERAGENT, "mvga/" MVGA_VERSION);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_FOLLOWLOCATION, 1L);
  set(CURLOPT_MAXREDIRS, 10L);
  set(CURLOPT_CONNECTTIMEOUT, settings.connect_seconds);
  set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(CURLOPT_LOW_SPEED_TIME, settings.stall_seconds);
  set(CURLOPT_ERRORBUFFER, error_.data());
  if (settings.login) {  // libcurl tells it to this host alone, wherever that redirects to
    set(CURLOPT_USERNAME, settings.login->user.c_str());
    set(CURLOPT_PASSWORD, settings.login->password.c_str());
  }
  set_protocols();
  set_certificates();
}

void CurlRequest::set_protocols() {
  const std::string scheme = scheme_of(address_);
  const char* const allowed = scheme == "http" ? "http,https" : scheme.c_str();
  set(CURLOPT_PROTOCOLS_STR, allowed);
  set(CURLOPT_REDIR_PROTOCOLS_STR, scheme == "file" ? "https" : allowed);
}

void CurlRequest::set_certificates() {
  for (const char* name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"}) {
    const char* const file = std::getenv(name);
    if (file == nullptr || *file == '\0') continue;
    set(CURLOPT_CAINFO, file);
    return;
  }
}

void CurlRequest::add_header(const std::string& line) {
  curl_slist* const longer = curl_slist_append(headers_.get(), line.c_str());
  if (longer == nullptr) throw Error(ErrorKind::no_space, "there is no memory for a request");
  static_cast<void>(headers_.release());  // it is in the longer one
  headers_.reset(longer);
  set(CURLOPT_HTTPHEADER, headers_.get());
}

CURLcode CurlRequest::perform() {
  return curl_easy_perform(easy_.get());
}

long CurlRequest::status() const {
  long code = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &code);
  return code;
}

std::string CurlRequest::last_address() const {
  const char* address = nullptr;
  curl_easy_getinfo(easy_.get(), CURLINFO_EFFECTIVE_URL, &address);
  return address == nullptr ? address_ : address;
}

std::string CurlRequest::why(CURLcode code) const {
  if (code == CURLE_UNSUPPORTED_PROTOCOL)
    return "the server redirects to an address that is not " + scheme_of(address_) + "://";
  std::string told = trimmed(error_.data());
  return told.empty() ? curl_easy_strerror(code) : told;
}

std::string scheme_of(const std::string& address) {
  std::string scheme = address.substr(0, address.find("://"));
  std::ranges::transform(scheme, scheme.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return scheme.size() == address.size() ? "" : scheme;
}

}  // namespace mvga::tool
