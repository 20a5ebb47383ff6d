"""Tells a typed search from a question: `title:ferry AND strike` is one, "What did Ann say about the strike?" not."""

from __future__ import annotations

import re

from assistant.questions.search.tokens import FIELD_NAMES

# A field before its value, NEAR with a distance or a list, and the signs after a word; "*so* wet" is emphasis.
_SIGN = re.compile(
    rf"(?<![\w:/])(?i:{'|'.join(FIELD_NAMES)}):[^\s/]|(?<!\w)NEAR(?:/\d+ |\s?\()|(?<![\w*~])\w{{3,}}[*~](?=[\s)]|$)|"
    r"[\w.’'-][”\"]\*(?=[\s)]|$)"
)
_OPERATOR = re.compile(r"(?:^|[\w”\")*~] )(?:AND|OR|NOT|NEAR)(?= [\w“\"(]|$)")
_ASKS = re.compile(
    r"[\s(]*(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|am|do|does|did|has|have|had|can|could|will|"
    r"would|should|shall|may|might|must|list|show|give|find|get|display|print|name|open|tell|count|number|total|all|"
    r"any|anything|everything|everyone|everybody|every|more|articles?|stor(?:y|ies)|reports?|pieces|quotes?|statements|"
    r"mentions|summari\w+|summary|sum|recap|digest|outline|brief\w*|overview|timeline|chronology|first|last|latest|in|on|"
    r"please|i|you|we|and|or|but|so|translate|write)(?:['’]\w+)?\b(?! (?-i:AND|OR|NOT|NEAR)\b)",
    re.IGNORECASE,
)
# "Vaccines do NOT harm": a sentence with a word in capitals. Not "may" and "will", which are names too.
_SAYS = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|would|could|should|can|must|said|says|say|(?:is|are|was|were|do|"
    r"does|did|has|have|had|would|could|should|ca|wo)n['’]t)\b|\w[.!]\s+\w",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"„«][^”\"“»]*[”\"“»]")


def is_typed_search(text: str) -> bool:
    """Whether a text is a search with operators or fields, and asks or says nothing in words.

    Words in capitals are operators only beside words that are not, and in no sentence.
    """
    if text.rstrip().endswith("?") or _ASKS.match(text) is not None or not any(map(str.islower, text)):
        return False
    if _SIGN.search(text) is not None:
        return True
    return _OPERATOR.search(text) is not None and _SAYS.search(_QUOTED.sub(" ", text)) is None
