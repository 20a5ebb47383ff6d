"""Files of every format that repeat one thing: a reader that compares each with all others shows it by its time.

Each function gives a text of about so many characters."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Shape = Callable[[int], str]


def repeat(piece: str, before: str = "", after: str = "") -> Shape:
    """A text that repeats a piece."""
    return lambda size: before + piece * max(1, size // len(piece)) + after


def spell(piece: str) -> Shape:
    """As `number`, with three letters in place of the number: # small ones, @ capitals."""

    def make(size: int) -> str:
        pieces = []
        for place in range(size // len(piece) + 1):
            letters = "".join(chr(ord("a") + place // 26**power % 26) for power in range(3))
            pieces.append(piece.replace("#", letters).replace("@", letters.upper()))
        return "".join(pieces)[:size]

    return make


def number(piece: str, before: str = "", after: str = "") -> Shape:
    """A text that repeats a piece with another number in each place of "#"."""
    width = len(piece) + 3
    return lambda size: before + "".join(piece.replace("#", str(n)) for n in range(max(1, size // width))) + after


def on_page(shape: Shape) -> Shape:
    """The body of a page with a sentence before it."""
    begin = "<html><head></head><body><article><p>The words of this page are few, but they are there.</p>"
    return lambda size: f"{begin}{shape(size)}</article></body></html>"


PAGES = {
    "headings": on_page(repeat("<h1>a</h1>")),
    "other headings": on_page(number("<h2>Aa #</h2>")),
    "attributes without values": on_page(number(" a#", "<p ", ">x</p>")),
    "attributes on lines": on_page(number("\na#", "<p ", ">x</p>")),
    "attributes and slashes": on_page(number("/a#", "<p ", ">x</p>")),
    "attributes with values": on_page(number(" a#=1", "<p ", ">x</p>")),
    "paragraphs": on_page(repeat("<p>x</p>")),
    "sentences": on_page(number("<p>The gate number # is shut, and nobody has the key to it.</p>")),
    "rows": on_page(repeat("<tr><td>x</td></tr>", "<table>", "</table>")),
    "items": on_page(repeat("<li>x</li>", "<ul>", "</ul>")),
    "breaks": on_page(repeat("x<br>")),
    "spans": on_page(repeat("<span>x</span>")),
    "links": on_page(number("<a href='x#'>y</a> ")),
    "open divisions": on_page(repeat("<div>x")),
    "open bold": on_page(repeat("<b>x")),
    "open paragraphs": on_page(repeat("<p>x")),
    "closing tags": on_page(repeat("</div></p>")),
    "comments": on_page(repeat("<!-- a -->")),
    "open comments": on_page(repeat("<!--")),
    "open tags": on_page(repeat("<a ")),
    "open values": on_page(repeat('<a b="')),
    "entities": on_page(repeat("&amp;&#8217;&x")),
    "scripts": on_page(repeat("<script>a</script>")),
    "metadata": repeat("<meta name=author content='Ada Poe'>", "<html><head>", "</head><body>"),
    "broken data": repeat('{"@type": "Person", "name": "Ada Poe"},', '<script type="application/ld+json">['),
    "data": repeat('{"@type": "Person", "name": "Ada Poe"},', '<script type="application/ld+json">[', "{}]</script>"),
    "updates": on_page(
        number("<div><time datetime='2025-04-02T#'>a</time><h2>Gate #</h2><p>The gate is shut for now.</p></div>")
    ),
    "times": on_page(repeat("<div><time datetime=2025-04-02></time>")),
    "one word": on_page(repeat("a")),
    "bold": on_page(repeat("<b>a</b>")),
    "wide rows": on_page(repeat("<td>a</td>", "<table><tr>", "</tr></table>")),
}

MARKDOWN = {
    "brackets": repeat("["),
    "nested links": repeat("[a](b"),
    "images": repeat("![a]("),
    "stars": repeat("**a *b "),
    "underscores": repeat("_a_ "),
    "backticks": lambda size: "".join("`" * (n % 200 + 1) + "a " for n in range(size // 102)),
    "tags": repeat("<a "),
    "autolinks": repeat("<http://a"),
    "entities": repeat("&a"),
    "blocks": repeat("<div>\n"),
    "open comments": repeat("<!--"),
    "open values": repeat('<a b="'),
    "values in a block": repeat("<a href='x", "<p>\n"),
    "references": number("[a#]: b\n"),
    "cited marks": repeat("“It is shut.” ([Poe, 2025, p. 3](zotero://select/library/items/A))\n\n"),
    "open citations": repeat("” ([a", "# Annotations\n\n“"),
    "lists": repeat("- a\n"),
    "quotes": repeat("> a\n"),
    "nested quotes": repeat(">"),
    "headings": repeat("# a\n"),
    "lines": repeat("a\n"),
    "fences": repeat("```\n"),
    "backslashes": repeat("\\"),
    "spaces": lambda size: "a" + " " * size + "\nb",
    "list in the head": repeat("a,", "---\ntitle: x\nauthor: [", "]\n---\nThe gate is shut."),
    "names in the head": number("k#: v\n", "---\ntitle: x\n", "---\nThe gate is shut."),
    "one name in the head": repeat("a: b\n", "---\ntitle: x\n", "---\nThe gate is shut."),
    "nested head": lambda size: "---\ntitle: x\na: " + "[" * size + "\n---\nThe gate is shut.",
    "escapes in the head": repeat("\\x41", '---\ntitle: "', '"\n---\nThe gate is shut.'),
    "anchors in the head": number("b#: *a\n", "---\ntitle: x\na: &a [x]\n", "---\nThe gate is shut."),
    "aliases of aliases in the head": number(
        "k#: &k# [*z, *z, *z]\nz: &z [*k#, *k#]\n", "---\nz: &z [x]\n", "---\nThe gate is shut."
    ),
    "broken head": repeat("a b: c: d\n", "---\ntitle: x\n", "---\nThe gate is shut."),
    "TOML head": number("k#.a.b = 1\n", "+++\ntitle = 'x'\n", "+++\nThe gate is shut."),
    "JSON head": repeat("1,", '{"title": "x", "k": [', "1]}\nThe gate is shut."),
}

TEXTS = {
    "marks after letters": repeat("a”"),
    "marks before and after": repeat("“a” "),
    "low marks": repeat("„a“ "),
    "opened again": repeat('"One. "Two. '),
    "single marks": repeat("‘a ‘b "),
    "plurals": repeat("clerks’ room ", "‘a "),
    "guillemets": repeat("»a "),
    "straight marks": repeat('"'),
    "opened and closed": lambda size: "“" * (size // 2) + "”" * (size // 2),
    "he said": repeat("he said he said "),
    "names": number("John Smith# said it. "),
    "roles": number("Ivo Bark#, minister of trade, said the minister said so. "),
    "labels": number("SMITH#: We did.\n"),
    "people": spell("J@ohn Sm#ith said it. "),
    "labels of three letters": spell("@: We did.\n"),
    "dashes": repeat("“a.” — Ada Tarn\n"),
    "initials": repeat("U.S. "),
    "dots": repeat("a. "),
    "ellipses": repeat("… "),
    "one word": repeat("x"),
    "spaces": lambda size: "a" + " " * size + "b",
    "lines": repeat("Aaa said.\n"),
    "empty lines": lambda size: "\n" * size + "a",
    "according": repeat("according to according to "),
    "Chinese": repeat("他说：“我们不同意。”"),
    "accents": lambda size: "a" + "\u0300" * size,
    "digits": repeat("1,000 "),
    "parentheses": repeat("("),
    "accounts": number("@a#: It is shut.\n"),
    "namesakes": spell("J@ohn Smith left. Smith said no.\n"),
    "holders of an office": spell("Ada T#arn, the minister of m#ines, left. The minister of m#ines said so.\n"),
}

SUBTITLES = {
    "cues": number("#\n00:00:01.000 --> 00:00:02.000\nThe gate is shut.\n\n", "WEBVTT\n\n"),
    "one cue": repeat("The gate is shut\n", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"),
    "tags": repeat("<v Ada>a</v><b>", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"),
    "open tags": repeat("<v ", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"),
    "times": repeat("00:00:01.000 --> 00:00:02.000\n", "WEBVTT\n\n"),
    "labels": repeat("ADA: No. ", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"),
}

LINES = {
    "articles": number('{"id": "a#", "text": "The gate is shut."}\n'),
    "one article": lambda size: '{"id": "a", "text": "' + "The gate is shut. " * (size // 18) + '"}\n',
    "other names": lambda size: "{" + number('"k#": #, ')(size) + '"id": "a", "text": "It is shut."}\n',
    "faults": repeat("x\n"),
    "empty lines": repeat("\n"),
    "nested": lambda size: '{"id": "a", "text": "It is shut.", "x": ' + "[" * size,
}

TABLES = {
    "rows": number("a#,It is shut.\n", "title,text\n"),
    "columns": lambda size: "title,text," + number("k#,")(size) + "\n" + "a," * (size // 7),
    "quotes": repeat('"a""', "title,text\n"),
    "open quotes": repeat('"a,', "title,text\n"),
}

RECORDS = {
    "articles": number('{"id": "a#", "text": "The gate is shut."},', "[", "{}]"),
    "nested": lambda size: "[" * size,
    "names": lambda size: '{"text": "It is shut.", ' + number('"k#": #, ')(size) + '"z": 1}',
}

RICH_TEXTS = {
    "paragraphs": repeat("The gate is shut.\\par\n", "{\\rtf1 ", "}"),
    "open groups": repeat("{\\b a ", "{\\rtf1 "),
    "groups": repeat("{\\i a}", "{\\rtf1 ", "}"),
    "numbers": repeat("\\u8217'", "{\\rtf1 ", "}"),
    "fonts": number("{\\f# Arial;}", "{\\rtf1{\\fonttbl", "}It is shut.}"),
}

MAIL_HEAD = "From: Ada Poe <a@b.example>\nSubject: The gate\nDate: Tue, 4 Mar 2025 10:00:00 +0000\n"
MAILS = {
    "lines": repeat("The gate is shut.\n", f"{MAIL_HEAD}\n"),
    "quotes": repeat("> a\n", f"{MAIL_HEAD}\n"),
    "headers": number("X-#: a\n", MAIL_HEAD, "\nThe gate is shut."),
    "one header": repeat(" a\n", f"{MAIL_HEAD}X-A: b\n", "\nThe gate is shut."),
    "addresses": repeat("a@b.example, ", f"{MAIL_HEAD}To: ", "\n\nThe gate is shut."),
    "encoded words": repeat("=?utf-8?q?a?= ", f"{MAIL_HEAD}Comments: ", "\n\nThe gate is shut."),
    "parts": repeat(
        "--x\nContent-Type: text/plain\n\nIt is shut.\n",
        f'{MAIL_HEAD}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n',
        "--x--\n",
    ),
}

MAILBOXES = {
    "mails": repeat(f"From a@b.example Tue Mar  4 10:00:00 2025\n{MAIL_HEAD}\nThe gate is shut.\n\n"),
    "lines": repeat("From \n", f"From a@b.example Tue Mar  4 10:00:00 2025\n{MAIL_HEAD}\n"),
}

SAVED_HEAD = 'Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n'
SAVED_PAGES = {
    "parts": repeat(
        "--x\nContent-Type: text/html\n\n<p>It is shut, and nobody has the key.</p>\n", SAVED_HEAD, "--x--\n"
    ),
    "paragraphs": repeat(
        "<p>It is shut, and nobody has the key.</p>\n", f"{SAVED_HEAD}--x\nContent-Type: text/html\n\n", "\n--x--\n"
    ),
}

FLAT_HEAD = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
)
FLAT_END = "</office:text></office:body></office:document>"

SHAPES: Mapping[str, Mapping[str, Shape]] = {
    ".html": PAGES,
    ".md": MARKDOWN,
    ".txt": TEXTS,
    ".vtt": SUBTITLES,
    ".jsonl": LINES,
    ".csv": TABLES,
    ".json": RECORDS,
    ".rtf": RICH_TEXTS,
    ".eml": MAILS,
    ".mbox": MAILBOXES,
    ".mhtml": SAVED_PAGES,
    ".fodt": {
        "paragraphs": repeat("<text:p>The gate is shut.</text:p>", FLAT_HEAD, FLAT_END),
        "spans": repeat("<text:span>a</text:span>", f"{FLAT_HEAD}<text:p>", f"</text:p>{FLAT_END}"),
        "spaces": repeat("<text:s/>", f"{FLAT_HEAD}<text:p>a", f"b</text:p>{FLAT_END}"),
    },
}

STEEP_SHAPES: Mapping[tuple[str, str], int] = {
    (".txt", "labels"): 70_000,
    (".txt", "accounts"): 20_000,
    (".txt", "holders of an office"): 30_000,
    (".html", "bold"): 60_000,
    (".html", "wide rows"): 60_000,
}
"""What once took work by the square, with the characters of the smaller file from which that shows."""
