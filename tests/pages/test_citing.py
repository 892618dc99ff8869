"""Citations: in words by both customs and as BibTeX, selectable without script."""

import re
from html import unescape

import pytest
from django.utils import timezone

from fengtai.pages.sharing.bibtex import entry
from tests import factories

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
BLOCK = re.compile(r"<pre[^>]*>(?:<code>)?(.*?)(?:</code>)?</pre>", re.DOTALL)


def blocks(client, address: str) -> list[str]:
    return [unescape(text) for text in BLOCK.findall(client.get(address).content.decode())]


def test_a_figure_is_cited_with_its_own_source_first(client, settings):
    settings.SITE_PUBLISHER = "示例局"
    source = factories.source(
        title="示例公报", publisher="示例统计局", published="2024年3月", url="https://example.com/a"
    )
    row = factories.observation(value="300余家", growth="", period="2023年")
    factories.citation(row, source=source, field="value", paragraph=10, words="300余家")
    path, today, changed = row.get_absolute_url(), timezone.localdate(), timezone.localdate(row.changed_at)
    english_name = f"{row.indicator} 2023 300余家 (more than 300 enterprises)"
    chinese, english, bibtex = blocks(client, path)
    assert chinese == (
        f"“300余家”，见 示例统计局. 示例公报[EB/OL], 2024年3月, 第10段. 示例局. {row}（已发布数据）[DB/OL]. "
        f"丰台发展伙伴平台, ({changed})[{today}]. http://testserver{path}"
    )
    assert english == (
        f"“300余家”, in 示例公报, 示例统计局, March 2024, ¶10. 示例局. {english_name} (Published figures). "
        f"Fengtai partner platform, last changed {changed}. Retrieved {today} from http://testserver/en{path}"
    )
    assert bibtex.splitlines()[:2] == [f"@misc{{fengtai-observations-{row.pk},", "  author = {{示例局}},"]
    assert f"  url = {{http://testserver{path}}}," in bibtex.splitlines()


def test_what_names_no_figure_is_cited_by_its_title(client):
    row = factories.organisation(name="示例甲")
    today = timezone.localdate()
    assert blocks(client, row.get_absolute_url())[0] == (
        f"示例甲（单位）[DB/OL]. 丰台发展伙伴平台, ({today})[{today}]. http://testserver{row.get_absolute_url()}"
    )


def test_an_entry_escapes_what_the_format_reads():
    made = entry("misc", "key", {"title": "a{b}\\c %&#$_~^", "note": "", "url": "https://example.com/a_b%20c"})
    assert made == (
        "@misc{key,\n"
        r"  title = {{a\{b\}\textbackslash{}c \%\&\#\$\_\textasciitilde{}\textasciicircum{}}},"
        "\n  url = {https://example.com/a_b%20c}\n}"
    )


def test_a_hidden_source_is_not_named(client):
    row = factories.observation(value="300余家")
    factories.citation(row, source=factories.source(title="示例秘密", state="draft"), field="value")
    assert [text for text in blocks(client, row.get_absolute_url()) if "示例秘密" in text] == []


def test_a_record_that_shows_a_figure_of_another_is_cited_without_it(client):
    """The latest figure of an indicator is proved by the figure's own citations."""
    figure = factories.observation(indicator=factories.indicator(), value="2187.5亿元")
    factories.citation(figure.indicator)
    assert client.get(figure.indicator.get_absolute_url()).status_code == 200
