#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""A server of one file on 127.0.0.1, for the tests of mvga weights get.

usage: weights_server.py FILE LOG [CERTIFICATE]

Prints its port, and writes a line to LOG for each request: path, Range and If-Range. With a
certificate (and its key in the same file) it speaks TLS. What it does depends on the path:

/file          the file, with ETag, Range and If-Range
/no-etag       the file, with Range, but nothing that tells one state of it from another
/no-range      the file as a whole, whatever is asked for
/cut/N/KIND    at first the file's length, but only N bytes; then as /KIND
/slow/N/KIND   at first N bytes, then nothing for long; then as /KIND
/was/N/KIND    at first N bytes of what has another ETag; then as /KIND
/page          200 and a page of HTML
/text          200 and a page of HTML that says it is a file
/empty         200 and nothing
/wrong-range   206 with another range than asked for
/hub           redirects to /file and names its SHA-256, as timm's hub does
/hub-wrong     the same with another SHA-256
/to?ADDRESS    redirects to ADDRESS
/loop          redirects to itself
/huge          says that 6 GB follow, and sends nothing
/huge-range    the same of a range
/endless       200 and bytes without an end, in chunks
/endless-to    302 and the same
/endless-416   416 and the same
/headers       200 and headers without an end
/interim       100 without an end
/simple/X/      an index's page of the package X that lists its wheel, which is the file
/old/simple/X/  the same of another version
/asks/...       the same as /... for who says that he is user with the password pass/word, else 401
all others     404; an absolute address (of a proxy's client) is the file
"""
import base64
import hashlib
import http.server
import re
import ssl
import sys
import time

PAGE = b"<!DOCTYPE html><html><body>Please log in to this network.</body></html>"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    data = b""
    digest = ""
    seen = set()

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, address, **headers):
        self.answer(302, b"moved", Location=address, **headers)

    def part(self, data, etag=None):
        """What is asked for, or all of it."""
        asked = self.headers.get("Range", "")
        if not asked or (etag and self.headers.get("If-Range", etag) != etag):
            self.answer(200, data, **({"ETag": etag} if etag else {}))
            return
        first = int(asked.removeprefix("bytes=").removesuffix("-"))
        if first >= len(data):
            self.answer(416, b"no such range", Content_Range=f"bytes */{len(data)}")
            return
        where = f"bytes {first}-{len(data) - 1}/{len(data)}"
        self.answer(206, data[first:], Content_Range=where, **({"ETag": etag} if etag else {}))

    def interrupt(self, how, count, path):
        etag = '"old"' if how == "was" else f'"{self.digest[:8]}"'
        headers = {} if path == "/no-etag" else {"ETag": etag}
        self.close_connection = True
        self.answer(200, self.data[:count], len(self.data), **headers)
        if how == "slow":
            self.wfile.flush()
            time.sleep(60)

    def index_page(self, name, version):
        names = [f"{name}-{version}.tar.gz", f"{name}-{version}-py2.py3-none-any.whl"]
        links = "".join(
            f'<a href="../../wheels/{n}?a=1&amp;b=2#sha256={self.digest}">{n}</a><br />\n'
            for n in names
        )
        page = f"<!DOCTYPE html>\n<html><body><h1>{name}</h1>\n{links}</body></html>"
        self.answer(200, page.encode(), Content_Type="text/html; charset=UTF-8")

    def endless(self, begin, more):
        self.close_connection = True
        self.wfile.write(begin.encode())
        try:
            while True:
                self.wfile.write(more.encode())
        except OSError:
            pass  # the client has enough

    def do_GET(self):
        with open(sys.argv[2], "a", encoding="utf-8") as log:
            print(self.path, self.headers.get("Range"), self.headers.get("If-Range"), file=log)
        data, digest = self.data, self.digest
        interrupted = re.fullmatch("/(cut|slow|was)/([0-9]+)(/.*)", self.path)
        if interrupted:
            how, count, path = interrupted.groups()
            if self.path not in self.seen:
                self.seen.add(self.path)
                self.interrupt(how, int(count), path)
                return
            self.path = path
        if self.path.startswith("/asks/"):
            login = base64.b64encode(b"user:pass/word").decode()
            if self.headers.get("Authorization") != f"Basic {login}":
                self.answer(401, b"who are you?", WWW_Authenticate='Basic realm="mirror"')
                return
            self.path = self.path.removeprefix("/asks")
        index = re.fullmatch("(/old)?/simple/([^/]+)/", self.path)
        if index:
            self.index_page(index[2].replace("-", "_"), "0.0.9" if index[1] else "0.1.0")
        elif self.path.startswith("/wheels/") and ".whl?" in self.path:
            self.part(data, f'"{digest[:8]}"')
        elif self.path == "/file" or self.path.startswith("http://"):
            self.part(data, f'"{digest[:8]}"')
        elif self.path == "/no-etag":
            self.part(data)
        elif self.path == "/no-range":
            self.answer(200, data, ETag='"always"')
        elif self.path == "/page":
            self.answer(200, PAGE, Content_Type="text/html; charset=utf-8")
        elif self.path == "/text":
            self.answer(200, PAGE, Content_Type="application/octet-stream")
        elif self.path == "/empty":
            self.answer(200)
        elif self.path == "/wrong-range":
            self.answer(206, data, Content_Range=f"bytes 0-{len(data) - 1}/{len(data)}")
        elif self.path == "/hub":
            self.redirect("/file", X_Linked_ETag=f'"{digest}"')
        elif self.path == "/hub-wrong":
            self.redirect("/file", X_Linked_ETag='"' + "0" * 64 + '"')
        elif self.path.startswith("/to?"):
            self.redirect(self.path.removeprefix("/to?"))
        elif self.path == "/huge":
            self.answer(200, length=6_000_000_000)
        elif self.path == "/huge-range":
            self.answer(206, length=6_000_000_000, Content_Range="bytes 0-5999999999/6000000000")
        elif self.path.startswith("/endless"):
            status = {"/endless-to": 302, "/endless-416": 416}.get(self.path, 200)
            self.endless(f"HTTP/1.1 {status} So\r\nLocation: /file\r\nTransfer-Encoding: chunked\r\n\r\n",
                         "10000\r\n" + "x" * 0x10000 + "\r\n")
        elif self.path == "/headers":
            self.endless("HTTP/1.1 200 OK\r\n", "X-Name: " + "v" * 1000 + "\r\n")
        elif self.path == "/interim":
            self.endless("", "HTTP/1.1 100 Continue\r\n\r\n")
        elif self.path == "/loop":
            self.redirect("/loop")
        else:
            self.answer(404, PAGE, Content_Type="text/html")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # clients that go away are part of the tests


def main():
    with open(sys.argv[1], "rb") as file:
        Handler.data = file.read()
    Handler.digest = hashlib.sha256(Handler.data).hexdigest()
    server = Server(("127.0.0.1", 0), Handler)
    if len(sys.argv) > 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[3])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
