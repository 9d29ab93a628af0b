"""The extract for a relative: composed as if what is kept from her had never been."""

from __future__ import annotations

from dataclasses import replace

from family_case.model.dossier import Profile
from family_case.model.kinds import Promise
from tests import dossiers
from tests.reports.reading import printed

EXTRACT = "This is an extract; it need not contain all we know."
TRACES = ("ithheld", "andling", "Source", "other case", "consent", "Released", "Рябина", "As claimed on", "recruitment")


def test_every_page_says_that_it_is_an_extract() -> None:
    paper = printed(dossiers.family_extract())
    assert all(EXTRACT in page for page in paper.pages)
    assert paper.reader.metadata is not None
    assert paper.reader.metadata.title == "Extract"


def test_it_holds_the_sections_a_relative_gets_and_no_other() -> None:
    numbers = [title.partition(".")[0] for title, _page in printed(dossiers.family_extract()).bookmarks()]
    assert numbers == ["1", "2", "3", "4", "5", "6", "7"], "a number left out would tell her of a section kept from her"


def test_it_never_says_that_there_is_none_of_what_may_be_kept_from_her() -> None:
    """That nothing is recorded would be untrue of what is withheld, so it is passed over and the numbers run on."""
    empty = printed(dossiers.empty_case(profile=Profile.FAMILY))
    for claim in ("Last direct word", "No direct word", "Last proof", "Promises", "Approaches", "payments"):
        assert claim not in empty.text, claim
    assert [title.partition(".")[0] for title, _page in empty.bookmarks()] == ["1", "2", "3", "4", "5"]
    told = dossiers.family_extract()
    unsure = printed(replace(told, last_word=None, items=tuple(replace(each, counts=False) for each in told.items)))
    assert "Signs of life that do not count as a direct word" in unsure.text
    assert "Other signs of life" not in unsure.text, "other than which?"
    promised = tuple(each for each in told.items if isinstance(each.detail, Promise))
    paper = printed(replace(told, items=promised, last_word=None, last_proof=None))
    assert "6. Promises and payments Promises" in paper.text
    assert "No payments" not in paper.text


def test_it_says_nothing_of_withholding_sources_or_other_cases() -> None:
    """Even when it is handed a lawyer's dossier with all its gaps, counts and sheets."""
    careless = replace(
        dossiers.full_case(),
        profile=Profile.FAMILY,
        items=tuple(replace(each, released_because="because") for each in dossiers.full_case().items),
        sought=replace(dossiers.identity(), withheld=True, names=()),
        last_word=None,
    )
    for dossier in (dossiers.family_extract(), careless):
        text = printed(dossier).text
        for trace in TRACES:
            assert trace not in text, trace


def test_entries_and_pages_run_on() -> None:
    paper = printed(dossiers.family_extract())
    assert dossiers.DIRECT_WORDS not in paper.text
    assert all(f"page {at} of {len(paper.pages)}" in page for at, page in enumerate(paper.pages, 1))
    assert "No direct word since he was last seen 49 to 52 days ago (we check after 30)." in paper.text


def test_it_is_addressed_to_the_relative() -> None:
    assert "Addressee Сорокина Вера Павловна" in printed(dossiers.family_extract()).pages[0]
