"""What a password must be: told on the form, asked of every way in which one is chosen, and set by settings."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from fengtai.review.accounts.first_passwords import PARTS, give_password
from fengtai.review.accounts.used_passwords import UsedPassword
from fengtai.review.roles import READER
from tests.review.people import person, signed_in

OWN, INDEX = reverse("password_change"), reverse("admin:index")
REFUSED = (
    *("19990101", "1999-01-01Aa", "Aa19990101", "20241231Abc"),  # dates
    *("1qaz2wsx", "1qaz@WSX", "Qwerty123!", "asdfGHJK1", "qweASD123"),  # rows of keys
    *("aaaaaaaa", "aaaAAA111", "Aa1Aa1Aa1", "11111111"),  # one thing repeated
    *("abcd1234", "Abcdefg1!", "12345678", "87654321"),  # runs
    *("P@ssw0rd", "P@ssw0rd2024", "Admin@123", "Aa123456!", "woaini1314"),  # what everybody tries
    *("Fengtai2024!", "Beijing@2024"),  # and here
    *("Kx7!mq2", "kxqmzwvbtr", "82736451902", "示例暗语密码测试"),  # too short, of too few kinds
    *("Kx7!yuangong", "YuanGong.WF-82kz", "Zhangwei@1990", "WANGfang#77xk", "王芳-Kx7!mq2"),  # names
)
TAKEN = ("示例暗语-8362", "Kx7!mq2Z", "xk7m-pq4n-rt9w-hd3e", "hello-World-22", "Tq8#vLp2", "长 城-Kite-91", "Ж1λ-Zkq8")


@pytest.fixture
def somebody():
    return User(username="yuangong.wf", first_name="王芳", last_name="zhangwei")


def faults(password: str, user) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as refused:
        return [error.code for error in refused.error_list]
    return []


@pytest.mark.parametrize("password", REFUSED)
def test_what_can_be_guessed_is_refused(somebody, password):
    assert faults(password, somebody)


@pytest.mark.parametrize("password", TAKEN)
def test_what_cannot_is_taken(somebody, password):
    assert faults(password, somebody) == []


def test_a_first_password_would_be_taken(somebody):
    """Whoever makes them keeps to the rules that others have to keep."""
    assert PARTS == 4 and faults("xk7m-pq4n-rt9w-hd3e", somebody) == []


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("19990101", "guessed"),
        ("Kx7!mq2", "password_too_short"),
        ("kxqmzwvbtr", "kinds"),
        ("P@ssw0rd", "password_too_common"),
        ("王芳-Kx7!mq2", "name"),
    ],
)
def test_each_rule_says_its_own_in_both_languages(somebody, password, code):
    assert code in faults(password, somebody)
    for language in ("zh-hans", "en"):
        with translation.override(language), pytest.raises(ValidationError) as refused:
            validate_password(password, somebody)
        assert all(text.isascii() == (language == "en") for text in refused.value.messages)


@pytest.mark.parametrize(
    "password", ["", "\0" * 20, "a" * 100_000, "𠮷野家の牛丼-Kx7", "\u202e\u0301" * 9, "\ud800Kx7!mq2Z"]
)
def test_no_password_breaks_the_rules(somebody, password):
    faults(password, somebody)


def test_rules_are_settings(somebody, settings):
    settings.PASSWORD_KINDS, settings.PASSWORD_GUESSES = 4, 10**12
    assert faults("示例暗语-8362", somebody) == ["kinds", "guessed"]
    settings.PASSWORD_KINDS, settings.PASSWORD_GUESSES = 1, 1
    assert faults("19990418", somebody) == []


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["", "/en"])
def test_the_form_says_all_rules_before_anything_is_typed(start):
    shown = signed_in(person("示例员工", READER)).get(f"{start}{OWN}").content.decode()
    rules = shown.partition('id="id_new_password1_helptext"')[2].partition("</ul>")[0]
    assert rules.count("<li>") == 6
    assert ("至少 8 个字符" in rules, "At least 8 characters." in rules) == (not start, bool(start))


@pytest.mark.django_db
def test_the_last_passwords_are_not_taken_again_and_only_their_checks_are_kept(settings):
    user = person("示例员工", READER)
    old, words = "x", [f"示例暗语-83{number}2-kZ" for number in range(5)]

    def change(new: str) -> list[str]:
        nonlocal old
        client = signed_in(User.objects.get())
        answer = client.post(OWN, {"old_password": old, "new_password1": new, "new_password2": new})
        if answer.status_code == 302:
            old = new
            return []
        return [text for texts in answer.context["form"].errors.values() for text in texts]

    assert [change(word) for word in words[:3]] == [[], [], []]
    assert [change(word) for word in words[:3]].count([]) == 0  # the present one is among them
    assert change(words[3]) == [] and change(words[0]) == []  # the last three are others by now
    assert UsedPassword.objects.count() == settings.PASSWORDS_REMEMBERED == 3
    assert not UsedPassword.objects.filter(password__contains="示例").exists()
    settings.PASSWORDS_REMEMBERED = 0
    assert change(words[3]) == [] and change(words[0]) == []
    assert UsedPassword.objects.count() == 1
    user.delete()
    assert not UsedPassword.objects.exists()


@pytest.mark.django_db
def test_a_password_that_is_too_old_is_changed_first(settings):
    user = person("示例员工", READER)
    client = signed_in(user)
    User.objects.update(date_joined=timezone.now() - timedelta(days=100))
    assert client.get(INDEX).status_code == 200  # by default it lasts
    settings.PASSWORD_DAYS = 90
    assert client.get(INDEX)["Location"] == OWN
    assert "A password lasts for 90 days here" in client.get("/en" + OWN).content.decode()
    kept = {"sign_in-username": user.username, "sign_in-password": "x", "name": "示例"}
    told = Client().post("/en/admin/partners/conference/add/", kept).content.decode()
    assert "This password is too old." in told and 'value="示例"' in told
    new = "示例暗语-8362"
    client.post(OWN, {"old_password": "x", "new_password1": new, "new_password2": new})
    assert client.get(INDEX).status_code == 200
    UsedPassword.objects.update(at=timezone.now() - timedelta(days=91))
    assert client.get(INDEX)["Location"] == OWN
    give_password(user, by=user)
    assert not UsedPassword.objects.filter(password=User.objects.get().password).exists()


@pytest.mark.django_db
def test_the_command_keeps_to_the_rules_as_well(monkeypatch):
    person("示例员工", READER)
    monkeypatch.setattr("getpass.getpass", lambda prompt: "19990101")
    with pytest.raises(CommandError):
        call_command("changepassword", "示例员工", verbosity=0)
