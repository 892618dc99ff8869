"""What is put where a name, a number or a date is expected, and the mark by which an answer gives it away."""

import base64
from random import Random
from urllib.parse import quote, quote_from_bytes

# Each sign that matters in HTML stands between words that occur nowhere else: a page that holds one of these pairs as
# it was sent did not escape it.
MARK = "zqa<zqb>zqc\"zqd'zqe"
HOST = "evil.zqhost.example"
SPLITTING = "zq\r\nX-Zq-Injected: 1\r\n\r\n<zqb>"
NUMBERS = [
    "0",
    "-0",
    "-1",
    "1e400",
    "NaN",
    "Infinity",
    "9" * 19,
    "9" * 400,
    f"1{'0' * 400}",
    "0x10",
    "1_000",
    "٣",
    "１２",
]
NUMBERS += ["²", "Ⅷ", "1.5", "1,000", "1e5", "+1", " 1", "00001", "2147483648", "9223372036854775808", "1/0", "--1"]
DATES = ["0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "-0001-01-01", "2023-02-30", "2024-13-01", "1e9"]
DATES += ["99999年", "0年", "二〇二四年四十月", "2024-01-01T25:61:61", "2024-W60", f"{'9' * 30}年1月1日"]
SQL = ["' OR 1=1 --", '"; DROP TABLE partners_organisation; --', "%", "_", "%%%", "\\", "\\%", "1) UNION SELECT 1"]
SQL += ["*", '"', "a AND", "NEAR(", "a:*", "!a & |", "<->", "(((((", "-- ", "/*", "${jndi:ldap://x}", "\x1a", "';--"]
PATTERNS = ["(a+)+$", "a" * 3000 + "!", "(" * 2000, "[" * 2000, "1," * 800, "约" * 1500, "亿万" * 900, ".*" * 900]
TEMPLATES = ["%s%s%s%n", "%(a)s", "{0}{1}", "{a.__class__}", "{{7*7}}", "{% debug %}", "#{7*7}", "<%= 7*7 %>", "$(id)"]
UNSEEN = [
    "\u202e1",
    "\u200b",
    "\ufeffa",
    "a\u0301" * 500,
    "\u2028",
    "\ue000",
    "\uffff",
    "\U0010ffff",
    "👨‍👩‍👧‍👦" * 50,
    "\xad",
    "\x7f",
]
UNSEEN += ["\x00", "a\x00b", "\x01", "\r\n", "\t", "\x1b[31m", "ﷺ" * 500, "İ" * 200, "ß" * 500, "ﬃ" * 300]
LONG = ["长" * 5000, "x" * 20_000, "a " * 3000, "，" * 3000, "a,b," * 500]
PATHS = [
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "/etc/passwd",
    "file:///etc/passwd",
    "C:\\boot.ini",
    ".",
    "..",
    "",
]
URLS = [
    "javascript:zqalert(1)",
    "JaVaScRiPt:zqalert(1)",
    "java\tscript:zqalert(1)",
    "data:text/html,zqalert",
    f"//{HOST}",
]
URLS += [
    f"https://{HOST}/",
    f"\\\\{HOST}",
    f"/\\{HOST}",
    f"/\t/{HOST}",
    f"https:{HOST}",
    f"///{HOST}",
    f"http:///{HOST}",
]
URLS += [
    f"/%2f{HOST}",
    f"@{HOST}",
    f"https://testserver@{HOST}/",
    f"https://{HOST}\\@testserver/",
    f"\x01https://{HOST}",
]
OBJECTS = ["[]", "{}", "null", "true", '{"$gt":""}', "[1,2", "__proto__", "__class__", "[object Object]", "undefined"]
MARKS = [MARK, f"'{MARK}", f'"><svg onload={MARK}>', f"</script>{MARK}", f"--></style>{MARK}", SPLITTING, f"&lt;{MARK}"]
TEXTS = [*NUMBERS, *DATES, *SQL, *PATTERNS, *TEMPLATES, *UNSEEN, *LONG, *PATHS, *URLS, *OBJECTS, *MARKS]
KINDS = [NUMBERS, DATES, SQL, PATTERNS, TEMPLATES, UNSEEN, LONG, PATHS, URLS, OBJECTS, MARKS]
# As they stand in an address: no text at all, or one that two readers would decode differently.
BYTES = [
    "%",
    "%z1",
    "%u4e2d",
    "%ff",
    "%c0%ae%c0%ae",
    "%e0%80%af",
    "%ed%a0%80",
    "%f5%80%80%80",
    "%80",
    "%00",
    "%0d%0aX-Zq-Injected:1",
]
BYTES += ["%25%30%30", "%2500", "%", "%%", "&", "=", "+", "%2b", ";", "#", "%C4%E3", "\xff\xfe", "\xe4\xb8"]


def text(chance: Random) -> str:
    """Every kind as often as any other; one in twenty made at random."""
    if chance.random() < 0.05:
        return "".join(chr(chance.choice((chance.randrange(32, 127), chance.randrange(0x110000)))) for _ in range(8))
    return chance.choice(chance.choice(KINDS))


def encoded(chance: Random, value: str | None = None) -> str:
    """A value as it stands in an address: mostly a text in UTF-8, sometimes bytes that are none."""
    if value is None and chance.random() < 0.15:
        return chance.choice(BYTES)
    value = text(chance) if value is None else value
    way = chance.random()
    if way < 0.85:
        return quote(value, errors="surrogatepass")
    if way < 0.9:
        return quote(quote(value, errors="surrogatepass"))
    if way < 0.95:
        return quote_from_bytes(value.encode("gb18030", "replace"))
    return quote(base64.urlsafe_b64encode(value.encode("utf-8", "surrogatepass")).decode())


def cursor(chance: Random) -> str:
    """What could pass for a position in a list: forged, cut, or of something else."""
    inside = chance.choice(
        ["[1,2]", '["a"]', "[null]", "[[[]]]", '{"a":1}', "[1e400]", '["\\u0000"]', "[" * 500, "[-1]", "1"]
    )
    if chance.random() < 0.3:
        inside = f'["{text(chance)}", {chance.choice(NUMBERS)}]'
    made = base64.urlsafe_b64encode(inside.encode("utf-8", "surrogatepass")).decode()
    return made.rstrip("=") if chance.random() < 0.5 else made[: chance.randrange(len(made) + 1)]
