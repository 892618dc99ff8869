"""Requests with a body, drawn by chance from the forms of the site: what no browser would send."""

import json
from random import Random
from urllib.parse import urlencode

from tests.hostile import values
from tests.hostile.asking import SECRET, Sent
from tests.hostile.forms import Form

BORDER = "zqborder"
FORM = "application/x-www-form-urlencoded"
TYPES = [
    "application/json",
    "text/xml",
    "text/plain",
    "",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "a/b; c",
]
TYPES += [f"multipart/form-data; boundary={'b' * 5000}", "multipart/mixed; boundary=zqborder", f"{FORM}; charset=utf-7"]
TYPES += [f"{FORM}; charset=zq", f"{FORM}; charset=idna", "multipart/form-data; boundary=中", "application/zip"]
NAMES = [
    "../../etc/cron.d/a",
    "C:\\a.xlsx",
    "a\x00.xlsx",
    "长" * 400 + ".xlsx",
    "a.html",
    ".",
    "..",
    "",
    "a.xlsx\r\nX-Zq-Injected: 1",
]
NAMES += [f"{values.MARK}.csv", "=1+1.csv", "\u202exslx.exe", "con", "a" * 5000, "list.xlsx"]
COUNTS = ["", "-1", "0", "1", "1000", "1001", "99999", "9" * 30, "x", "1.5", "２"]


def sending(form: Form, chance: Random) -> Sent:
    """One request: the form as it is, with some of it changed, left out, or sent in another way."""
    fields = _changed(form, chance)
    fields.append(("csrfmiddlewaretoken", SECRET))
    if form.buttons and chance.random() < 0.8:
        fields.append(chance.choice(form.buttons))
    way = chance.random()
    if way < 0.06:
        return _of_another_kind(form, fields, chance)
    if form.files or way < 0.2:
        return _in_parts(form, fields, chance)
    if way < 0.22:
        fields += [(f"f{number}", "x") for number in range(6000)]
    body = urlencode(fields, errors="surrogatepass")
    if way < 0.3:
        body += f"&{chance.choice(values.BYTES)}={chance.choice(values.BYTES)}"
    return Sent(form.action, "POST", {"Content-Type": FORM}, body.encode("utf-8", "surrogatepass"))


def _changed(form: Form, chance: Random) -> list[tuple[str, str]]:
    own = [pair for pair in form.fields if pair[0] != "csrfmiddlewaretoken"]
    way = chance.random()
    if way < 0.1:  # without a part of it: a management form, the sign of what was seen
        gone = {*chance.sample(form.names, min(len(form.names), 3))}
        return [pair for pair in own if pair[0] not in gone]
    if way < 0.15:
        return [(name, values.text(chance)) for name, _value in own]
    changed = {*chance.sample(form.names, min(len(form.names), chance.choice((1, 1, 2, 5))))}
    made = [(name, _instead(name, value, chance) if name in changed else value) for name, value in own]
    if own and chance.random() < 0.1:
        made += [chance.choice(own)] * chance.choice((1, 100))
    return made


def _instead(name: str, value: str, chance: Random) -> str:
    if name.endswith("_FORMS"):
        return chance.choice(COUNTS)
    if value.isdigit() and chance.random() < 0.6:
        return str(chance.randrange(60))  # the key of another record, or of none
    if value and chance.random() < 0.2:
        return value[: len(value) // 2] + chance.choice(("", "x", "\x00")) + value[len(value) // 2 + 1 :]
    return values.text(chance)


def _of_another_kind(form: Form, fields: list, chance: Random) -> Sent:
    body = chance.choice(
        (json.dumps(dict(fields)), urlencode(fields, errors="surrogatepass"), "<a/>", "", "\x00" * 100)
    )
    kind = {"Content-Type": chance.choice(TYPES), "X-CSRFToken": SECRET}
    return Sent(
        form.action, chance.choice(("POST", "POST", "PUT", "PATCH")), kind, body.encode("utf-8", "surrogatepass")
    )


def _in_parts(form: Form, fields: list, chance: Random) -> Sent:
    parts = [_part(f'name="{name}"', value) for name, value in fields]
    for name in form.files:
        if chance.random() < 0.8:
            parts.append(
                _part(f'name="{name}"; filename="{chance.choice(NAMES)}"', _content(chance), chance.choice(TYPES))
            )
    way = chance.random()
    if way < 0.05:  # parts within a part
        parts.append(_part('name="nested"', "".join(_part('name="x"', "1") for _part_within in range(50))))
    elif way < 0.08:
        parts += [_part(f'name="f{number}"; filename="a"', "x") for number in range(300)]
    body = "".join(parts) + (f"--{BORDER}--\r\n" if chance.random() < 0.9 else f"--{BORDER}")
    cut = len(body) if chance.random() < 0.92 else chance.randrange(len(body) + 1)
    kind = {"Content-Type": f"multipart/form-data; boundary={BORDER}"}
    return Sent(form.action, "POST", kind, body[:cut].encode("utf-8", "surrogatepass"))


def _content(chance: Random) -> str:
    return chance.choice(
        ("", "名称,数值\n示例,1\n", "PK\x03\x04", "x" * 3_000_000, values.MARK, "=1+1", values.text(chance))
    )


def _part(about: str, content: str, kind: str = "") -> str:
    told = f"Content-Type: {kind}\r\n" if kind else ""
    return f"--{BORDER}\r\nContent-Disposition: form-data; {about}\r\n{told}\r\n{content}\r\n"
