"""Figures of opening and reading: open without derivation, search, case page."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

from family_case.chance import SeededIds
from family_case.model.entry import EntryKind
from family_case.services import casework, finding
from family_case.store import vault
from tests.bench.figure import Figure, Timed, by_turns, seconds, timed
from tests.vaults import clock_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlcipher3 import dbapi2

    from family_case.services.session import Session
    from tests.bench.ground import Ground

OPEN, SEARCH, SEARCH_ONE, PAGE = "open without derivation", "search", "search, against one query", "case page"
SAME = "the same engine without a key, same tables, indexes and settings"
# a family name, a code, a shared number, a word of many texts, several words, a word nowhere, two letters, and a
# number nowhere
SEARCHES = (
    "Сорокин", "K-007", "+7 973 300-00-05", "паспорт", "мать голос похож", "бухгалтерии", "небывалое", "ИК",
    "8 916 555-44-33",
)  # fmt: skip
LIMIT = 50
PAGES = 40  # pages a round
_HITS = re.compile(r"SELECT (?!.*\bFROM case_file\b).*\bsearch_key\b")
REPEATS = 10  # times all SEARCHES a round


def opening(ground: Ground, rounds: int) -> Figure:
    """Open the vault with its raw key, against opening the plain copy and reading its one row of settings."""
    clock, ids = clock_on(), SeededIds("bench")

    def ours() -> float:
        opened: list[vault.Vault] = []
        took = seconds(lambda: opened.append(vault.open_vault(ground.folder, ground.raw_key, clock, ids)))
        opened[0].close()
        return took

    def floor() -> float:
        opened: list[dbapi2.Connection] = []
        took = seconds(lambda: opened.append(_opened_plain(ground)))
        opened[0].close()
        return took

    figures = by_turns(ours, floor, rounds * 3)
    return Figure(OPEN, f"open of {SAME}, and one row read", None, rounds * 3, *figures)


def _opened_plain(ground: Ground) -> dbapi2.Connection:
    connection = ground.plain_connection()
    connection.execute("SELECT counter, copy_id, zone, phone_region, language, demo_day FROM copy").fetchone()
    return connection


def searching(ground: Ground, session: Session, rounds: int) -> list[Figure]:
    """Search, warm: against the queries of the indexes it sends, and stricter against the last of them alone."""
    units = REPEATS * len(SEARCHES)
    sent = [hits(session, text) for text in SEARCHES]
    last = [each[-1:] for each in sent]
    with closing(ground.plain_connection()) as plain:

        def floor(wanted: list[list[str]]) -> Timed:
            return timed(_repeated(lambda: _query_all(plain, wanted)))

        ours = timed(_repeated(lambda: find_all(session)))
        both, one = (by_turns(ours, floor(wanted), rounds, units) for wanted in (sent, last))
    texts = f"in {SAME}; {len(SEARCHES)} texts, at most {LIMIT} hits"
    return [
        Figure(SEARCH, f"the same queries of the indexes (names first, then texts) {texts}", 2, rounds, *both),
        Figure(SEARCH_ONE, f"one query of an index (of the texts, if they were asked) {texts}", None, rounds, *one),
    ]


def hits(session: Session, text: str) -> list[str]:
    """The queries of the indexes that a search for `text` sends, in order, as the engine sees them."""
    seen: list[str] = []
    session.vault.connection.set_trace_callback(seen.append)
    finding.find(session, text, LIMIT)
    session.vault.connection.set_trace_callback(None)
    return [sql for sql in seen if _HITS.match(sql)]


def _repeated(work: Callable[[], None]) -> Callable[[], None]:
    def repeat() -> None:
        for _ in range(REPEATS):
            work()

    return repeat


def find_all(session: Session) -> None:
    """Every search of SEARCHES once."""
    for text in SEARCHES:
        finding.find(session, text, LIMIT)


def _query_all(plain: dbapi2.Connection, wanted: list[list[str]]) -> None:
    for each in wanted:
        for sql in each:
            plain.execute(sql).fetchall()


_ENTRIES = "(SELECT id FROM entry WHERE case_id = ?1)"
_PEOPLE = "(SELECT person_id FROM role WHERE case_id = ?1)"
_NUMBERS = "(SELECT endpoint_id FROM endpoint_use JOIN entry e ON e.id = entry_id WHERE e.case_id = ?1)"
# Every row the page is made of, once, one query a table; nobody could read fewer. {e} entries, of one kind by its
# name, {p} people, {n} numbers.
_READS = """
SELECT * FROM case_file WHERE id = ?1;
SELECT * FROM role WHERE case_id = ?1 ORDER BY rowid;
SELECT * FROM person WHERE id IN {p};
SELECT * FROM person_name WHERE person_id IN {p} ORDER BY rowid;
SELECT o.person_id, d.* FROM person_endpoint o JOIN endpoint d ON d.id = o.endpoint_id WHERE o.person_id IN {p};
SELECT * FROM entry WHERE case_id = ?1 ORDER BY happened_earliest, happened, recorded_ms;
SELECT * FROM sign_of_life WHERE id IN {sign};
SELECT * FROM approach WHERE id IN {approach};
SELECT * FROM document_request WHERE id IN {request};
SELECT * FROM promise WHERE id IN {promise};
SELECT * FROM payment WHERE id IN {payment};
SELECT * FROM promise_term WHERE promise_id IN {promise} ORDER BY promise_id, position;
SELECT * FROM entry_person WHERE entry_id IN {e} ORDER BY rowid;
SELECT * FROM endpoint_use WHERE entry_id IN {e} ORDER BY rowid;
SELECT * FROM endpoint WHERE id IN {n};
SELECT endpoint_id, count(*) FROM (
  SELECT endpoint_id, case_id FROM endpoint_use WHERE endpoint_id IN {n}
  UNION SELECT d.endpoint_id, r.case_id FROM person_endpoint d JOIN role r USING (person_id)
  WHERE d.endpoint_id IN {n}) WHERE case_id <> ?1 GROUP BY endpoint_id;
