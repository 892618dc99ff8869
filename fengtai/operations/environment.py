"""Settings read from the environment: an empty value is none, and one that cannot be read is refused by its name.

Read by fengtai/settings.py, so it uses nothing that needs settings.
"""

from ipaddress import ip_network

import environ
from django.core.exceptions import ImproperlyConfigured

WORDS = {**dict.fromkeys(("1", "true", "yes", "on"), True), **dict.fromkeys(("0", "false", "no", "off"), False)}


class Environment(environ.Env):
    """Raises ImproperlyConfigured, in both languages, where a value is not what its setting takes."""

    def text(self, name: str, default: str = "") -> str:
        return str(self.ENVIRON.get(name, "")).strip() or default

    def flag(self, name: str, default: bool) -> bool:
        text = self.text(name)
        return WORDS[self._one_of(name, text.lower(), WORDS)] if text else default

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        text = self.text(name, str(default))
        if not text.isascii() or not text.isdigit() or int(text) < least:
            raise refused(name, text, f"不小于 {least} 的整数", f"a whole number of at least {least}")
        return int(text)

    def one_of(self, name: str, allowed, default: str) -> str:
        return self._one_of(name, self.text(name, default), allowed)

    def names(self, name: str, default=()) -> list[str]:
        """Whatever commas part."""
        found = [one.strip() for one in self.text(name).split(",")]
        return [one for one in found if one] or [*default]

    def networks(self, name: str) -> list[str]:
        for one in (found := self.names(name)):
            try:
                ip_network(one)
            except ValueError as error:
                raise refused(name, one, "网段，如 10.1.0.0/16", "a network, as 10.1.0.0/16") from error
        return found

    def address(self, name: str) -> str:
        text = self.text(name)
        if text and not text.startswith(("https://", "http://")):
            raise refused(name, text, "以 https:// 开头的网址", "an address that begins with https://")
        return text

    def database(self, name: str, default: str) -> dict:
        text = self.text(name, default)
        if "://" not in text:  # the library would warn, and show a password
            told = "数据库地址，如 postgres://用户:密码@主机/库", "an address as postgres://user:password@host/database"
            raise refused(name, "…", *told)
        return self.db_url_config(text)

    def _one_of(self, name: str, text: str, allowed) -> str:
        if text not in allowed:
            raise refused(name, text, "之一：" + "、".join(allowed), "one of " + ", ".join(allowed))
        return text


def empty(name: str, chinese: str, english: str) -> ImproperlyConfigured:
    """Of a setting that a site in production cannot be without."""
    told = f"设置 {name} 为空：正式环境需要{chinese}。 / {name} is empty: PRODUCTION needs {english}."
    return ImproperlyConfigured(told)


def refused(name: str, text: str, chinese: str, english: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"设置 {name} 的值“{text}”应为{chinese}。 / {name} is “{text}”: it must be {english}.")
