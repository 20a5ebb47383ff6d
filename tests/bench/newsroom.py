"""Generates articles by a grammar, with the length, names and quotations of news articles.

Every article is about one event with its own place, people, figures and days, so that questions can distinguish them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

Article = dict[str, str]

FIRST = """Anna Ben Clara David Eva Frank Grace Henry Ida John Karin Liam Mona Nils Olga Peter Rosa Samuel Tessa Victor
Walter Yara Amir Bianca Cyril Dunja Esther Felix Greta Hassan Ines Jonas Lena Mateo Nadia Oscar Paula Quentin Ruth
Stefan Thea Ursula Viktoria Wilma Zofia Adele Boris Carmen Dario Elif""".split()
HEADS = "Ash Bel Car Dor Ek Far Gro Has Iv Jel Kov Lind Mar Nor Oster Pel Quil Rav Sten Tor Ul Ver Wick Yar Zel".split()
MIDDLES = "a e i o u an en in on ar er or al el il am em im um ath eth ing".split()
TAILS = "ton ley ford by sen dahl berg witz mann ova escu oni etti ard son well wood stead more ville".split()
PLACE_TAILS = "ham port mouth burg haven field dale minster bridge stad grad ness holm kirk vik".split()
OUTLETS = "The Courier;Evening Post;Coast Daily;The Herald;Northern Times;City Journal;The Observer of Trade".split(";")
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
ROLES = """mayor;finance minister;chief executive;union leader;professor of hydrology;police commissioner;head teacher;
harbour master;chief prosecutor;opposition leader;team coach;hospital director;spokeswoman for the council;
chairman of the board;farmer;transport secretary;museum curator;fire chief""".replace("\n", "").split(";")
REPORTING_VERBS = "said;told reporters;warned;added;insisted;explained;argued;conceded;told the council;recalled".split(
    ";"
)
LANDMARKS = """the tram line;the old pier;the water works;the steel plant;the teaching hospital;the ferry terminal;
the wind park;the grain silos;the central library;the ring road;the fish market;the flood wall;the copper mine;
the airport;the university;the football ground;the courthouse;the power station""".replace("\n", "").split(";")
CONCERNS = """cost;safety;noise;jobs;delays;funding;pollution;wages;rents;tourism;maintenance;fares;insurance;staffing;
drainage;exports;privacy;heating""".replace("\n", "").split(";")
EVENTS = (
    ("closed after {cracks} were found", "engineers found {n} {cracks} in its supports"),
    ("to be sold for {money}", "its owner accepted an offer of {money}"),
    ("hit by a strike of {n} workers", "{n} workers laid down their tools at dawn"),
    ("reopens after {n} days", "the last scaffolding came down, {n} days late"),
    ("flooded for the second time", "the river rose by {n} centimetres overnight"),
    ("at the centre of a lawsuit", "{n} residents took their case to the high court"),
    ("gets {money} for repairs", "the council voted by {n} to {m} to release {money}"),
    ("evacuated as fire spreads", "smoke was seen above the roofs and {n} people were led outside"),
)
DEFECTS = "cracks leaks faults cavities fractures breaches".split()
OPENINGS = (
    "{place}, {weekday} – {fact}, officials confirmed, and the debate about {matter} began anew.",
    "Residents of {place} woke on {weekday} to the news that {fact}.",
    "It took one evening to change what {place} thinks of {thing}: {fact}.",
    "After months of argument over {matter}, {fact} in {place} on {weekday}.",
)
FACTS = (
    "{Thing} was built in {year} and has been repaired {n} times since.",
    "A report of {pages} pages finds that {matter} alone accounts for {percent} percent of what {place} spends on it.",
    "About {n} people use it on a working day, a third fewer than in {year}.",
    "The plans had been shown to the public in {month}, but only {m} objections were received.",
    "A similar case in {other} ended with a settlement of {money}.",
    "Prices of {matter_thing} rose by {percent} percent in the same period, figures from {other} show.",
    "In {year} the previous owner promised to invest {money}, of which less than half was spent.",
    "The inquiry will hear {m} witnesses, among them two from {other}.",
    "Work is expected to begin in {month} and to last {n} weeks, weather permitting.",
    "No one was hurt, but {m} families had to spend the night in a gymnasium.",
)
QUOTATIONS = (
    "We cannot go on as if {matter} did not matter",
    "Nobody in {place} was asked, and {n} signatures prove it",
    "I have seen {year} and I do not want to see it again",
    "It will be finished in {month}, or I shall resign",
    "The figures on {matter} are wrong by at least {percent} percent",
    "Without {money} there is no future for {thing}",
    "People come here for {thing}, not for promises",
    "What {other} can do, {place} can do as well",
    "There is no plan for {matter}, and there never was",
    "We shall pay for every hour, down to the last {n}",
    "My grandfather worked there, and he would not recognise it",
    "A decision of this size is not made on a {weekday} night",
)
INDIRECT = (
    "the question of {matter} had been settled years ago",
    "at least {n} more people would be needed",
    "{thing} was no longer safe",
    "the money from {other} had not arrived",
    "a vote would be held before {month}",
    "{percent} percent of the work was done",
)
MONTHS = "January February March April May June July August September October November December".split()
TRADE_GOODS = "timber steel diesel flour cement copper glass electricity herring wool".split()


class EventWriter:
    """The facts of one event, and sentences about it."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.place, self.other = (self._invent_name(PLACE_TAILS) for _ in range(2))
        self.thing, self.matter = rng.choice(LANDMARKS), rng.choice(CONCERNS)
        self.people = [
            (f"{rng.choice(FIRST)} {self._invent_name(TAILS)}", role) for role in rng.sample(ROLES, rng.randint(2, 4))
        ]
        self._introduced: set[str] = set()
        self._left: dict[tuple[str, ...], list[str]] = {}

    def _invent_name(self, tails: list[str]) -> str:
        middle = self._rng.choice(MIDDLES) if self._rng.random() < 0.7 else ""
        return self._rng.choice(HEADS) + middle + self._rng.choice(tails)

    def fill_pattern(self, pattern: str) -> str:
        """The pattern with the names of this event and random figures."""
        rng = self._rng
        sentence = pattern.format(
            place=self.place,
            other=self.other,
            thing=self.thing,
            Thing=self.thing[0].upper() + self.thing[1:],
            matter=self.matter,
            matter_thing=rng.choice(TRADE_GOODS),
            cracks=rng.choice(DEFECTS),
            money=f"{rng.randint(2, 990)} {rng.choice(('million', 'thousand'))} euros",
            n=rng.randint(13, 970),
            m=rng.randint(3, 12),
            pages=rng.randint(20, 400),
            percent=rng.randint(2, 60),
            year=rng.randint(1920, 2019),
            month=rng.choice(MONTHS),
            weekday=rng.choice(WEEKDAYS),
        )
        return sentence[0].upper() + sentence[1:]

    def fill_next_pattern(self, patterns: tuple[str, ...]) -> str:
        """One of the patterns, filled; each is used once before any is used again."""
        remaining = self._left.get(patterns) or self._rng.sample(patterns, len(patterns))
        self._left[patterns] = remaining[1:]
        return self.fill_pattern(remaining[0])

    def write_statement(self) -> str:
        """A sentence with a statement of one of the people, introduced with name and role at the first mention."""
        rng = self._rng
        name, role = rng.choice(self.people)
        speaker = name.split()[-1] if name in self._introduced else f"{name}, {role},"
        self._introduced.add(name)
        kind = rng.random()
        if kind < 0.45:
            return f"“{self.fill_next_pattern(QUOTATIONS)},” {speaker} {rng.choice(REPORTING_VERBS)}."
        if kind < 0.6:
            first, second = self.fill_next_pattern(QUOTATIONS), self.fill_next_pattern(QUOTATIONS)
            return f"“{first},” {speaker} {rng.choice(REPORTING_VERBS)}. “{second}.”"
        claim = self.fill_next_pattern(INDIRECT)
        return f"{speaker} said that {claim[0].lower() if not claim.startswith(self.place) else claim[0]}{claim[1:]}."


