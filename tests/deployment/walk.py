"""A walk over the deployed site: what readers, clerks and those who watch it see, through nginx and from both nodes."""

import gzip
import io
import json
import re
import socket
import ssl
import subprocess
from urllib.parse import urlsplit

import openpyxl

from tests.deployment.forms import links_in
from tests.deployment.machine import Machine
from tests.deployment.places import HOST, NODES
from tests.deployment.processes import Failed
from tests.deployment.visitor import Visitor

NEW = "示例检查有限公司"
ATTACHED = b"%PDF-1.4 an attachment of the check"
OTHER = "another.example"
STRANGER = "203.0.113.77"  # what somebody writes into X-Forwarded-For themselves
BOTH = 8  # requests after which each of two nodes has answered some


def walk(machine: Machine, password: str):
    """The name of each part as it is done; a part that fails raises."""
    certificate = machine.places.folder / "tls" / "fullchain.pem"
    reader, staff = (Visitor(machine.places.site, certificate) for _one in range(2))
    yield "pages in both languages", pages(reader)
    yield "compressed once, and nothing of staff", compression(reader)
    yield "static files from nginx", static_files(reader, machine)
    yield "downloads", downloads(reader)
    yield "signing in, on both nodes", signing_in(staff, password, machine)
    yield "an import through the worker", an_import(staff)
    yield "an attachment, from both nodes", an_attachment(staff)
    yield "what is too large, in both languages", too_large(reader)
    yield "plain HTTP and other names", other_doors(machine)
    yield "the log of nginx", logged(reader, machine)
    yield "health", health(reader, machine)


def pages(reader: Visitor) -> str:
    """Every page that the home pages lead to."""
    found = set()
    for home in ("/", "/en/"):
        page = reader.get(home)
        found |= {link.removeprefix(reader.site) for link in links_in(page.text, page.url)}
    for path in sorted(found):
        reader.get(path)
    _demand('lang="en"' in reader.get("/en/").text, "/en/ is not English")
    return f"{len(found)} pages"


def compression(reader: Visitor) -> str:
    page = reader.get("/organisations/", stream=True)
    packed = page.raw.read(decode_content=False)
    _demand(page.headers.get("Content-Encoding") == "gzip", "a page is not compressed")
    _demand(b"<html" in gzip.decompress(packed), "a page is compressed twice")
    _demand("Content-Encoding" not in reader.get("/admin/login/").headers, "a page of staff is compressed")
    return f"{len(packed)} bytes of a list"


def static_files(reader: Visitor, machine: Machine) -> str:
    sheet = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', reader.get("/").text)[1]
    answer = reader.get(sheet)
    headers = answer.headers
    _demand("immutable" in headers["Cache-Control"], f"{sheet} may be kept for: {headers['Cache-Control']}")
    _demand(headers.get("Content-Encoding") == "gzip", f"{sheet} is not compressed")
    _demand("," not in headers["Cache-Control"].replace(", public, immutable", ""), headers["Cache-Control"])
    reader.get("/static/there-is-none.css", 404)
    [line] = [one for one in _log(machine) if one["uri"] == sheet][-1:]
    _demand(line["node"] in ("", "-"), f"{sheet} was served by a node")
    return sheet


def downloads(reader: Visitor) -> str:
    book = openpyxl.load_workbook(io.BytesIO(reader.get("/organisations/?format=xlsx").content), read_only=True)
    rows = sum(1 for _row in book.worksheets[0].iter_rows()) - 1
    told = reader.get("/organisations/?format=json").json()
    lines = reader.get("/organisations/?format=csv").text.splitlines()
    _demand(rows > 0 and str(told), "a download is empty")
    _demand(len(lines) > rows, "the CSV is shorter than the workbook")
    return f"{rows} rows"


def signing_in(staff: Visitor, password: str, machine: Machine) -> str:
    """One session on both nodes; the address that is kept is that of the connection, not what somebody wrote."""
    staff.session.headers["X-Forwarded-For"] = STRANGER
    staff.sign_in("staff", password)
    for _time in range(BOTH):
        staff.get("/admin/", allow_redirects=False)
    nodes = {line["node"] for line in _log(machine) if line["uri"] == "/admin/"}
    _demand(len(nodes) == len(NODES), f"only {nodes} answered")
    _demand(STRANGER not in staff.get("/admin/trail/").text, "the trail believes X-Forwarded-For of strangers")
    return f"{len(nodes)} nodes"


def an_import(staff: Visitor) -> str:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    for row in (["单位名称", "地区"], [NEW, "丰台区"]):
        book.active.append(row)
    book.save(saved)
    batch = staff.send(
        "/admin/fengtai/importbatch/new/organisations/", "sheet", files={"file": ("名录.xlsx", saved.getvalue())}
    )
    staff.wait_for_import(batch.url, "previewed")
    staff.send(batch.url.removeprefix(staff.site), "take/")
    staff.wait_for_import(batch.url, "committed")
    _demand(NEW in staff.get("/admin/partners/organisation/?q=" + NEW).text, "what was imported is not found")
    return "read and taken"


