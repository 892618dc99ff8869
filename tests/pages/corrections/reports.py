"""Reports as a browser sends them."""

import time
import uuid

from django.core import signing

from fengtai.pages.corrections.forms import SALT

FORM = "/corrections/new/"


def stamp(*, seconds: float = 10) -> str:
    """Of a form that was shown some seconds ago."""
    return signing.dumps([str(uuid.uuid4()), time.time() - seconds], salt=SALT)


def said(record=None, **more) -> dict:
    """All that a form has to hold."""
    about = record.get_absolute_url() if record is not None else "示例页面"
    typed = {"about": about, "field": "", "wrong": "示例名称写错", "how": "示例执照", "stamp": stamp()}
    return typed | more


def sent(client, record=None, **more):
    """The answer, and the number that it leads to."""
    answer = client.post(FORM, said(record, **more))
    return answer, answer.headers.get("Location", "").rstrip("/").rpartition("/")[2]
