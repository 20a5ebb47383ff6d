"""Mails, mailboxes, mails of Outlook, and pages that a browser saved as one file."""

from __future__ import annotations

import plistlib
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.mail import mbox
from assistant.articles.readers.mail.message import parse_mail
from assistant.articles.readers.mail.outlook import parse_msg
from assistant.articles.readers.mail.saved_page import parse_mhtml, parse_webarchive
from assistant.errors import ReadError
from tests.support.documents import Source, write_docx, write_pdf
from tests.support.outlook import write_msg
from tests.support.reading import find_fault, read_bytes, read_one

SOURCE = Source("Board closes the breakwater", ("“It is shut,” said Mina Torvald.", "Nobody knows for how long."))
PAGE = "<html><head><title>Shut</title></head><body><article><h1>Shut</h1>" + "".join(
    f"<p>“The northern breakwater is shut,” said Mina Torvald, the harbourmaster, on day {n}.</p>" for n in range(6)
) + "</article></body></html>"  # fmt: skip


def make_message(**headers: str) -> EmailMessage:
    """A mail with the usual headers."""
    message = EmailMessage()
    values = {
        "From": "Mina Torvald <mina@harbour.example>",
        "Subject": "Re: Breakwater – statement",
        "Date": "Thu, 2 Jan 2025 10:00:00 +0100",
    }
    for name, value in {**values, **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content("We regret this.\n\n“It is shut,” she said.")
    return message


def test_headers() -> None:
    """The subject is the title, the sender the author; a mailing has an outlet."""
    article = read_one("a.eml", make_message().as_bytes())
    assert (article.title, article.author, article.source) == ("Breakwater – statement", "Mina Torvald", None)
    assert article.published_at == "2025-01-02T10:00:00+01:00"
    assert article.text == "We regret this.\n\n“It is shut,” she said."
    mailing = make_message(From="The Tarn Gazette <news@gazette.example>", List_Unsubscribe="<https://x.example>")
    article = read_one("a.eml", mailing.as_bytes())
    assert (article.source, article.author) == ("The Tarn Gazette", None)


def test_html_beside_a_stub() -> None:
    """The HTML part is taken where the text part only points to it; else the text part."""
    message = make_message()
    message.set_content("View this mail in your browser.")
    message.add_alternative(
        "<p>The crane was built in 1931.</p><p>“It is shut,” said Mina Torvald.</p>", subtype="html"
    )
    assert (
        read_one("a.eml", message.as_bytes()).text == "The crane was built in 1931.\n\n“It is shut,” said Mina Torvald."
    )
    message = make_message()
    message.set_content("The crane was built in 1931. “It is shut.”")
    message.add_alternative("<p>The crane was built in 1931. <b>“It is shut.”</b></p>", subtype="html")
    assert read_one("a.eml", message.as_bytes()).text == "The crane was built in 1931. “It is shut.”"


def test_flowed_lines_are_joined() -> None:
    """Soft breaks of a flowed text are no breaks."""
    data = (
        b"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
        b"The northern \nbreakwater is shut.\n\nNobody \nknows.\n> He \n> said so.\n"
    )
    assert read_one("a.eml", data).text == "The northern breakwater is shut.\n\nNobody knows.\n> He said so."


def test_attachments_are_articles() -> None:
    """Each attached document is an article of its own, whose file is the mail; pictures are passed over."""
    message = make_message()
    message.add_attachment(write_pdf(SOURCE), maintype="application", subtype="pdf", filename="board.pdf")
    message.add_attachment(write_docx(SOURCE), maintype="application", subtype="octet-stream", filename="note.docx")
    message.add_attachment(write_docx(SOURCE), maintype="application", subtype="octet-stream", filename="note.docx")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment(b"x", maintype="application", subtype="zip", filename="rest.7z")
    message.add_attachment(make_message(Subject="Inner"))
    articles, notices = read_bytes("a.eml", message.as_bytes())
    names = ("note.docx", "note (2).docx")
    assert [article.id for article in articles] == [
        "a.eml",
        "a.eml/board.pdf",
        *(f"a.eml/{n}" for n in names),
        "a.eml/Inner.eml",
    ]
    assert {article.path for article in articles} == {"/in/a.eml"}
    assert any("rest.7z" in notice.reason for notice in notices)


def test_mailbox() -> None:
    """Each mail by its Message-ID, each once; damaged ones are named."""
    mails = [make_message(Subject=f"Mail {n}", Message_ID=f"<{n}@x.example>").as_bytes() for n in (1, 2, 2)]
    data = b"".join(
        b"From mina@x.example Thu Jan  2 10:00:00 2025\n" + mail + b"\n>From here on it is shut.\n\n" for mail in mails
    )
    articles, _ = read_bytes("a.mbox", data)
    assert [(article.id, article.title) for article in articles] == [
        ("a.mbox/1@x.example", "Mail 1"),
        ("a.mbox/2@x.example", "Mail 2"),
    ]
    assert articles[0].text.endswith("From here on it is shut.")
    assert mbox.read.__name__ == "read"
    assert "not a mailbox" in find_fault("a.mbox", b"Something else\n")


def test_what_is_no_mail() -> None:
    """Text, empty mails and mails of endless parts."""
    assert "not a mail" in find_fault("a.eml", "“The ferry sails,” said Liv Haug.".encode())
    empty = make_message()
    empty.set_content(" ")
    assert find_fault("a.eml", empty.as_bytes()) == "a mail without text"
    nested = b"From: a@b.example\nSubject: x\n"
    for number in range(200):
        nested += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number)
    with pytest.raises(ReadError, match="nested"):
        list(parse_mail(nested + b"\n\nend"))


