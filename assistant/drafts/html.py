"""A checked draft as a page: no scripts, no external resources, all text escaped; the source beside each sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from assistant.drafts.wording import LABELS, describe_findings, summarize
from assistant.records.proof import DraftSentence
from assistant.text.sanitize import sanitize_line

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1d21; --paper: #fdfdfc; --soft: #5d636e; --line: #d4d7dc; --good: #23692f;
  --bad: #a3231c; --doubt: #7a5200; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e6ea; --paper: #16181c; --soft: #a0a6b1; --line: #3a3f48;
  --good: #82c98d; --bad: #f29a92; --doubt: #e6b85c; } }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
h1, .small, .label { font-family: system-ui, sans-serif; }
h1 { font-size: 1.4rem; }
section { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; padding: .75rem 0;
  border-top: 1px solid var(--line); }
@media (max-width: 45rem) { section { grid-template-columns: 1fr; gap: .25rem; } }
p { margin: 0 0 .4rem; }
.small { font-size: .875rem; color: var(--soft); }
.label { font-size: .875rem; font-weight: bold; }
.holds .label { color: var(--good); } .differs .label, .not_found .label { color: var(--bad); }
.open .label { color: var(--doubt); } .unchecked { color: var(--soft); }
""".strip()
_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
"""


def render_draft(sentences: Sequence[DraftSentence], name: str) -> str:
    """The page of a checked draft; `name` is that of its file."""
    title = escape("Checked draft" if name == "-" else f"Checked draft: {sanitize_line(name)}")
    parts = [
        _HEAD.format(title=title, style=_STYLE),
        f'<h1>{title}</h1>\n<p class="small">{escape(summarize(sentences))}</p>\n',
        *(line for sentence in sentences for line in _render_sentence(sentence)),
        "</body>\n</html>\n",
    ]
    return "".join(parts)


def _render_sentence(sentence: DraftSentence) -> Iterator[str]:
    yield f'<section class="{sentence.status}"><div>\n<p>{_escape(sentence.text)}</p>\n'
    yield f'<p class="label">{LABELS[sentence.status]}</p>\n'
    for remark in describe_findings(sentence):
        yield f'<p class="small">{_escape(remark)}</p>\n'
    yield "</div><div>\n"
    if sentence.article_id:
        yield f"<p>{_escape(sentence.quote)}</p>\n"
        place = f"{sentence.article_id}, characters {sentence.place_start}–{sentence.place_end}"
        yield f'<p class="small">{_escape(sentence.source_line)}<br>{_escape(place)}</p>\n'
    yield "</div></section>\n"


def _escape(text: str) -> str:
    return escape(sanitize_line(text))
