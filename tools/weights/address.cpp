// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/address.h"

#include <curl/urlapi.h>

#include <memory>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

struct Cleanup {
  void operator()(CURLU* parts) const { curl_url_cleanup(parts); }
  void operator()(char* text) const { curl_free(text); }
};

class AddressParts {
 public:
  AddressParts() : parts_(curl_url()) {
    if (!parts_) throw Error(ErrorKind::no_space, "there is no memory for an address");
  }
  /// Of a link on a page: relative to what was set before.
  bool set(const std::string& address) {
    return curl_url_set(parts_.get(), CURLUPART_URL, address.c_str(), 0) == CURLUE_OK;
  }
  void remove(CURLUPart part) { curl_url_set(parts_.get(), part, nullptr, 0); }
  std::string get(CURLUPart part, unsigned flags = 0) const {
    char* text = nullptr;
    if (curl_url_get(parts_.get(), part, &text, flags) != CURLUE_OK) return {};
    const std::unique_ptr<char, Cleanup> owned(text);
    return text;
  }

 private:
  std::unique_ptr<CURLU, Cleanup> parts_;
};

}  // namespace

std::pair<std::string, std::optional<Login>> split_login(const std::string& address) {
  AddressParts parts;
  if (!parts.set(address))
    throw Error(ErrorKind::settings,
                "what names the index is no address, which begins with https://");
  Login login{parts.get(CURLUPART_USER, CURLU_URLDECODE),
              parts.get(CURLUPART_PASSWORD, CURLU_URLDECODE)};
  parts.remove(CURLUPART_USER);
  parts.remove(CURLUPART_PASSWORD);
  std::string plain = parts.get(CURLUPART_URL);
  if (login.user.empty() && login.password.empty()) return {std::move(plain), std::nullopt};
  return {std::move(plain), std::move(login)};
}

std::string resolved(const std::string& base, const std::string& link) {
  AddressParts parts;
  if (!parts.set(base) || !parts.set(link)) return {};
  parts.remove(CURLUPART_FRAGMENT);  // a hash that is of no use to us
  return parts.get(CURLUPART_URL);
}

std::string host_of(const std::string& address) {
  AddressParts parts;
  if (!parts.set(address)) return {};
  return parts.get(CURLUPART_SCHEME) + "://" + parts.get(CURLUPART_HOST) + ":" +
         parts.get(CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

}  // namespace mvga::tool
