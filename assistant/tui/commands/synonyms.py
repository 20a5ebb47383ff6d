"""What people call an action that has another name here, so that the palette finds it."""

from __future__ import annotations

SYNONYMS: dict[str, str] = {
    "add": "import subscribe follow feed page url file folder",
    "back_to_asking": "home return close ask",
    "build": "refresh reload sync synchronize reindex import scan build",
    "command_palette": "commands palette menu",
    "conversations": "history chats sessions earlier resume reopen rename delete undo find log",
    "copy_answer": "clipboard yank",
    "copy_citation": "clipboard reference source paste",
    "copy_clipping": "clipboard quotation story paste",
    "copy_quote": "clipboard quotation words",
    "dossier": "clippings kept collection quotations bookmarks csv",
    "draft": "verify text article fact-check proof paste proofread",
    "earlier": "history previous recall search questions",
    "export": "save download print share file markdown word docx pdf html page json bibtex zotero ris csv backup",
    "filter": "limit narrow scope outlet date days period from to year month folder speaker tag",
    "help": "keys shortcuts keyboard manual docs mouse about",
    "index": "build rebuild update skipped errors folder",
    "keep_quote": "dossier save collect clip",
    "library": "browse articles outlets speakers stories find search full text statistics charts sort bookmark",
    "marks": "tags star note label annotate bookmark read unread",
    "more_like": "similar related alike resembling same",
    "cancel": "clear stop undo empty",
    "new": "clear reset restart begin chat conversation",
    "news": "standing questions alerts findings watch",
    "open_original": "browser web page link url file",
    "quit": "exit leave close end stop bye",
    "quote": "check verify quotation fact-check fact",
    "rebuild": "reindex again scratch",
    "resume_last": "continue go on reopen last",
    "screenshot": "picture image svg capture print save",
    "settings": "preferences options configuration configure config",
    "share": "split wider narrower resize panes",
    "star": "favourite favorite mark bookmark flag",
    "stop_build": "cancel abort",
    "toggle_theme": "colours colors dark light night appearance contrast",
    "choose_theme": "colours colors dark light appearance contrast",
    "writer": "llm ai language model writing",
    "other_answer": "llm ai language model without switch compare",
    "zoom": "enlarge bigger larger maximize fullscreen whole screen pane",
}
"""By the name of the action; the words that people use most come first."""


def list_synonyms(action: str) -> list[str]:
    """The other words for an action such as "app.export" or "share(1)"."""
    return SYNONYMS.get(action.rpartition(".")[2].partition("(")[0], "").split()
