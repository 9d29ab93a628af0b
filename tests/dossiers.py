"""Invented dossiers for tests and figures: a full case, a long one and an empty one. Nobody in them is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from family_case.chance import moment_of
from family_case.model.base import YesNo
from family_case.model.case import CaseStatus
from family_case.model.consent import ConsentForm, Purpose, Topic
from family_case.model.dates import PartialDate, day_of, parse
from family_case.model.dossier import (
    ConsentLine,
    Dossier,
    HandlingLine,
    Identity,
    Item,
    LabelKind,
    NameLine,
    NumberLine,
    Profile,
    SourceLine,
    Who,
    WithheldWhy,
)
from family_case.model.entry import Basis, Channel, Credibility, Entry, EntryKind, Part, Reliability, WordsFrom
from family_case.model.kinds import (
    Approach,
    Direction,
    DocumentKind,
    DocumentRequest,
    Payment,
    PaymentForm,
    Promise,
    PromiseKind,
    PromiseTerm,
    Sent,
    SignClass,
    SignOfLife,
)
from family_case.model.person import NameKind, RoleKind, Sex
from family_case.model.promises import standing
from family_case.model.silence import Span, silence

if TYPE_CHECKING:
    from family_case.model.details import Detail

TODAY = date(2022, 8, 22)

BROTHER = Who(
    LabelKind.RELATIVE, "1", RoleKind.SIBLING, "Сорокин Глеб Ильич", phone="…10-02", consents=True, sex=Sex.MALE
)
MOTHER = Who(LabelKind.RELATIVE, "2", RoleKind.MOTHER)
CALLER = Who(LabelKind.STRANGER, "A", RoleKind.ACCOUNTANT, claimed=True)
RECRUITER = Who(LabelKind.STRANGER, "B", RoleKind.RECRUITER, claimed=True)
CELLMATE = Who(LabelKind.FELLOW_PRISONER, "A", RoleKind.FELLOW_PRISONER)
SOUGHT = Who(LabelKind.SOUGHT, "", RoleKind.SOUGHT, "Сорокин Артём Ильич")

DIRECT_WORDS = "Я еду. Только маме никак не говори"
KEPT_BECAUSE = "«Так лучше. А то она волнуется»"
LATE_WORDS = "Со мной всё хорошо. Осталось немного, но пролетит быстро. Позвоню как смогу."


def entry(number: int, kind: EntryKind, happened: str) -> Entry:
    """Entry of a case told in early August, third hand."""
    return Entry(
        id=f"e{number}",
        kind=kind,
        case_id="c1",
        conversation_id="t1",
        happened=parse(happened) if happened else None,
        learned=parse("2022-08-05"),
        basis=Basis.FROM_OTHER,
        hands=1,
        reliability=Reliability.MOSTLY,
        credibility=Credibility.LIKELY,
    )


def item(head: Entry, detail: Detail | None = None, *people: tuple[Part, Who]) -> Item:
    """Entry recorded on 5 August 2022, numbered by its id."""
    return Item(int(head.id[1:]), head, detail, date(2022, 8, 5), "S1", people)


def _promised(base: Item, detail: Promise, dues: tuple[str, ...], *paid: Payment) -> Item:
    """The item with the due dates said and the standing of its promise today."""
    terms = tuple(
        PromiseTerm(f"{detail.id}-{at}", detail.id, at, parse(due), parse("2022-07-30~"))
        for at, due in enumerate(dues, 1)
    )
    return replace(base, terms=terms, standing=standing(detail, terms, paid, TODAY))


def _signs() -> tuple[Item, ...]:
    word = replace(
        entry(3, EntryKind.SIGN, "2022-07-08T21:15"),
        words=DIRECT_WORDS,
        words_from=WordsFrom.COPIED,
        words_language="ru",
        translation="I am leaving. Only do not tell mother in any case",
        translated_by="A. K.",
        checked="screenshot compared with the brother's telephone, 3 August 2022",
        reliability=Reliability.RELIABLE,
        learned=parse("2022-08-03"),
    )
    late = replace(
        entry(6, EntryKind.SIGN, "2022-07-25/2022-07-31"),
        words=LATE_WORDS,
        words_from=WordsFrom.COPIED,
        credibility=Credibility.UNSURE,
    )
    known = SignOfLife("e3", SignClass.KNOWN_NUMBER, Direction.IN, Channel.WHATSAPP, "по голосовым до этого")
    mistakes = "его ошибки в русском; где он — не сказал"
    unverified = SignOfLife("e6", SignClass.UNVERIFIED, Direction.IN, Channel.WHATSAPP, mistakes)
    return (
        replace(item(word, known, (Part.WITH, BROTHER)), counts=True),
        replace(item(late, unverified, (Part.WITH, MOTHER)), numbers=(NumberLine("…55-02", Part.THROUGH, 1),)),
    )


def _approaches() -> tuple[Item, ...]:
    artyom = Approach(
        "e4",
        Channel.WHATSAPP,
        claimed_name="сам Артём",
        pretext="чтобы мать получала его зарплату",
        demands="прислать паспорт",
        pressure="торопил: «сегодня до вечера»",
        proof_asked=YesNo.NO,
        proof_given=YesNo.NO,
        advice="ничего больше не посылать",
        outcome="паспорт послан",
    )
    passport = DocumentRequest(
        "e5",
        DocumentKind.INTERNAL_PASSPORT,
        Channel.WHATSAPP,
        pages="разворот и прописка",
        purpose="получать зарплату",
        contradicts="a prisoner's pay goes to his account in the colony",
        sent=Sent.SENT,
        sent_on=parse("2022-07-11"),
        follow_up="told to block loans",
    )
    cash = Approach("e7", Channel.PHONE, "Андрей", "«военное ведомство»", "бухгалтер", "привезёт зарплату наличными")
    wrote = replace(entry(4, EntryKind.APPROACH, "2022-07-10"), text="Написал с нового номера, назвался Артёмом.")
    called = replace(entry(7, EntryKind.APPROACH, "2022-07-30~"), reliability=Reliability.DOUBTFUL)
    asked = entry(5, EntryKind.REQUEST, "2022-07-10")
    one, other = (NumberLine(f"+7 900 000-{end}", Part.THROUGH, 3) for end in ("55-01", "41-17"))
    return (
        replace(item(wrote, artyom, (Part.WITH, MOTHER)), numbers=(one,)),
        replace(item(asked, passport, (Part.ASKED_BY, CALLER), (Part.BY, MOTHER)), numbers=(one,)),
        replace(item(called, cash, (Part.BY, CALLER), (Part.WITH, MOTHER)), numbers=(other,)),
    )


def _from_memory(number: int, happened: str, words: str) -> Entry:
    return replace(entry(number, EntryKind.PROMISE, happened), words=words, words_from=WordsFrom.MEMORY)


def _promises() -> tuple[Item, ...]:
    death = Promise("e2", PromiseKind.DEATH_PAYMENT, 500_000_000, "RUB", "если погибнет", YesNo.NO, YesNo.NO)
    salary = Promise("e8", PromiseKind.SALARY, None, "RUB", "", YesNo.NO)
    bonus = Promise("e9", PromiseKind.BONUS, 10_000_000, "RUB", "после первой недели", YesNo.NO, YesNo.NO)
    part = Payment("e10", 3_000_000, "RUB", "e9", PaymentForm.CASH, YesNo.NO)
    other = Payment("e11", 20_050, "USD", None, PaymentForm.TRANSFER, YesNo.UNKNOWN)
    told = _from_memory(2, "2022-07-01/2022-07-14", "Пять миллионов семье, если погибнет")
    soon = _from_memory(8, "2022-07-30~", "Через неделю привезу наличными")
    cash = replace(entry(10, EntryKind.PAYMENT, "2022-08-12"), text="Принёс другой человек, не представился.")
    return (
        _promised(item(replace(told, hands=2), death, (Part.BY, RECRUITER)), death, ()),
        _promised(item(soon, salary, (Part.BY, CALLER), (Part.TO, MOTHER)), salary, ("2022-08-06~",)),
        _promised(
            item(entry(9, EntryKind.PROMISE, "2022-08-01"), bonus, (Part.BY, CALLER)),
            bonus,
            ("2022-08-10", "2022-08-17"),
            part,
        ),
        item(cash, part, (Part.PAYER, CALLER), (Part.TO, MOTHER)),
        item(entry(11, EntryKind.PAYMENT, "2022-08-14"), other, (Part.TO, BROTHER)),
    )


def _notes() -> tuple[Item, ...]:
    quarantine = replace(
        entry(1, EntryKind.NOTE, "2022-07-05/2022-07-09"),
        hands=2,
        basis=Basis.FROM_SOUGHT,
        text="Говорил, что их держат в карантине & отберут 50 из <400>.",
    )
    gap = replace(entry(12, EntryKind.NOTE, "2022-08-20"), learned=None)
    return (
        replace(item(quarantine, None, (Part.SPEAKER, BROTHER)), place="ИК-17, Мордовия"),
        replace(item(gap), words_withheld=True),
    )


def identity() -> Identity:
    """The person sought in both scripts."""
    return Identity(
        names=(
            NameLine(NameKind.LEGAL, "Сорокин Артём Ильич", "ru"),
            NameLine(NameKind.PASSPORT_LATIN, "Sorokin Artem", ""),
        ),
        born=parse("1989-03-14"),
        sex=Sex.MALE,
        citizenship="RU",
        held_at="ИК-17, Мордовия",
        last_seen=parse("2022-07-12~"),
        circumstances="этап из колонии, видел сосед по отряду",
    )


def full_case(language: str = "en") -> Dossier:
    """A case as a lawyer's paper shows it: every kind of entry, consents, gaps with counts, one withholding."""
    items = sorted((*_notes(), *_signs(), *_approaches(), *_promises()), key=lambda each: each.number)
    word = Span(date(2022, 7, 8), date(2022, 7, 8))
    return Dossier(
        profile=Profile.LAWYER,
        language=language,
        as_of=TODAY,
        zone="Europe/Moscow",
        printed=moment_of(TODAY, 18),
        addressee="Адвокатское бюро «Опора»",
        case_code="K-901",
        alias="Рябина",
        purpose=Purpose.LAWYER,
        sought=identity(),
        silence=silence(word, None, TODAY, 30, CaseStatus.OPEN),
        last_word=3,
        last_proof=3,
        people=(SOUGHT, BROTHER, MOTHER, CALLER, RECRUITER),
        items=tuple(items),
        sources=(
            SourceLine("S1", BROTHER, parse("2022-08-03"), Channel.PHONE, WordsFrom.NOTED),
            SourceLine("S2", MOTHER, parse("2022-08-05"), Channel.PHONE, WordsFrom.MEMORY, "соседка в комнате"),
            SourceLine("S3", None, None, None, None, "newspaper, read on 6 August 2022"),
        ),
        consents=(
            ConsentLine(
                BROTHER,
                frozenset({Purpose.LAWYER, Purpose.CASE_WORK, Purpose.UN_BODY}),
                parse("2022-08-03"),
                ConsentForm.ORAL,
                "спросить его самого нельзя",
            ),
        ),
        withheld=((WithheldWhy.HAZARD, 2), (WithheldWhy.NAME, 1), (WithheldWhy.WORDS, 1), (WithheldWhy.NUMBER, 0)),
        handling=(HandlingLine((1, 2, 3), False, Topic.RECRUITMENT, MOTHER, KEPT_BECAUSE, parse("2022-09-01")),),
        snapshot="5f2c" * 16,
    )


