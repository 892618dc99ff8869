"""What an empty answer counts is what its offers find, and it asks the lists little however many words were typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengtai.lists.site_search import asked, lists
from tests import factories
from tests.lists.limits import count_to
from tests.search.asking import context_of

pytestmark = pytest.mark.django_db
WORDS = ("企业", "示例", "公司", "有限", "伙伴", "项目", "楼宇", "合作", "科技", "绝无")


@pytest.fixture
def world():
    """Rows that hold every second, third … word, and none all of them."""
    for step in range(1, 6):
        words = " ".join(WORDS[:-1:step])
        factories.organisation(name=f"甲{step} {words}")
        factories.policy(name=f"乙{step}", summary=words)
    factories.policy(name="丙 科技", state="draft", summary="示例 绝无")


@pytest.mark.parametrize("counted", [None, 3])
@pytest.mark.parametrize("typed", [WORDS[6:], WORDS[5:], WORDS])
def test_what_is_offered_is_what_is_found(client, world, monkeypatch, typed, counted):
    if counted:
        count_to(monkeypatch, counted)
    told = context_of(client, " ".join(typed))["told"]
    offers = [offer for word in told for offer in (word.alone, word.rest) if offer]
    assert [word.text for word in told] == [*typed] and any(word.rest for word in told)
    for offer in offers:
        assert offer.rows == sum(asked(page, offer.words).count for page in lists()), offer


def test_each_further_word_costs_as_much_as_those_before(client, world):
    def statements(words) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert context_of(client, " ".join(words))["told"]
        return len(captured)

    statements(WORDS[4:])
    some, many = statements(WORDS[5:]), statements(WORDS)
    assert many <= 2.2 * some
