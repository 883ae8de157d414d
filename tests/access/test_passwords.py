"""Passwords are long, not common, and kept only as slow hashes."""

import pytest

from mash_triage.access.passwords import check_password, hashed, matches
from mash_triage.errors import NotReady

GOOD = "violet kettle under moss"


def test_a_passphrase_of_words_that_do_not_belong_together_is_accepted():
    check_password(GOOD, about=("Amara Osei", "amara@rivermead.example"))


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short1!", "at least 12"),
        ("x" * 201, "at most 200"),
        ("password1234", "easy to guess"),
        ("qwertyuiop123", "easy to guess"),
        ("aaaaaaaaaaaaaaaa", "easy to guess"),
        ("Amara Osei 2026", "easy to guess"),
    ],
)
def test_what_is_short_long_or_common_is_refused_in_kind_words(password, words):
    with pytest.raises(NotReady, match=words):
        check_password(password, about=("Amara Osei", "amara@rivermead.example"))


def test_only_the_same_password_opens_and_the_hash_does_not_show_it():
    kept = hashed(GOOD)
    assert matches(GOOD, kept)
    assert not matches(GOOD + "!", kept)
    assert not matches(GOOD, None)
    assert not matches(GOOD, "not a hash")
    assert GOOD not in kept
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_an_accent_may_be_composed_by_any_keyboard():
    assert matches("cafe\u0301 violet moss", hashed("caf\u00e9 violet moss"))


def test_what_cannot_be_encoded_is_wrong_and_not_a_fault():
    assert not matches("\ud800 violet kettle moss", hashed(GOOD))