def family_extract(language: str = "en") -> Dossier:
    """The same case composed for the mother, as if what is kept from her did not exist."""
    kept = [each for each in full_case().items if each.number not in (1, 2, 3, 12)]
    numbered = tuple(
        replace(each, number=at, numbers=tuple(replace(line, other_cases=0) for line in each.numbers))
        for at, each in enumerate(kept, 1)
    )
    return replace(
        full_case(language),
        profile=Profile.FAMILY,
        purpose=Purpose.CASE_WORK,
        addressee="",
        for_person=replace(MOTHER, name="Сорокина Вера Павловна"),
        silence=silence(None, Span(date(2022, 7, 1), date(2022, 7, 4)), TODAY, 30, CaseStatus.OPEN),
        last_word=None,
        last_proof=None,
        items=numbered,
        sources=(),
        consents=(),
        withheld=(),
        handling=(),
    )


def long_case(entries: int = 300) -> Dossier:
    """A case of many entries, every tenth with a quote of forty lines."""
    quote = "\n".join(f"Строка {line}: он сказал, что напишет, когда доедет." for line in range(1, 41))
    items = tuple(_long_entry(number, quote if number % 10 == 0 else "") for number in range(1, entries + 1))
    return replace(full_case(), items=items, last_word=None, last_proof=None)


