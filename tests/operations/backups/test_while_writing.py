"""While eight processes write: what comes back is of one moment, with every history and file; the site serves again."""

import http.client

from django.contrib.auth import get_user_model, login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from tests.downloads.test_download_server import serving
from tests.operations.backups.under_writing import WRONG, tried


def test_a_backup_made_while_eight_write_holds_whole_rows_with_histories_and_files(sites, site):
    found = tried(site, sites.new("there"), sites.folder, writers=8)
    assert {name: found[name] for name in WRONG} == {name: [] for name in WRONG}
    assert found["committed meanwhile"] > 8, "nobody wrote meanwhile"
    assert found["came back"] >= found["committed before"] >= 8


def test_a_restored_site_serves_and_knows_whoever_was_signed_in(sites, site):
    with sites.at(site):
        request = HttpRequest()
        request.session = SessionStore()
        staff = get_user_model().objects.get(username="staff")
        login(request, staff, backend="django.contrib.auth.backends.ModelBackend")
        request.session.save()
    there = sites.restored(sites.backed_up(site), sites.new("there"))
    (there.data / "static").symlink_to(sites.databases.static)
    with serving(there.environment) as (port, _server):
        assert _asked(port, "/sources/", "")[0] == 200
        assert _asked(port, "/admin/", "")[0] == 302
        status, page = _asked(port, "/admin/", f"sessionid={request.session.session_key}")
    assert status == 200 and "退出" in page


def _asked(port: int, path: str, cookie: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()
