"""A page as the public would see it: the very page, a banner over it, and no trace of it anywhere."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction
from django.test import RequestFactory
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone
from django.utils.translation import override

from fengtai.admin.public_preview import as_published, public_page
from fengtai.caching.page_cache import PageCache
from fengtai.caching.store import generations
from fengtai.lists.site import site_lists
from fengtai.records.models import Record
from partners.models import Organisation
from tests import factories
from tests.pages.crawling import MADE

DRAFT = Record.State.DRAFT
BANNER = re.compile(r'\s*<p class="notice notice-preview" role="status">\s*<strong>(.*?)</strong>\s*</p>')
ROBOTS = '<meta name="robots" content="noindex, nofollow">'
DETAILED = [page.name for page in site_lists() if page.detail]


@pytest.fixture
def request_of_staff(db):
    """As a reviewer asks: signed in, by a form, on an address of the admin."""
    request = RequestFactory().post("/admin/", {"q": "示例"}, HTTP_COOKIE="sessionid=示例; csrftoken=示例")
    request.user = User.objects.create_superuser("reviewer")
    request.session = {}
    return request


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    yield
    cache.clear()


def preview(record, request) -> str:
    with as_published(record):
        return public_page(record, request).content.decode()


def without_marks(text: str) -> str:
    """A page without what says that it is a preview, and without the blanks between its lines."""
    assert text.count(ROBOTS) == 1 and len(BANNER.findall(text)) == 1
    return squeezed(BANNER.sub("", text.replace(ROBOTS, "")))


def squeezed(text: str) -> str:
    """Without blanks and without what differs each time: two pages may be made on both sides of a minute."""
    return re.sub(r"\s+", " ", MADE.sub("", text))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", DETAILED)
def test_the_preview_is_the_page_that_the_public_gets(client, request_of_staff, name, language):
    record = factories.LIST_ROWS[name]()
    factories.citation(record)
    with override(language):
        shown = preview(record, request_of_staff)
        public = client.get(record.get_absolute_url())
    assert public.status_code == 200
    assert without_marks(shown) == squeezed(public.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("language, words", [("zh-hans", "预览：尚未发布"), ("en", "Preview: not published yet")])
def test_a_banner_says_what_it_is(request_of_staff, language, words):
    with override(language):
        assert BANNER.findall(preview(factories.organisation(state=DRAFT), request_of_staff)) == [words]


@pytest.mark.django_db
def test_no_public_page_bears_the_banner(client):
    text = client.get(factories.organisation().get_absolute_url()).content.decode()
    assert "notice-preview" not in text and "noindex" not in text


@pytest.mark.django_db
def test_it_is_kept_by_no_browser_and_found_by_no_search_engine(request_of_staff):
    for record in (factories.organisation(), factories.work_group()):
        response = public_page(record, request_of_staff)
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert ROBOTS in response.content.decode()


@pytest.mark.django_db
def test_a_draft_shows_with_its_parts_but_not_with_those_held_back(request_of_staff):
    owner = factories.organisation(state=DRAFT)
    factories.organisation_name(organisation=owner, name="随同别名")
    factories.organisation_name(organisation=owner, name="留存别名", held_back=True)
    factories.contact(organisation=owner, name="内部联系人")
    shown = preview(owner, request_of_staff)
    assert "随同别名" in shown
    assert "留存别名" not in shown and "内部联系人" not in shown and "reviewer" not in shown


@pytest.mark.django_db
def test_a_record_without_a_page_says_so(request_of_staff):
    shown = preview(factories.work_group(name="示例无页"), request_of_staff)
    assert "这条记录没有自己的公开页面。" in shown and "示例无页" not in shown


@pytest.mark.django_db
def test_a_draft_whose_address_is_a_name_shows_its_page(request_of_staff):
    shown = preview(factories.indicator(name="示例指标草稿", state=DRAFT), request_of_staff)
    assert "示例指标草稿" in shown and "尚未发布该指标的数据。" in shown


@pytest.mark.django_db
def test_what_the_public_would_not_see_says_so_and_shows_nothing(request_of_staff):
    row = factories.observation(state=DRAFT, indicator=factories.indicator(state=DRAFT, name="示例隐情"))
    shown = preview(row, request_of_staff)
    assert "公众看不到这条记录" in shown
    assert "示例隐情" not in shown and "2187.5" not in shown


@pytest.mark.django_db
def test_a_part_is_shown_on_the_page_of_its_record(request_of_staff):
    amount = factories.amount(figure="8.25亿元")
    response = public_page(amount, request_of_staff)
    assert "8.25亿元" in response.content.decode() and "示例项目" in response.content.decode()


@pytest.mark.django_db
def test_it_works_below_another_address(request_of_staff):
    record, prefix = factories.organisation(), get_script_prefix()
    set_script_prefix("/site/")
    try:
        assert record.get_absolute_url() == f"/site/organisations/{record.pk}/"
        assert f"<title>{record} ·" in squeezed(preview(record, request_of_staff))
    finally:
        set_script_prefix(prefix)


# No trace


def kept() -> dict:
    """All that is kept between requests."""
    return dict(cache._cache)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_is_kept_between_requests(client, request_of_staff):
    draft = factories.organisation(name="尚未公开单位", state=DRAFT)
    factories.membership(organisation=draft)
    for address in ("/", "/partners/", "/organisations/", draft.get_absolute_url()):
        client.get(address)
    before = kept()
    assert before != {} and generations() is not None
    with as_published(draft):
        assert generations() is None
        assert "尚未公开单位" in public_page(draft, request_of_staff).content.decode()
    assert kept() == before
    for address in ("/", "/partners/", "/organisations/", "/search/?q=尚未公开单位"):
        assert "尚未公开单位</a>" not in client.get(address).content.decode()
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_cache_of_pages_lets_it_pass(request_of_staff):
    draft = factories.organisation(state=DRAFT)

    def answer(request):
        with as_published(draft):
            return public_page(draft, request_of_staff)

    nobody = RequestFactory().get("/organisations/")  # without a cookie, as what is kept is asked for
    response = PageCache(answer)(nobody)
    assert response.headers["Cache-Control"] == "no-store" and not response.has_header("ETag")
    assert not any("notice-preview" in str(value) for value in kept().values())


@pytest.mark.django_db(transaction=True)
def test_afterwards_everything_is_as_it_was(request_of_staff):
    later = timezone.now() + timedelta(days=1)
    record = factories.organisation(publish_at=later)
    row = Organisation.objects.filter(pk=record.pk).values
    before, versions, token = row().get(), record.history.count(), generations()
    preview(record, request_of_staff)
    assert (row().get(), record.history.count(), generations()) == (before, versions, token)
    with pytest.raises(ZeroDivisionError), as_published(record):
        assert Organisation.objects.public().filter(pk=record.pk).exists()
        raise ZeroDivisionError
    assert row().get() == before


@pytest.mark.django_db(transaction=True)
def test_the_transaction_of_whoever_asks_goes_on(request_of_staff):
    draft = factories.organisation(state=DRAFT)
    with transaction.atomic():
        Organisation.objects.filter(pk=draft.pk).update(region="示例区")
        assert "示例区" in preview(draft, request_of_staff)
        Organisation.objects.filter(pk=draft.pk).update(address="示例路")
    draft.refresh_from_db()
    assert (draft.state, draft.region, draft.address) == (DRAFT, "示例区", "示例路")
