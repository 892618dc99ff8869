"""The whole deployment on one machine: two web nodes, a task worker, and what stands before and behind them."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.deployment.places import NODES, Places
from tests.deployment.processes import Process, run
from tests.deployment.servers import nginx, postgresql, redis
from tests.deployment.units import Unit, read_unit, variables_in
from tests.sites import passwords_in

SECRET = "for-this-check-alone-" + "0123456789abcdefghijklmnopqrstuvwxyz"


class Machine:
    """Units are started by the command lines of their files; `passwords` are those told by the first preparation."""

    def __init__(self, places: Places, **changed: str):
        self.places, self.running = places, {}
        self.changed = {"SECRET_KEY": SECRET} | changed
        text = places.read("environment.example")
        self.environment = variables_in(text) | self.changed
        lines = "".join(f"{name}={value}\n" for name, value in self.environment.items())
        (places.folder / "environment").write_text(lines, "utf-8")

    def unit(self, name: str) -> Unit:
        return read_unit(self.places.placed(name), self.places, self.environment)

    def prepare(self) -> dict[str, str]:
        """What fengtai-prepare.service does: tables, roles, the first account, static files."""
        unit = self.unit("fengtai-prepare")
        told = "".join(run(command, cwd=unit.folder, env=unit.environment, umask=0o077) for command in unit.start)
        return passwords_in(told)

    def start(self, name: str) -> Process:
        """Returns once its ExecStartPost says that it is up."""
        unit = self.unit(name)
        [command] = unit.start
        log = self.places.folder / "log" / f"{name}.log"
        options = {"cwd": unit.folder, "env": unit.environment, "umask": 0o077}
        process = self.running[name] = Process(name, command, log, unit.stop_seconds, **options)
        for command in unit.after_start:
            run(command, env=unit.environment)
        return process

    def stop(self, name: str) -> float:
        return self.running.pop(name).stop()

    def restart(self, name: str) -> float:
        """Seconds that the node was asked to end, ended, started and answered."""
        began = time.monotonic()
        self.stop(name)
        self.start(name)
        return time.monotonic() - began

    def rolling_restart(self) -> None:
        """What deploy/rolling-restart does to the nodes."""
        for node in NODES:
            self.restart(f"fengtai-web@{node}")

    def stop_all(self):
        for name in [*self.running]:
            self.stop(name)


@contextmanager
def folder_of_ours() -> Iterator[Path]:
    """Gone afterwards; the accounts of nginx and PostgreSQL may pass through it, but read nothing of the site's own."""
    folder = Path(tempfile.mkdtemp(prefix="fengtai-deploy-"))
    try:
        if os.geteuid() == 0:
            folder.chmod(0o711)
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def deployed(folder: Path, fill=None, **changed: str) -> Iterator[tuple[Machine, dict[str, str]]]:
    """The machine with everything running, and the passwords told. `fill` gets the machine before it is prepared."""
    machine = Machine(Places(folder), **changed)
    with ExitStack() as stack:
        for server in (postgresql, redis):
            stack.enter_context(server(machine.places))
        if fill:
            fill(machine)
        passwords = machine.prepare()
        stack.callback(machine.stop_all)
        for node in NODES:
            machine.start(f"fengtai-web@{node}")
        machine.start("fengtai-worker")
        stack.enter_context(nginx(machine.places))
        yield machine, passwords
