// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/download.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "core/base/error.h"
#include "core/base/version.h"
#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

constexpr std::string_view kHash = "sha256:";
constexpr std::uint64_t kMega = 1'000'000;

struct Cleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::string scheme_of(const std::string& address) {
  std::string scheme = address.substr(0, address.find("://"));
  std::ranges::transform(scheme, scheme.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return scheme.size() == address.size() ? "" : scheme;
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "bytes 100-199/200", or "bytes */200" where no such range is.
struct ContentRange {
  std::optional<std::uint64_t> first;
  std::optional<std::uint64_t> total;
};

ContentRange parse_content_range(std::string_view text) {
  if (!text.starts_with("bytes ")) return {};
  text.remove_prefix(6);
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view range = text.substr(0, slash);
  ContentRange parsed{number(range.substr(0, range.find('-'))), std::nullopt};
  if (slash < text.size()) parsed.total = number(text.substr(slash + 1));
  return parsed;
}

/// The headers of one response after the other, while curl follows redirects.
class Headers {
 public:
  void add(std::string_view line) {
    if (line.starts_with("HTTP/")) {
      fields_.clear();
      return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::string value = trimmed(line.substr(colon + 1));
    if (name == "x-linked-etag") take_hash(value);
    fields_[name] = std::move(value);
  }
  /// Of the last response.
  std::string operator[](const std::string& name) const {
    const auto found = fields_.find(name);
    return found == fields_.end() ? "" : found->second;
  }
  /// The SHA-256 that timm's hub names with the redirect to where the file is.
  const std::string& hash() const { return hash_; }

  /// What tells this state of the file from later ones; empty if the server does not say.
  std::string version() const {
    if (!hash_.empty()) return std::string(kHash) + hash_;
    const std::string etag = (*this)["etag"];
    return etag.starts_with('"') ? etag : (*this)["last-modified"];  // a weak one promises nothing
  }

 private:
  void take_hash(std::string value) {
    std::erase(value, '"');
    if (is_sha256(value)) hash_ = value;
  }

  std::map<std::string, std::string> fields_;
  std::string hash_;
};

/// One request and what comes of it.
class Transfer {
 public:
  Transfer(PartFile& part, const DownloadSettings& settings);

  /// @return false if the part turned out to be none of the file: it is empty now, try again
  bool run();
  const std::string& hash() const { return headers_.hash(); }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK)
      throw std::logic_error("libcurl does not know option " + std::to_string(option));
  }
  void set_protocols();
  void set_certificates();
  void ask_for_the_rest();

  long status() const;
  [[noreturn]] void fail(const std::string& why, ErrorKind kind = ErrorKind::not_found) const;
  void begin_body();
  void begin_progress(std::optional<std::uint64_t> missing);
  void take(std::span<const std::byte> bytes);
  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* self);

  PartFile& part_;
  const DownloadSettings& settings_;
  std::unique_ptr<CURL, Cleanup> easy_;
  std::unique_ptr<curl_slist, Cleanup> request_headers_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  Headers headers_;
  std::uint64_t asked_from_ = 0;
  bool body_begun_ = false;
  std::optional<Progress> progress_;
  std::uint64_t received_ = 0;
  std::exception_ptr thrown_;
};

Transfer::Transfer(PartFile& part, const DownloadSettings& settings)
    : part_(part), settings_(settings) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised == CURLE_OK) easy_.reset(curl_easy_init());
  if (!easy_) throw Error(ErrorKind::no_space, "libcurl cannot be started");
  set(CURLOPT_URL, part.address().c_str());
  set(CURLOPT_USERAGENT, "mvga/" MVGA_VERSION);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_FOLLOWLOCATION, 1L);
  set(CURLOPT_MAXREDIRS, 10L);
  set(CURLOPT_CONNECTTIMEOUT, settings.connect_seconds);
  set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(CURLOPT_LOW_SPEED_TIME, settings.stall_seconds);
  set(CURLOPT_ERRORBUFFER, error_.data());
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set_protocols();
  set_certificates();
  ask_for_the_rest();
}

void Transfer::set_protocols() {
  const std::string scheme = scheme_of(part_.address());
  const char* const allowed = scheme == "http" ? "http,https" : scheme.c_str();
  set(CURLOPT_PROTOCOLS_STR, allowed);
  set(CURLOPT_REDIR_PROTOCOLS_STR, scheme == "file" ? "https" : allowed);
}

void Transfer::set_certificates() {
  for (const char* name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"}) {
    const char* const file = std::getenv(name);
    if (file == nullptr || *file == '\0') continue;
    set(CURLOPT_CAINFO, file);
    return;
  }
}

