"""What stands in deploy/ can be started as it stands: the short form of `make deploy-check`."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from granian.cli import cli

from tests.conftest import ANALYSIS, NGINX
from tests.deployment.machine import Machine, folder_of_ours
from tests.deployment.places import DEPLOY, NODES, ROOT, Places
from tests.deployment.processes import run
from tests.deployment.servers import nginx, nginx_command
from tests.deployment.units import SYSTEMD, settings_in, variables_in
from tests.deployment.visitor import Visitor
from tests.deployment.walk import compression, logged, other_doors, static_files, too_large
from tests.sites import copy, passwords_in

UNITS = sorted(path.name for path in SYSTEMD.glob("fengtai-*.*") if path.is_file())
SERVICES = [name for name in UNITS if name.endswith(".service")]
EXAMPLE = variables_in((DEPLOY / "environment.example").read_text("utf-8"))
EXPOSURE = 20  # tenths of the ten by which systemd-analyze tells how little a service is confined
COMPOSE = DEPLOY / "containers" / "compose.yaml"
SECRET = "x1" + "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.fixture
def places():
    with folder_of_ours() as folder:
        yield Places(folder)


@pytest.fixture
def units(places) -> Path:
    """The units as they would lie in /etc/systemd/system, with the paths of this machine."""
    (places.folder / "environment").touch()
    for path in SYSTEMD.rglob("*.*"):
        if path.is_file():
            target = places.folder / "units" / path.relative_to(SYSTEMD)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(places.read(f"systemd/{path.relative_to(SYSTEMD)}"), "utf-8")
    return places.folder / "units"


@pytest.mark.needs(ANALYSIS)
def test_systemd_finds_no_fault_in_the_units(units):
    named = [f"./{name.replace('@', '@8001')}" for name in UNITS]
    command = [ANALYSIS, "verify", "--man=no", "--generators=no", *named]
    done = subprocess.run(command, cwd=units, env=os.environ | {"SYSTEMD_UNIT_PATH": f"{units}:"}, capture_output=True)
    assert (done.returncode, done.stderr.decode()) == (0, "")


@pytest.mark.needs(ANALYSIS)
@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_confined(units, name):
    command = [ANALYSIS, "security", "--offline=true", "--no-pager", f"--threshold={EXPOSURE}", f"./{name}"]
    done = subprocess.run(command, cwd=units, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-300:]


def commands(name: str) -> list[str]:
    found = settings_in((SYSTEMD / name).read_text("utf-8"))
    return found["ExecStart"] + found["ExecStartPost"]


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_unit_starts_is_there(name):
    """Commands of manage.py, and variables that the environment file says."""
    for line in commands(name):
        words = line.split()
        if "manage.py" in words and not _comes_with_backups(words):
            assert words[words.index("manage.py") + 1] in get_commands()
        assert {word.split("}")[0] for word in line.split("${")[1:]} <= EXAMPLE.keys()


def _comes_with_backups(words: list[str]) -> bool:
    return "backup" in words and not (ROOT / "fengtai" / "operations" / "backups").exists()


def served_by(line: str) -> dict:
    """How granian reads its options; of variables the value in the environment file."""
    for name, value in EXAMPLE.items():
        line = line.replace(f"${{{name}}}", value)
    return cli.make_context("granian", line.split()[1:]).params


def test_the_image_serves_as_the_unit_does():
    [unit] = [line for line in commands("fengtai-web@.service") if "granian" in line]
    image = (DEPLOY / "containers" / "Containerfile").read_text("utf-8")
    own = image.partition("exec ")[2].rpartition('"]')[0].replace(":-1}", "}").replace(":-4}", "}")
    ours, theirs = served_by(unit.replace("%i", "8000")), served_by(own)
    assert {name for name in ours if ours[name] != theirs[name]} == {"host"}


def test_compose_names_only_what_is_there():
    services = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]
    brought = {"./tls", "./environment"}  # by whoever deploys
    for name, service in services.items():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert not source.startswith(".") or source in brought or (COMPOSE.parent / source).exists(), (name, mount)
        words = " ".join(service.get("command", [])).split()
        if "manage.py" in words and words[words.index("manage.py") + 1].isidentifier():
            assert words[words.index("manage.py") + 1] in get_commands()
        assert set(service.get("depends_on", ())) <= services.keys()
    assert (COMPOSE.parent / services["web1"]["build"]["context"] / services["web1"]["build"]["dockerfile"]).exists()
    upstream = (COMPOSE.parent / "fengtai-upstream.conf").read_text("utf-8")
    assert {f"{name}:8000" in upstream for name in ("web1", "web2")} == {True}


def test_every_variable_of_the_environment_file_is_explained():
    explained = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert [name for name in EXAMPLE if f"`{name}`" not in explained] == []


def test_django_finds_nothing_to_say_of_the_environment_file(tmp_path):
    own = EXAMPLE | {"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path), "STATIC_DIR": str(tmp_path / "static")}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env={"PATH": os.environ["PATH"], **own}, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_secret_key_nothing_starts(tmp_path):
    own = EXAMPLE | {"DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, env=own, capture_output=True, text=True)
    assert done.returncode and "设置 SECRET_KEY 为空" in done.stderr and "SECRET_KEY is empty" in done.stderr


def test_scripts_are_read_by_the_shell():
    for name in ("rolling-restart", "manage"):
        run(["bash", "-n", str(DEPLOY / name)])


def test_a_command_runs_as_the_services_run():
    told = (DEPLOY / "manage").read_text("utf-8")
    common = (DEPLOY / "systemd" / "fengtai-.service.d" / "common.conf").read_text("utf-8")
    properties = dict(line.split("=", 1) for line in common.splitlines() if "=" in line and not line.startswith("#"))
    for name, option in {"User": "uid", "Group": "gid", "WorkingDirectory": "working-directory"}.items():
        assert f"--{option}={properties[name]}" in told
    assert all(f"--property={name}={properties[name]}" in told for name in ("EnvironmentFile", "UMask"))


@pytest.mark.needs(NGINX)
def test_nginx_reads_the_configuration(places):
    done = subprocess.run([*nginx_command(places), "-t"], capture_output=True, text=True)
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr


@pytest.fixture
def machine(places, begun_site, redis_server):
    """Two nodes behind nginx, on a copy of a site that was begun."""
    database = f"sqlite:///{places.folder}/data/db.sqlite3"
    machine = Machine(places, DATABASE_URL=database, CACHE_URL=redis_server, RELEASE_DUE="0")
    machine.passwords = passwords_in(copy(begun_site, places.folder / "data"))
    shutil.move(places.folder / "data" / "static", places.folder / "cache" / "static")
    run(["chmod", "-R", "a+rX", str(places.folder / "cache")])
    try:
        for node in NODES:
            machine.start(f"fengtai-web@{node}")
        with nginx(places):
            yield machine
    finally:
        machine.stop_all()


@pytest.mark.needs(NGINX)
def test_two_nodes_are_one_site_and_a_restart_loses_no_request(machine):
    certificate = machine.places.folder / "tls" / "fullchain.pem"
    reader, staff = (Visitor(machine.places.site, certificate) for _one in range(2))
    compression(reader)
    static_files(reader, machine)
    too_large(reader)
    other_doors(machine)
    logged(reader, machine)
    staff.sign_in("staff", machine.passwords["staff"])
    with asking(machine, certificate) as statuses:
        for node in NODES:
            machine.restart(f"fengtai-web@{node}")
            staff.get("/admin/", allow_redirects=False)
    assert set(statuses) == {("GET", 200), ("POST", 403)}  # a form without its token, looked at by the site itself


class asking:
    """Readers who ask and forms that are sent, one after the other by each of four, until the block ends.

    All come from one address, so they ask less often than one may before nginx answers 429.
    """

    def __init__(self, machine: Machine, certificate: Path):
        self.site, self.certificate, self.statuses, self.over = machine.places.site, certificate, [], threading.Event()
        self.threads = [threading.Thread(target=self._ask, args=(kind,)) for kind in ("GET", "POST") * 2]

    def __enter__(self) -> list[tuple[str, int]]:
        for thread in self.threads:
            thread.start()
        return self.statuses

    def __exit__(self, *failure):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _ask(self, kind: str):
        visitor = Visitor(self.site, self.certificate)
        while not self.over.wait(0.08):
            path = "/organisations/" if kind == "GET" else "/corrections/new/"
            answer = visitor.session.request(kind, self.site + path, data={"what": "示例"} if kind == "POST" else None)
            self.statuses.append((kind, answer.status_code))
