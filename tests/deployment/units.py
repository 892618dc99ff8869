"""What systemd would start, read from the shipped unit files: command lines, environment, how they are stopped."""

import re
import shlex
from collections import defaultdict
from dataclasses import dataclass

from tests.deployment.places import DEPLOY, Places

SYSTEMD = DEPLOY / "systemd"
COMMON = "systemd/fengtai-.service.d/common.conf"
PATH = "/usr/local/bin:/usr/bin:/bin"  # all that systemd gives a service beside its own variables


@dataclass(frozen=True)
class Unit:
    """The commands are those of the unit file, with the variables of its environment file put in."""

    environment: dict[str, str]
    start: list[list[str]]
    after_start: list[list[str]]
    folder: str
    stop_seconds: int


def read_unit(name: str, places: Places, own: dict[str, str]) -> Unit:
    """Of a template the instance is the part behind @: fengtai-web@8001. `own`: what its environment file says."""
    template, at, instance = name.partition("@")
    found = settings_in(places.read(f"systemd/{template}{at}.service"))
    common = settings_in(places.read(COMMON))
    [file] = common["EnvironmentFile"]
    assert file == str(places.folder / "environment"), file

    def commands(key: str) -> list[list[str]]:
        return [_expanded(line.replace("%i", instance), own) for line in found[key]]

    return Unit(
        environment={"PATH": PATH, **own},
        start=commands("ExecStart"),
        after_start=commands("ExecStartPost"),
        folder=common["WorkingDirectory"][0],
        stop_seconds=int((found["TimeoutStopSec"] or ["90"])[0]),
    )


def settings_in(text: str) -> dict[str, list[str]]:
    """Every value of every key, in order; sections share no keys that matter here."""
    found = defaultdict(list)
    for line in text.splitlines():
        if line and line[0] not in "#;[":
            key, _equals, value = line.partition("=")
            found[key.strip()].append(value.strip())
    return found


def variables_in(text: str) -> dict[str, str]:
    """An environment file: no quotes, no references."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def _expanded(line: str, own: dict[str, str]) -> list[str]:
    """${NAME} becomes one word, as systemd does it; a variable that is not in the file is a fault."""
    return [re.sub(r"\$\{(\w+)\}", lambda name: own[name[1]], word) for word in shlex.split(line)]
