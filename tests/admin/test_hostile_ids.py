"""Addresses of the admin with keys that are none: the page does not exist, and nothing fails."""

from urllib.parse import quote, unquote

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from fengtai.records.models import Source
from tests import factories
from tests.admin.admin_pages import MODELS, row
from tests.admin.asking import ask

pytestmark = pytest.mark.django_db
KEYS = [
    "abc",
    "0",
    "-1",
    "9" * 18,
    "9" * 19,
    "9" * 500,
    "1\x00",
    "\x00",
    "1.5",
    "1e5",
    "１２",
    "\u202e1",
    "None",
    "1_0",
]
PAGES = [
    "{key}/revise/",
    "{key}/promote/",
    "{key}/change/",
    "{key}/delete/",
    "{key}/history/",
    "{key}/history/{key}/",
    "{key}/",
]


@pytest.fixture
def owner():
    return User.objects.create_superuser("示例管理员")


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label_lower)
def test_a_key_that_is_none_leads_nowhere(owner, model):
    base = reverse("admin:index") + f"{model._meta.app_label}/{model._meta.model_name}/"
    for page in PAGES:
        for key in KEYS:
            for method in ("GET", "POST"):
                answer = ask(owner, method, base + page.format(key=quote(key)))
                assert (answer.status in (302, 403, 404), answer.written) == (True, set()), (method, page, key)


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label_lower)
def test_an_address_that_names_no_field_asks_by_the_key(owner, model):
    found = row(model) if model in MODELS else model._base_manager.first()
    base = reverse("admin:index") + f"{model._meta.app_label}/{model._meta.model_name}/{found.pk if found else 1}/"
    for page in ("change/", "delete/"):
        plain, asked = (ask(owner, "GET", f"{base}{page}{query}") for query in ("", "?_to_field="))
        assert asked.status == plain.status, page


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_a_version_that_is_none_or_of_another_record_does_not_exist(owner, model):
    found = row(model)
    base = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_history", args=[found.pk])
    for key in (*KEYS, str(found.history.latest().pk + 1)):
        assert ask(owner, "GET", f"{base}{quote(key)}/").status == 404, key
        assert ask(owner, "POST", f"{base}{quote(key)}/").status == 404, key


def test_an_attachment_that_is_none_does_not_exist(owner, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    (settings.MEDIA_ROOT / "sources").mkdir(parents=True)
    (tmp_path / "secret").write_text("x")
    for name in (
        "sources",
        "sources/",
        "nothing.txt",
        "../secret",
        "sources/../../secret",
        "x\x00",
        "长" * 300,
        "/etc/passwd",
    ):
        assert ask(owner, "GET", f"{reverse('admin:index')}attachments/{quote(name)}").status == 404, name


def test_the_other_addresses_meet_keys_that_are_none(owner):
    own = ContentType.objects.get_for_model(Source).pk
    index = reverse("admin:index")
    for key in map(quote, KEYS):
        paths = [f"r/{key}/1/", f"r/{own}/{key}/", f"reading/{key}/", f"auth/user/{key}/password/"]
        paths += [
            f"fengtai/importbatch/{key}/",
            f"fengtai/importbatch/new/{key}/",
            f"fengtai/importbatch/template/{key}/",
        ]
        for path in paths:
            assert ask(owner, "GET", index + path).status in (302, 404), path
        assert ask(owner, "GET", f"{index}reading/figure/?text={key}").status == 200
        assert ask(owner, "GET", f"{index}current-source/?next={key}").status == 200
        assert ask(owner, "POST", f"{index}current-source/", {"source": unquote(key)}).status == 200
        sought = f"{index}autocomplete/?app_label=partners&model_name=membership&field_name=organisation"
        assert ask(owner, "GET", f"{sought}&term={key}&page=1").status == 200
        assert ask(owner, "GET", f"{sought}&term=x&page={key}").status in (200, 404)


def test_a_copy_of_what_is_none_is_an_empty_form(owner):
    for key in KEYS:
        answer = ask(owner, "GET", f"{reverse('admin:partners_organisation_add')}?copy_of={quote(key)}")
        assert answer.status == 200 and not answer.context["adminform"].form.initial.get("name"), key


def test_every_kind_of_record_is_led_to_its_public_page_or_to_none(owner):
    for model in MODELS:
        found = row(model)
        kind = ContentType.objects.get_for_model(model)
        assert ask(owner, "GET", reverse("admin:view_on_site", args=[kind.pk, found.pk])).status in (302, 404), model
    proof = factories.citation(factories.organisation())
    kind = ContentType.objects.get_for_model(type(proof))
    assert ask(owner, "GET", reverse("admin:view_on_site", args=[kind.pk, proof.pk])).status == 404
