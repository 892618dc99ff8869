"""What the shipped files name on a server, and what stands for it in a folder of this machine."""

import re
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
NODES = ("8001", "8002")
PORTS = (*NODES, "443", "80", "5432", "6379")
HOST = "localhost"


def free_ports(number: int) -> list[int]:
    """All held until the last is found, so that none is given twice."""
    held = [socket.socket() for _count in range(number)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


@dataclass
class Places:
    """A folder in which everything lies, and a free port for each port that the shipped files name."""

    folder: Path
    ports: dict[str, int] = field(default_factory=lambda: dict(zip(PORTS, free_ports(len(PORTS)), strict=True)))

    def __post_init__(self):
        for name in ("data", "cache", "nginx", "log", "tls", "backups", "pages"):
            (self.folder / name).mkdir(exist_ok=True)

    @property
    def site(self) -> str:
        return f"https://{HOST}:{self.ports['443']}"

    def node(self, number: int) -> str:
        return f"http://127.0.0.1:{self.ports[NODES[number]]}"

    def read(self, name: str) -> str:
        """A file of deploy/, with the places and ports of this machine."""
        return self.placed((DEPLOY / name).read_text("utf-8"))

    def placed(self, text: str) -> str:
        """The longest path first; ports where a colon or `listen` stands before them."""
        for shipped, ours in self._paths():
            text = text.replace(shipped, str(ours))
        for port, ours in self.ports.items():
            text = re.sub(rf"(?<=127\.0\.0\.1:){port}\b|(?<=web@){port}\b", str(ours), text)
            text = re.sub(rf"^( *)listen {port}\b", rf"\1listen 127.0.0.1:{ours}", text, flags=re.M)
        # On loopback one family is enough, and not every machine has both.
        return re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.M)

    def _paths(self) -> Iterator[tuple[str, Path | str]]:
        yield "/opt/fengtai/.venv/bin", Path(sys.executable).parent
        yield "/opt/fengtai/deploy/nginx/pages", self.folder / "pages"  # which the account of nginx may read
        yield "/opt/fengtai", ROOT
        yield "/etc/fengtai/environment", self.folder / "environment"
        yield "/etc/fengtai/tls", self.folder / "tls"
        yield "/etc/nginx", self.folder / "nginx"
        yield "/var/log/nginx", self.folder / "log"
        yield "/var/lib/fengtai", self.folder / "data"
        yield "/var/cache/fengtai", self.folder / "cache"
        yield "/var/backups/fengtai", self.folder / "backups"
        yield "https://partners.example.gov.cn", self.site
        yield "partners.example.gov.cn", HOST
