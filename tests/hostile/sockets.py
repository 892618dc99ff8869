"""Bytes put on the socket of a running server that no client would send: what it answers, and whether it lives on."""

import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

WAIT = 5  # seconds for an answer
MOST = 200_000
GET = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n"


@dataclass(frozen=True)
class Raw:
    """`slow` sends it byte by byte for some seconds and then stops."""

    name: str
    sent: bytes
    slow: bool = False


def _get(target: bytes, *headers: bytes) -> bytes:
    return GET % (target, b"".join(header + b"\r\n" for header in headers))


def _post(body: bytes, *headers: bytes) -> bytes:
    return (
        b"POST /corrections/new/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + b"".join(one + b"\r\n" for one in headers)
        + b"\r\n"
        + body
    )


CHUNKED, FORM = b"Transfer-Encoding: chunked", b"Content-Type: application/x-www-form-urlencoded"
TARGETS = [
    b"/%",
    b"/%zz",
    b"/%00",
    b"/\x00",
    b"/%c0%ae%c0%ae/",
    b"/%ed%a0%80",
    b"/\xff\xfe",
    b"/\xe4\xb8\xad",
    b"//evil.example",
    b"/\\evil",
]
TARGETS += [
    b"http://evil.example/",
    b"http://127.0.0.1/partners/",
    b"*",
    b"",
    b"partners",
    b"/../../etc/passwd",
    b"/%2e%2e/%2e%2e/etc/passwd",
]
TARGETS += [
    b"/partners/?q=%ff%fe",
    b"/partners/?q=%0d%0aX-Zq-Injected:%201",
    b"/static/%2e%2e/%2e%2e/settings.py",
    b"/static/../manage.py",
]
TARGETS += [
    b"/" + b"a" * 9000,
    b"/partners/?q=" + b"a" * 70_000,
    b"/partners/#<zqb>",
    b"/partners/;a=b",
    b"/partners/?" + b"a=1&" * 10_000,
]
RAW = [
    *(Raw(f"target {target[:30]!r}", _get(target)) for target in TARGETS),
    Raw("no host", b"GET / HTTP/1.1\r\n\r\n"),
    Raw("two hosts", _get(b"/", b"Host: evil.example")),
    Raw("strange host", b"GET /partners/ HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
    Raw("HTTP/1.0", b"GET / HTTP/1.0\r\n\r\n"),
    Raw("HTTP/0.9", b"GET /\r\n"),
    Raw("HTTP/9.9", b"GET / HTTP/9.9\r\nHost: a\r\n\r\n"),
    Raw("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00" + bytes(300)),
    Raw("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    Raw("bare line ends", b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n"),
    Raw("many headers", _get(b"/", *(b"X-%d: 1" % number for number in range(500)))),
    Raw("huge header", _get(b"/", b"X-A: " + b"a" * 1_000_000)),
    Raw("huge cookie", _get(b"/", b"Cookie: sessionid=" + b"a" * 100_000)),
    Raw("header without name", _get(b"/", b": 1", b"X A: 1", b"X\x00: 1")),
    Raw("folded header", _get(b"/", b"X-A: 1\r\n folded: 2")),
    Raw("bytes in a header", _get(b"/", b"Referer: \xff\xfe\x80", b"User-Agent: \xe4\xb8")),
    Raw("bad chunks", _post(b"zz\r\nabc\r\n0\r\n\r\n", CHUNKED, FORM)),
    Raw("negative chunk", _post(b"-1\r\nabc\r\n0\r\n\r\n", CHUNKED, FORM)),
    Raw("endless chunk", _post(b"ffffffffffffffff\r\nabc", CHUNKED, FORM)),
    Raw("chunks that end early", _post(b"5\r\nab", CHUNKED, FORM)),
    Raw("chunks and a length", _post(b"0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n", CHUNKED, b"Content-Length: 5", FORM)),
    Raw("two lengths", _post(b"abcde", b"Content-Length: 5", b"Content-Length: 50", FORM)),
    Raw("negative length", _post(b"abc", b"Content-Length: -1", FORM)),
    Raw("endless length", _post(b"abc", b"Content-Length: " + b"9" * 30, FORM)),
    Raw("length that lies", _post(b"abc", b"Content-Length: 5000", FORM)),
    Raw("length that is none", _post(b"abc", b"Content-Length: zq", FORM)),
    Raw("pipelined", _get(b"/partners/") * 20),
    Raw("pipelined behind a body", _post(b"abc", b"Content-Length: 3", FORM) + _get(b"/")),
    Raw("expects", _post(b"", b"Expect: 100-continue", b"Content-Length: 10", FORM)),
    Raw("upgrade", _get(b"/", b"Connection: Upgrade", b"Upgrade: websocket")),
    Raw("CONNECT", b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
    Raw("TRACE", b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Zq: <zqb>\r\n\r\n"),
    Raw("strange method", b"ZQ<zqb> / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
    Raw("underscore header", _get(b"/", b"X_Forwarded_For: 1", b"REMOTE_ADDR: 1", b"HTTP_HOST: evil.example")),
    Raw("slow head", _get(b"/partners/"), slow=True),
    Raw("slow body", _post(b"abc", b"Content-Length: 3000", FORM), slow=True),
]


def said(address: str, raw: Raw) -> bytes:
    """What comes back until the server closes or is silent; nothing where it closes at once."""
    host = urlsplit(address)
    with socket.create_connection((host.hostname, host.port), timeout=WAIT) as open_socket:
        try:
            if raw.slow:
                for byte in raw.sent[:40]:
                    open_socket.send(bytes([byte]))
                    time.sleep(0.02)
                open_socket.settimeout(0.2)
            else:
                open_socket.sendall(raw.sent)
                open_socket.shutdown(socket.SHUT_WR)
            return _read(open_socket)
        except OSError:
            return b""


def _read(open_socket: socket.socket) -> bytes:
    found = b""
    try:
        while len(found) < MOST and (more := open_socket.recv(65_536)):
            found += more
    except OSError:
        pass
    return found


def faults(raw: Raw, answer: bytes) -> list[str]:
    """In words."""
    lines = [line for line in answer.split(b"\r\n") if line.startswith(b"HTTP/1.")]
    found = [
        f"{raw.name}: {line!r}" for line in lines if line.split(b" ")[1:2] and line.split(b" ")[1].startswith(b"5")
    ]
    signs = (
        b"Traceback",
        b"X-Zq-Injected: 1\r\n",
        b"<zqb>",
        b"root:x:",
        b"\nLocation: //evil",
        b"ocation: http://evil",
        b"DJANGO_SETTINGS",
    )
    return found + [f"{raw.name}: holds {sign!r}" for sign in signs if sign in answer]