SELECT * FROM place WHERE id IN (SELECT place_id FROM entry WHERE case_id = ?1
  UNION SELECT held_at FROM case_file WHERE id = ?1);
SELECT * FROM conversation WHERE case_id = ?1 ORDER BY happened_earliest, happened, recorded_ms;
SELECT * FROM consent WHERE case_id = ?1 ORDER BY rowid;
SELECT * FROM withholding WHERE case_id = ?1 ORDER BY rowid;
SELECT * FROM offer WHERE id IN {offer};
SELECT * FROM stay WHERE id IN {stay};
SELECT * FROM status_report WHERE id IN {status};
SELECT * FROM denial WHERE id IN {denial};
SELECT * FROM step_taken WHERE id IN {step};
SELECT * FROM step_body WHERE step_id IN {step} ORDER BY rowid;
SELECT * FROM step_reply WHERE step_body_id IN (SELECT id FROM step_body WHERE step_id IN {step}) ORDER BY rowid;
SELECT * FROM body WHERE id IN (SELECT body_id FROM step_body WHERE step_id IN {step}
  UNION SELECT body_id FROM denial WHERE id IN {denial});
SELECT * FROM task WHERE case_id = ?1 ORDER BY rowid;
SELECT * FROM check_question WHERE case_id = ?1 ORDER BY rowid;
SELECT * FROM identifier WHERE person_id IN {p} ORDER BY rowid;
SELECT * FROM legal_status WHERE case_id = ?1 ORDER BY rowid;
SELECT * FROM family_effect WHERE case_id = ?1 ORDER BY rowid;
SELECT * FROM legal_hold WHERE case_id = ?1 ORDER BY rowid;
SELECT * FROM cohort WHERE id IN (SELECT cohort_id FROM cohort_member WHERE case_id = ?1) ORDER BY rowid;
SELECT * FROM source WHERE id IN (SELECT source_id FROM entry WHERE case_id = ?1) ORDER BY rowid;
SELECT * FROM custom_value WHERE case_id = ?1 OR person_id IN {p} ORDER BY rowid;
"""
_OF_KIND = {kind.value: f"(SELECT id FROM entry WHERE case_id = ?1 AND kind = '{kind.value}')" for kind in EntryKind}
PAGE_READS = tuple(
    read.format(e=_ENTRIES, p=_PEOPLE, n=_NUMBERS, **_OF_KIND) for read in _READS.strip().rstrip(";").split(";\n")
)


def paging(ground: Ground, session: Session, rounds: int) -> Figure:
    """The page of a case, against the bare rows it is made of."""
    codes = ground.codes[:: max(1, len(ground.codes) // PAGES)][:PAGES]
    case_ids = [casework.resolve(session, code) for code in codes]
    with closing(ground.plain_connection()) as plain:

        def ours() -> None:
            for code in codes:
                casework.page(session, code)

        def floor() -> None:
            for case_id in case_ids:
                for read in PAGE_READS:
                    plain.execute(read, (case_id,)).fetchall()

        figures = by_turns(timed(ours), timed(floor), rounds, len(codes))
    return Figure(PAGE, f"the same rows read as bare tuples, each once, in {SAME}", 2, rounds, *figures)
