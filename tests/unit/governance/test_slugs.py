"""The addresses of public pages are plain words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.mentors import slugs


@pytest.mark.parametrize("slug", ["ima", "imani", "imani-okonkwo", "imani-2", "a" * 40])
def test_plain_words_joined_by_hyphens_are_slugs(slug: str) -> None:
    assert slugs.is_slug(slug)


@pytest.mark.parametrize(
    "text",
    ["", "im", "a" * 41, "Imani", "imani-", "-imani", "ima--ni", "ima ni", "ima_ni", "imäni",
     "imani\n", "ops", "verify", "../a", "ima/ni", "imаni"],
)  # fmt: skip
def test_anything_else_is_none(text: str) -> None:
    assert not slugs.is_slug(text)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Imani Okonkwo", "imani-okonkwo"), ("Erik Sørensen", "erik-srensen"),
     ("Dana  Nováková ", "dana-novakova"), ("Support", ""), ("李", ""), ("Al", "")],
)  # fmt: skip
def test_one_is_proposed_after_the_name(name: str, slug: str) -> None:
    assert slugs.proposed(name) == slug


@given(st.text(max_size=80))
def test_what_is_proposed_is_a_slug_or_nothing(name: str) -> None:
    proposed = slugs.proposed(name)
    assert proposed == "" or slugs.is_slug(proposed)


@given(st.text(alphabet="abz019-A _", max_size=45))
def test_a_slug_is_what_a_naive_reading_says(text: str) -> None:
    words = text.split("-")
    naive = 3 <= len(text) <= 40 and all(re.fullmatch("[a-z0-9]+", word) for word in words)
    assert slugs.is_slug(text) == naive