void Transfer::ask_for_the_rest() {
  const bool checked = !settings_.sha256.empty() || part_.version().starts_with(kHash);
  if (part_.size() == 0 || scheme_of(part_.address()) == "file") return;
  // What is put together of two states of a file must not pass for one.
  if (!checked && part_.version().empty()) return;
  asked_from_ = part_.size();
  set(CURLOPT_RANGE, (std::to_string(asked_from_) + "-").c_str());
  if (checked) return;
  request_headers_.reset(curl_slist_append(nullptr, ("If-Range: " + part_.version()).c_str()));
  set(CURLOPT_HTTPHEADER, request_headers_.get());
}

bool Transfer::run() {
  const CURLcode code = curl_easy_perform(easy_.get());
  progress_.reset();
  if (thrown_) std::rethrow_exception(thrown_);
  if (status() == 416 && asked_from_ > 0) {
    // Nothing is left to send: it was complete, or is a part of another file.
    if (parse_content_range(headers_["content-range"]).total == part_.size()) return true;
    part_.begin("");
    return false;
  }
  if (code == CURLE_UNSUPPORTED_PROTOCOL)
    fail("the server redirects to an address that is not " + scheme_of(part_.address()) + "://");
  if (code != CURLE_OK) {
    const std::string told = trimmed(error_.data());
    fail(told.empty() ? curl_easy_strerror(code) : told);
  }
  begin_body();  // of an empty file
  return true;
}

long Transfer::status() const {
  long code = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &code);
  return code;
}

void Transfer::fail(const std::string& why, ErrorKind kind) const {
  throw Error(kind, part_.address() + ": " + why);
}

/// Knows by the headers what the body is, before anything of it replaces what is there.
void Transfer::begin_body() {
  if (body_begun_) return;
  body_begun_ = true;
  const long code = status();
  const bool is_local = scheme_of(part_.address()) == "file";
  if (!is_local && code != 200 && code != 206)
    fail("the server answers with HTTP status " + std::to_string(code));
  if (headers_["content-type"].starts_with("text/html"))
    fail("the server sends a page instead of the file", ErrorKind::unreadable);
  if (!hash().empty() && !settings_.sha256.empty() && hash() != settings_.sha256)
    fail("the server has another file, with SHA-256 " + hash() + ", not " + settings_.sha256,
         ErrorKind::unreadable);
  if (code == 206) {
    const ContentRange range = parse_content_range(headers_["content-range"]);
    if (range.first != part_.size()) fail("the server sends a range that was not asked for");
    begin_progress(range.total ? std::optional(*range.total - std::min(*range.total, part_.size()))
                               : std::nullopt);
  } else {
    part_.begin(headers_.version());
    begin_progress(number(headers_["content-length"]));
  }
}

void Transfer::begin_progress(std::optional<std::uint64_t> missing) {
  progress_.emplace(settings_.title + ", MB",
                    missing ? static_cast<std::size_t>((*missing + kMega - 1) / kMega) : 0,
                    settings_.quiet);
}

void Transfer::take(std::span<const std::byte> bytes) {
  begin_body();
  part_.append(bytes);
  received_ += bytes.size();
  if (progress_) progress_->show(static_cast<std::size_t>(received_ / kMega));
}

std::size_t Transfer::on_header(char* data, std::size_t, std::size_t size, void* self) {
  static_cast<Transfer*>(self)->headers_.add({data, size});
  return size;
}

std::size_t Transfer::on_body(char* data, std::size_t, std::size_t size, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.status() == 416 && transfer.asked_from_ > 0) return size;  // a text for people
  try {
    transfer.take(std::as_bytes(std::span(data, size)));
    return size;
  } catch (...) {  // may not pass through curl
    transfer.thrown_ = std::current_exception();
    return 0;
  }
}

}  // namespace

void check_address(const std::string& address) {
  const std::string scheme = scheme_of(address);
  if (scheme != "https" && scheme != "http" && scheme != "file")
    throw Error(ErrorKind::settings,
                "'" + address +
                    "' is no address to download from: it has to begin with https://, http:// or "
                    "file://");
}

std::string download(PartFile& part, const DownloadSettings& settings) {
  check_address(part.address());
  for (;;) {
    Transfer transfer(part, settings);
    if (!transfer.run()) continue;
    if (!transfer.hash().empty()) return transfer.hash();
    const std::string& now = part.version();
    return now.starts_with(kHash) ? now.substr(kHash.size()) : "";
  }
}

}  // namespace mvga::tool