def an_attachment(staff: Visitor) -> str:
    file = {"attachment": ("a.pdf", ATTACHED)}
    staff.send("/admin/fengtai/source/add/", "title", files=file, title="示例来源（检查）", kind="news")
    change = re.search(r"/admin/fengtai/source/\d+/change/", staff.get("/admin/fengtai/source/?q=示例来源").text)[0]
    link = re.search(r'href="(/admin/attachments/[^"]+)"', staff.get(change).text)[1]
    for _time in range(BOTH):
        _demand(staff.get(link).content == ATTACHED, "an attachment came back changed")
    return link


def too_large(reader: Visitor) -> str:
    """As browsers speak, and as programs do."""
    for version in ("--http2", "--http1.1"):
        command = ["curl", "--silent", "--insecure", version, "--data-binary", "@-", "--write-out", "%{http_code}"]
        name = f"{HOST}:{urlsplit(reader.site).port}:127.0.0.1"
        command += ["--resolve", name, f"{reader.site}/corrections/new/"]
        told = subprocess.run(command, input=b"x" * 300_000, capture_output=True).stdout.decode()
        _demand(told.endswith("413"), f"300 KB sent to a public form, {version}: {told[-200:]}")
        _demand("文件太大" in told and "too large" in told, f"the refusal is not in both languages, {version}")
    return "413"


def other_doors(machine: Machine) -> str:
    """Only the site's own name is answered, whatever else a request names beside it; and no version is told."""
    told = _raw(machine, "80", f"GET /?a=1 HTTP/1.1\r\nHost: {HOST}:81")
    _demand(" 301 " in told and f"Location: https://{HOST}/?a=1\r" in told, f"plain HTTP: {told[:200]}")
    told = _raw(machine, "80", f"GET http://{HOST}/ HTTP/1.1\r\nHost: {OTHER}")
    _demand(f"Location: https://{HOST}/\r" in told, f"plain HTTP leads elsewhere: {told[:200]}")
    for port in ("80", "443"):
        told = _raw(machine, port, f"GET / HTTP/1.1\r\nHost: {OTHER}")
        _demand(told == "", f"another name is answered on {port}: {told[:200]}")
    told = _raw(machine, "443", f"GET https://{HOST}/ HTTP/1.1\r\nHost: 127.0.0.1:5")
    _demand(" 200 " in told and ":5/" not in told, f"a node is told of another name: {told[:200]}")
    answers = [told, *(_raw(machine, port, f"GET /readyz\0 HTTP/1.1\r\nHost: {HOST}") for port in ("80", "443"))]
    _demand(all("Server: nginx\r" in one for one in answers), "nginx tells its version")
    try:
        _raw(machine, "443", f"GET / HTTP/1.1\r\nHost: {HOST}", shaken_by=OTHER)
    except ssl.SSLError:
        return "redirected, refused"
    raise Failed("a name that is not the site's gets an answer")


def _raw(machine: Machine, port: str, head: str, shaken_by: str = HOST) -> str:
    """What comes back on one of the shipped ports; nothing where the connection is closed."""
    with socket.create_connection(("127.0.0.1", machine.places.ports[port]), 10) as plain:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        asked = context.wrap_socket(plain, server_hostname=shaken_by) if port == "443" else plain
        with asked, asked.makefile("rb") as answer:
            asked.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode())
            return answer.read().decode()


def logged(reader: Visitor, machine: Machine) -> str:
    """Of a question the log has the path alone, whoever answered and however."""
    for path in ("/search/?q=typed-words", "/corrections/new/?about=typed-words", "/metrics?typed-words"):
        reader.session.get(reader.site + path, timeout=30)
    reader.session.post(f"{reader.site}/search/?q=typed-words", data=b"x" * 300_000, timeout=30)
    _raw(machine, "80", f"GET /search/?q=typed-words HTTP/1.1\r\nHost: {HOST}")
    _raw(machine, "443", f"GET /?q=typed-words HTTP/1.1\r\nHost: {OTHER}")
    paths = {line["uri"] for line in _log(machine)}
    _demand({"/search/", "/corrections/new/", "/metrics", "/"} <= paths, f"not all was logged: {paths}")
    logs = (machine.places.folder / "log").glob("*.log")
    holding = [path.name for path in logs if "error" not in path.name and "typed-words" in path.read_text("utf-8")]
    _demand(holding == [], f"what was typed stands in {holding}")
    return "paths alone"


def health(reader: Visitor, machine: Machine) -> str:
    """That all is well, through nginx; the figures for those who watch are not public."""
    said = {path: reader.get(path).json()["status"] for path in ("/healthz", "/readyz")}
    _demand({*said.values()} == {"ok"}, f"not all is well: {said}")
    _demand(reader.get("/metrics", 404).status_code == 404, "figures for those who watch are public")
    return ", ".join(said)


def all_down(machine: Machine) -> str:
    """With no node left nginx says so in both languages, and when to ask again."""
    for node in NODES:
        machine.stop(f"fengtai-web@{node}")
    reader = Visitor(machine.places.site, machine.places.folder / "tls" / "fullchain.pem")
    answer = reader.get("/organisations/", 503)
    _demand(answer.headers.get("Retry-After") == "30", "it does not say when to ask again")
    _demand("暂时" in answer.content.decode() and "cannot be reached" in answer.text, "it is not in both languages")
    return "503"


def _log(machine: Machine) -> list[dict]:
    lines = (machine.places.folder / "log" / "fengtai.log").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Failed(otherwise)
