"""The profile of English."""

from __future__ import annotations

from assistant.text.languages.english.aliases import ALIASES
from assistant.text.languages.english.claims import CLAIMS
from assistant.text.languages.english.clauses import CLAUSES
from assistant.text.languages.english.grammar import GRAMMAR
from assistant.text.languages.english.layouts import LAYOUTS
from assistant.text.languages.english.narration import NARRATION
from assistant.text.languages.english.numbers import NUMBERS
from assistant.text.languages.english.pages import PAGES
from assistant.text.languages.english.people import PEOPLE
from assistant.text.languages.english.reporting import REPORTING
from assistant.text.languages.english.status import CORRECTIONS, STATUS
from assistant.text.languages.english.transcripts import TRANSCRIPTS
from assistant.text.languages.profile import LanguageProfile
from assistant.text.months import MONTHS, WEEKDAYS

ENGLISH = LanguageProfile(
    code="en",
    stemmer="english",
    months=MONTHS,
    weekdays=WEEKDAYS,
    people=PEOPLE,
    reporting=REPORTING,
    grammar=GRAMMAR,
    claims=CLAIMS,
    clauses=CLAUSES,
    numbers=NUMBERS,
    transcripts=TRANSCRIPTS,
    layouts=LAYOUTS,
    status=STATUS,
    narration=NARRATION,
    corrections=CORRECTIONS,
    pages=PAGES,
    aliases=ALIASES,
)
