"""PostgreSQL, Redis and nginx of the check's own, from Debian's packages, on loopback ports."""

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from tests.deployment.places import DEPLOY, HOST, Places
from tests.deployment.processes import Process, program, run

# What Debian's /etc/nginx/nginx.conf says around the files in conf.d, with gzip as it is there.
MAIN = """{account}pid {folder}/nginx/pid;
worker_processes auto;
events {{ worker_connections 4096; }}
http {{
    include {types};
    default_type application/octet-stream;
    sendfile on;
    tcp_nopush on;
    gzip on;
    access_log {folder}/log/nginx-access.log;
    client_body_temp_path {folder}/nginx/body;
    proxy_temp_path {folder}/nginx/proxy;
    fastcgi_temp_path {folder}/nginx/fastcgi;
    uwsgi_temp_path {folder}/nginx/uwsgi;
    scgi_temp_path {folder}/nginx/scgi;
    include {folder}/nginx/conf.d/*.conf;
}}
"""


@contextmanager
def postgresql(places: Places) -> Iterator[None]:
    """A cluster with the account and the database that the shipped environment names. It refuses to run as root."""
    home = places.folder / "postgresql"
    home.mkdir(mode=0o700)
    own = {"cwd": home, "umask": 0o077}
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
        own |= {"user": "postgres", "group": "postgres", "extra_groups": ()}
    port = str(places.ports["5432"])
    run([program("initdb"), "-D", str(home / "data"), "-U", "postgres", "-A", "trust", "--no-instructions"], **own)
    settings = ("listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={home}", "max_connections=100")
    command = [program("postgres"), "-D", str(home / "data"), *(word for one in settings for word in ("-c", one))]
    server = Process("PostgreSQL", command, places.folder / "log" / "postgresql.log", **own)
    try:
        server.wait_for(lambda: answers(places.ports["5432"]))
        asked = ["-h", "127.0.0.1", "-p", port, "-U", "postgres"]
        run([program("pg_isready"), *asked, "-t", "30"])
        run([program("createuser"), *asked, "fengtai"])
        run([program("createdb"), *asked, "-O", "fengtai", "fengtai"])
        yield
    finally:
        server.stop(2)  # "fast": sessions are ended, nothing is lost


@contextmanager
def redis(places: Places) -> Iterator[None]:
    """With the bound that docs/operations.md asks for."""
    bound = ["--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru", "--save", ""]
    command = [program("redis-server"), "--bind", "127.0.0.1", "--port", str(places.ports["6379"]), *bound]
    server = Process("Redis", command, places.folder / "log" / "redis.log", cwd=places.folder)
    try:
        server.wait_for(lambda: answers(places.ports["6379"]))
        yield
    finally:
        server.stop()


@contextmanager
def nginx(places: Places) -> Iterator[None]:
    command = nginx_command(places)
    server = Process("nginx", [*command, "-g", "daemon off;"], places.folder / "log" / "nginx.log")
    try:
        server.wait_for(lambda: answers(places.ports["443"]))
        yield
    finally:
        server.stop()


def nginx_command(places: Places) -> list[str]:
    """The shipped files where Debian's nginx.conf would include them, and a certificate for this machine."""
    folder = places.folder
    (folder / "nginx" / "conf.d").mkdir(exist_ok=True)
    for name in ("fengtai.conf", "fengtai-upstream.conf"):
        (folder / "nginx" / "conf.d" / name).write_text(places.read(f"nginx/{name}"), "utf-8")
    (folder / "nginx" / "fengtai-proxy.conf").write_text(places.read("nginx/fengtai-proxy.conf"), "utf-8")
    shutil.copytree(DEPLOY / "nginx" / "pages", folder / "pages", dirs_exist_ok=True)
    account = "user www-data;\n" if os.geteuid() == 0 else ""
    main = folder / "nginx" / "nginx.conf"
    main.write_text(MAIN.format(account=account, folder=folder, types="/etc/nginx/mime.types"), "utf-8")
    make_certificate(places)
    return [program("nginx"), "-c", str(main), "-e", str(folder / "log" / "nginx-error.log")]


def make_certificate(places: Places) -> None:
    key, certificate = places.folder / "tls" / "privkey.pem", places.folder / "tls" / "fullchain.pem"
    if certificate.exists():
        return
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    named = ["-addext", f"subjectAltName=DNS:{HOST}", "-keyout", str(key), "-out", str(certificate)]
    run([program("openssl"), "req", *made, *named])


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
