"""A name in English: entered in the admin, imported, found, and shown to English readers with the Chinese beside it."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from fengtai.lists.site import site_lists
from fengtai.records.models import Bilingual
from partners.models import Organisation
from tests.factories import LIST_ROWS, conference, membership, organisation

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
NAMED = [page for page in site_lists() if page.detail and issubclass(page.table.model(), Bilingual)]


def test_whatever_pages_name_can_be_named_in_english():
    kinds = {model.__name__ for model in apps.get_models() if issubclass(model, Bilingual)}
    assert kinds == {
        *("Organisation", "Level", "Industry", "Roster", "Conference", "Event", "Policy"),
        *("Place", "Project", "Indicator", "Scope"),
    }


@pytest.mark.parametrize("page", NAMED, ids=lambda page: page.name)
def test_english_readers_see_both_names_and_find_either(page, client):
    row = LIST_ROWS[page.name](name_en="Example Hall")
    published = row.published_name("示例", "Example Hall") or row.label_paths[0]
    name = getattr(row, published)
    address = f"/en/{page.name}/{getattr(row, row.addressed_by)}/"
    shown = f'<a href="{address}">Example Hall</a> <span class="published" lang="zh">{name}</span>'
    listed = client.get(f"/en/{page.name}/").content.decode()
    found = client.get(f"/en/{page.name}/?q=example hall").content.decode()
    chinese = client.get(f"/{page.name}/").content.decode()
    assert (shown in listed, "<mark>Example</mark>" in found, "Example Hall" in chinese) == (True, True, False)


def test_a_page_is_headed_by_the_english_name_and_says_the_chinese(client):
    row = organisation(name="示例集团", name_en="Example Group")
    page = client.get(f"/en/organisations/{row.pk}/").content.decode()
    head = page.partition("<h1>")[2].partition("</header>")[0]
    assert ("Example Group" in head, '<p class="published" lang="zh">示例集团</p>' in head) == (True, True)
    assert page.partition("<title>")[2].strip().startswith("Example Group")


def test_links_of_other_records_say_it_too(client):
    row = membership(organisation=organisation(name="示例集团", name_en="Example Group"))
    page = client.get("/en/memberships/").content.decode()
    assert f'<a href="/en/organisations/{row.organisation_id}/">Example Group</a>' in page


def test_a_name_that_is_not_on_file_is_not_made_up(client):
    row = conference(name="示例大会")
    page = client.get("/en/conferences/").content.decode()
    assert f'<a href="/en/conferences/{row.pk}/" lang="zh">示例大会</a>' in page
    assert 'class="published"' not in page


def test_files_keep_the_published_name_beside_the_one_in_english(client):
    organisation(name="示例集团", name_en="Example Group")
    rows = json.loads(b"".join(client.get("/en/organisations/?format=json").streaming_content))["rows"]
    assert [(row["name"]["name"], row["name_en"]) for row in rows] == [("示例集团", "Example Group")]


@pytest.mark.parametrize("heading", ["英文名称", "English name", "name in English"])
def test_it_is_imported(tmp_path, heading):
    path = tmp_path / "names.csv"
    path.write_text(f"单位名称,{heading}\n示例集团,Example Group\n", "utf-8")
    with pytest.raises(SystemExit):
        call_command("import_workbook", "organisations", str(path), "--commit", verbosity=0)
    assert list(Organisation.objects.values_list("name", "name_en")) == [("示例集团", "Example Group")]


def test_it_is_entered(admin_client):
    row = organisation(name="示例集团", state="draft")
    page = admin_client.get(reverse("admin:partners_organisation_change", args=[row.pk])).content.decode()
    assert page.index('name="name"') < page.index('name="name_en"') < page.index('name="kind"')