def generate_article(number: int) -> Article:
    """The article with this number, always the same; 150 to 900 words, most of them short."""
    rng = random.Random(number)
    story = EventWriter(rng)
    event, fact = rng.choice(EVENTS)
    fact_sentence = story.fill_pattern(fact)
    opening = rng.choice(OPENINGS).replace("{fact}", fact_sentence[0].lower() + fact_sentence[1:])
    min_words = int(150 + 750 * rng.random() ** 2)
    paragraphs, words = [story.fill_pattern(opening)], 0
    while words < min_words:
        count = rng.randint(2, 4)
        sentences = [
            story.write_statement() if rng.random() < 0.45 else story.fill_next_pattern(FACTS) for _ in range(count)
        ]
        paragraphs.append(" ".join(sentences))
        words = sum(len(paragraph.split()) for paragraph in paragraphs)
    headline = story.fill_pattern(event)
    thing = story.thing.removeprefix("the ").capitalize()
    return {
        "id": f"made-up-{number}",
        "title": f"{thing} of {story.place} {headline[0].lower()}{headline[1:]}",
        "source": rng.choice(OUTLETS),
        "published_at": (date(2020, 1, 1) + timedelta(days=rng.randrange(2000))).isoformat(),
        "text": "\n\n".join(paragraphs),
    }


def generate_articles(count: int) -> Iterator[Article]:
    """`count` articles."""
    yield from (generate_article(number) for number in range(count))