def _long_entry(number: int, quote: str) -> Item:
    head = replace(
        entry(number, EntryKind.NOTE, (date(2022, 1, 1) + timedelta(days=number // 2)).isoformat()),
        text=f"Запись {number}. " + "Мать позвонила и спросила, есть ли ответ. " * (number % 5),
        words=quote,
        words_from=WordsFrom.TRANSCRIBED,
    )
    return item(head, None, (Part.SPEAKER, MOTHER))


def empty_case(language: str = "en", profile: Profile = Profile.LAWYER) -> Dossier:
    """A case of which nothing is known yet."""
    return replace(
        full_case(language),
        profile=profile,
        addressee="",
        alias="",
        sought=Identity((), None, Sex.UNKNOWN, "", "", None, ""),
        silence=silence(None, None, TODAY, 30, CaseStatus.OPEN),
        last_word=None,
        last_proof=None,
        people=(),
        items=(),
        sources=(),
        consents=(),
        withheld=(),
        handling=(),
    )


def with_text(text: str, happened: PartialDate | None = None) -> Dossier:
    """A case of one entry whose every entered text is `text`."""
    head = replace(
        entry(1, EntryKind.APPROACH, ""),
        happened=happened or day_of(TODAY),
        text=text,
        words=text,
        words_from=WordsFrom.COPIED,
        translation=text,
        checked=text,
        words_language=text[:20],
    )
    detail = Approach("e1", Channel.PHONE, text, text, text, text, text, text, text, YesNo.YES, YesNo.NO, text, text)
    who = replace(CALLER, name=text, phone=text)
    one = replace(item(head, detail, (Part.BY, who)), numbers=(NumberLine(text, Part.THROUGH, 2),), place=text)
    return replace(
        full_case(),
        addressee=text,
        sought=replace(identity(), names=(NameLine(NameKind.LEGAL, text, "ru"),), circumstances=text, held_at=text),
        people=(who,),
        items=(replace(one, source_code=text[:12], released_because=text),),
        sources=(SourceLine("S1", who, None, None, None, text),),
        last_word=1,
        last_proof=1,
    )