def test_outlook() -> None:
    """A mail of Outlook has its subject, sender, day and text; what is attached is an article of its own."""
    body = "The mole is shut.\r\n\r\n“We knew,” she said."
    texts = {"0037": "Breakwater – statement", "1000": body, "0C1A": "Mina Torvald"}
    annex = f"The mole is {'very ' * 200}old.".encode()
    page = "The board of the town shut the harbour on Monday, for the first time in years."
    files = {"annex.txt": annex, "page.html": f"<p>{page}</p>".encode()}
    articles, notices = read_bytes("a.msg", write_msg(texts, datetime(2025, 3, 4, 9, 30, tzinfo=UTC), files))
    mail = articles[0]
    assert (mail.title, mail.author) == ("Breakwater – statement", "Mina Torvald")
    assert (mail.published_at, mail.text) == ("2025-03-04T09:30:00+00:00", "The mole is shut.\n\n“We knew,” she said.")
    assert [article.text for article in articles[1:]] == [annex.decode(), page]
    assert [article.id for article in articles[1:]] == ["a.msg/annex.txt", "a.msg/page.html"]
    assert not [notice for notice in notices if notice.skipped]


def test_html_of_outlook() -> None:
    """Where a mail of Outlook has its text as HTML only, that is read."""
    sent = datetime(2025, 3, 4, tzinfo=UTC)
    texts = {"0037": "Mole", "1013": "<p>The mole is <b>shut</b>.</p><p>So.</p>"}
    articles, _ = read_bytes("a.msg", write_msg(texts, sent, {}))
    assert [article.text for article in articles] == ["The mole is shut.\n\nSo."]


def test_no_mail_of_outlook() -> None:
    """A MSG file that is none has its reason."""
    with pytest.raises(ReadError, match="not a mail of Outlook"):
        list(parse_msg(b"plain"))
    assert "damaged" in find_fault("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))


def test_saved_pages() -> None:
    """The page in an MHTML file and in a web archive, with its address."""
    mhtml = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://gazette.example/shut\nSubject: Shut\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\n'
        f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{PAGE}\n--b--\n"
    )
    for parsed in (
        parse_mhtml(mhtml.encode()),
        parse_webarchive(
            plistlib.dumps(
                {
                    "WebMainResource": {
                        "WebResourceData": PAGE.encode(),
                        "WebResourceURL": "https://gazette.example/shut",
                        "WebResourceTextEncodingName": "UTF-8",
                    }
                }
            )
        ),
    ):
        assert isinstance(parsed, ParsedFile)
        assert parsed.fields["url"] == "https://gazette.example/shut"
        assert "“The northern breakwater is shut,” said Mina Torvald, the harbourmaster, on day 5." in parsed.text
    assert "not a saved page" in find_fault("a.mht", b"text")
    assert "not a web archive" in find_fault("a.webarchive", b"text")


def test_lines_of_a_mailing() -> None:
    """How a newsletter is shown and left is no text of it; in a letter, nothing is taken for that."""
    html = "<p>View in browser</p><h1>Mill sold</h1><p>“It is sold,” said Ivo Bark.</p><p><a>Unsubscribe</a></p>"
    for headers, text in (
        ({"List-Unsubscribe": "<https://weir.example/u>"}, "Mill sold\n\n“It is sold,” said Ivo Bark."),
        ({}, "View in browser\n\nMill sold\n\n“It is sold,” said Ivo Bark.\n\nUnsubscribe"),
    ):
        message = EmailMessage()
        message["From"], message["Subject"] = "The Weir Letter <a@weir.example>", "Mill sold"
        for name, value in headers.items():
            message[name] = value
        message.set_content(html, subtype="html")
        article = read_one("a.eml", bytes(message))
        assert (article.text, article.source) == (text, "The Weir Letter" if headers else None)
