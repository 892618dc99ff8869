"""The staff guide as a page of the admin: `docs/staff-guide.md`, with the pictures beside it."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

DOCUMENTS = settings.BASE_DIR / "docs"
GUIDE, PICTURES = DOCUMENTS / "staff-guide.md", DOCUMENTS / "staff-guide"


@staff_member_required
@require_safe
def guide(request):
    """To everybody who works here: it says nothing of any record."""
    if not GUIDE.exists():
        raise Http404
    chapters, text = _rendered(GUIDE.stat().st_mtime_ns)
    context = {**admin.site.each_context(request), "title": _("Staff guide"), "chapters": chapters, "text": text}
    return render(request, "admin/guide.html", context)


@staff_member_required
@require_safe
def picture(request, name: str):
    kept = next((one for one in PICTURES.glob("*.png") if one.stem == name), None)  # a name can be longer than a file's
    if kept is None:
        raise Http404
    return FileResponse(kept.open("rb"), content_type="image/png")


@cache
def _rendered(changed: int) -> tuple[list[tuple[str, str]], SafeString]:
    """The chapters, each by its anchor and heading, and the text; made anew once the file is `changed`."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("image", _picture)
    tokens, chapters = reader.parse(GUIDE.read_text("utf-8")), []
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            token.attrSet("id", f"job-{len(chapters) + 1}")
            chapters.append((token.attrGet("id"), tokens[number + 1].content))
    # Our own document; HTML in it would stay text.
    return chapters, mark_safe(reader.renderer.render(tokens, reader.options, {}))


def _picture(renderer, tokens, index, options, environment) -> str:
    """What it shows stands below it; whole it opens by itself, for those who read on a small screen."""
    image = tokens[index]
    address = f"pictures/{Path(image.attrGet('src')).name}"
    image.attrSet("src", address)
    image.attrSet("loading", "lazy")
    shown = renderer.renderToken(tokens, index, options, environment)
    said = renderer.renderInlineAsText(image.children, options, environment)
    return format_html('<a class="picture" href="{}">{}<span>{}</span></a>', address, mark_safe(shown), said)


guide_urls = [
    path("admin/guide/", guide, name="staff_guide"),
    path("admin/guide/pictures/<slug:name>.png", picture, name="staff_guide_picture"),
]
