"""Requests without a body, drawn by chance: parameters of an address, its parts, headers and methods."""

from random import Random

from tests.hostile import values
from tests.hostile.addresses import Address, Keys
from tests.hostile.asking import Sent

METHODS = ["GET"] * 40 + ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "POST", "get", "ZQ<zqb>", "G\x00T"]
HEADERS = ["Referer", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding", "Cookie", "If-None-Match", "Origin"]
HEADERS += ["If-Modified-Since", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-URL", "Range"]
HEADERS += [
    "Content-Type",
    "Content-Length",
    "X-Requested-With",
    "Authorization",
    "X-HTTP-Method-Override",
    "Forwarded",
]
HOSTS = [
    values.HOST,
    f"testserver@{values.HOST}",
    f"testserver:80@{values.HOST}",
    f"testserver:{values.HOST}",
    "",
    "[::1",
    "a b",
]
HOSTS += [
    f"testserver,{values.HOST}",
    "testserver:99999999",
    "testserver:zq",
    "<zqb>",
    "testserver\r\nX-Zq-Injected: 1",
    "..",
    "中国",
]
PLAIN = [
    "1",
    "2",
    "25",
    "100",
    "yes",
    "no",
    "published",
    "draft",
    "csv",
    "json",
    "jsonl",
    "xlsx",
    "name",
    "-name",
    "keys",
    "示例",
]


def question(address: Address, chance: Random, keys: Keys) -> Sent:
    """One request; most say something that is right beside what is not, to come further than the first check."""
    sent = Sent(address.path(chance, keys), chance.choice(METHODS))
    if pairs := _pairs(address, chance):
        sent.target += "?" + pairs
    for _header in range(chance.choice((0, 0, 0, 1, 1, 3))):
        sent.headers[chance.choice(HEADERS)] = _header_value(chance)
    if chance.random() < 0.04:
        sent.headers["Host"] = chance.choice(HOSTS)
    return sent


def _pairs(address: Address, chance: Random) -> str:
    way = chance.random()
    if way < 0.01:
        return "&".join(f"p{number}={number}" for number in range(10_000))
    if way < 0.02:
        name = chance.choice(address.known)
        return "&".join(f"{name}={values.encoded(chance)}" for _ in range(50))
    if way < 0.03:
        return values.encoded(chance) * chance.choice((1, 30))
    return "&".join(_pair(chance.choice(address.known), chance) for _ in range(chance.choice((1, 1, 1, 2, 3, 6))))


def _pair(name: str, chance: Random) -> str:
    if name in ("after", "before") and chance.random() < 0.6:
        return f"{name}={values.cursor(chance)}"
    if chance.random() < 0.3:
        return f"{name}={values.encoded(chance, chance.choice(PLAIN))}"
    way = chance.random()
    if way < 0.05:
        name += chance.choice(
            ("[]", "[a]", "[0][b]", "__gte", "__year", "__regex", "_min", "_max", "_0", "_1", ".a", "%5B%5D")
        )
    elif way < 0.1:
        name = values.encoded(chance)
    return f"{name}={values.encoded(chance)}"


def _header_value(chance: Random) -> str:
    """Servers let no line end pass within a header; tests over a socket try that they do not."""
    return values.text(chance).replace("\r", "").replace("\n", "").replace("\x00", "")[:8000]
