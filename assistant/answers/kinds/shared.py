"""Steps that several kinds of question share: selecting statements, explaining a refusal, proposing follow-ups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from assistant.answers.kinds.kind import FollowUp, FollowUpMaterial
from assistant.evidence.quotations import find_quoted_words
from assistant.evidence.selection import EvidenceRequest, Selection, rank_evidence
from assistant.records.answer import Evidence
from assistant.records.article import Article
from assistant.text.formatting import join_names
from assistant.text.languages.detection import choose_language, is_english, name_language
from assistant.text.words import content_words

CONTRARY = "This speaks against what the question takes for granted."
ENGLISH_ONLY = "who said what is read in English only"
MAX_ELSEWHERE = 3  # places outside the requested days or sources that a refusal names


def select_ranked(evidence: Iterable[Evidence]) -> Selection:
    """All of some statements, best first.

    Comparing their meaning with the question improved no figure: the words of the topic decide.
    """
    ranked = rank_evidence(evidence)
    return Selection(tuple(ranked), ranked[0].score if ranked else 0.0)


def select_quoted_words(request: EvidenceRequest) -> Selection:
    """The places of the quoted words of the question."""
    evidence = find_quoted_words(request)
    return Selection(tuple(evidence), 1.0 if evidence else 0.0)


def mention_elsewhere(selection: Selection) -> list[str]:
    """What there is outside the requested days or sources: one sentence, or none."""
    places = list(dict.fromkeys(map(_name_place, selection.elsewhere)))
    return [f"There is evidence elsewhere: in {join_names(places[:MAX_ELSEWHERE])}."] if places else []


def find_articles_in_other_languages(articles: Iterable[Article]) -> dict[str, str]:
    """The names of the languages of those articles that are not in English, by article id."""
    languages = {article.id: choose_language(article.text, article.language) for article in articles}
    return {article_id: name_language(tag) for article_id, tag in languages.items() if not is_english(tag)}


def mention_other_languages(articles: Iterable[Article]) -> list[str]:
    """That some of the articles found are not in English: one sentence, or none."""
    articles = list(articles)
    names = find_articles_in_other_languages(articles)
    if not names:
        return []
    verb = "is" if len(names) == 1 else "are"
    if len(names) == len(articles):
        some = f"The article{'' if len(names) == 1 else 's'} found {verb}"
    else:
        some = f"{len(names)} of the articles found {verb}"
    return [f"{some} in {join_names(list(dict.fromkeys(names.values())))}: {ENGLISH_ONLY}."]


def _name_place(evidence: Evidence) -> str:
    article = evidence.article
    parts = (article.source, (article.published_at or "")[:10])
    return " of ".join(part for part in parts if part) or f"“{article.title}”"


# --------------------------------------------------------------------------------------- follow-ups


def propose_other_topics(material: FollowUpMaterial) -> Iterator[Iterator[FollowUp]]:
    """What the speakers of the answer said about something else than the question; of a refusal, those asked for."""
    if material.is_refusal and not material.requested_speakers:
        return iter(())
    return ask_speakers(material, lambda words: words.isdisjoint(material.question_words))


def ask_speakers(material: FollowUpMaterial, is_suitable: Callable[[set[str]], bool]) -> Iterator[Iterator[FollowUp]]:
    """For each speaker of the answer, what they said about topics with suitable content words.

    After a refusal without near sentences there is nothing to continue from, and nothing is proposed.
    """
    if material.after_refusal:
        return
    others = [] if material.requested_speakers else [*material.cited_speakers, *material.rank_speakers()]
    also_cited = [] if material.is_refusal else material.cited_speakers
    for name in dict.fromkeys([*material.requested_speakers, *also_cited, *others]):
        topics = material.weigh_topics(name)
        suitable = Counter(
            {topic: weight for topic, weight in topics.items() if is_suitable(set(content_words(topic)))}
        )
        yield (ask_about(name, topic) for topic in sort_by_count(suitable))


def ask_about(speaker: str, topic: str) -> FollowUp:
    """The question what somebody said about a topic."""
    return FollowUp(f"What did {speaker} say about {topic}?", speaker, topic)


def sort_by_count(counts: Counter[str]) -> list[str]:
    """Names or topics, the most frequent first, then alphabetically."""
    return sorted(counts, key=lambda name: (-counts[name], name))
