"""Formats that have no reader, and in which other one the same article can be saved."""

from __future__ import annotations

_ADVICE = {
    "; save it as .docx": ".doc .dot .wps .pages .wpd",
    "; save it as .xlsx or .csv": ".xls .xlsb .ods .numbers",
    "; save it as .pptx or .pdf": ".ppt .odp .key",
    "; a picture: recognise its text first, for example with ocrmypdf": ".jpg .jpeg .png .tif .tiff .heic .webp",
    "; a recording: make a transcript of it first (.vtt, .srt)": ".mp3 .m4a .wav .ogg .flac .mp4 .mov .mkv .webm .avi",
    "; unpack it": ".7z .rar .zst .lz4 .lzma",
    "; convert it to .epub": ".mobi .azw .azw3 .kfx",
    "; print it to .pdf": ".djvu .xps .ps .eps .indd .one",
}
_ADVICE_BY_SUFFIX = {suffix: advice for advice, suffixes in _ADVICE.items() for suffix in suffixes.split()}


def hint_format(suffix: str) -> str:
    """What to do about a file with this suffix, in lower case with its dot; empty if there is no advice."""
    return _ADVICE_BY_SUFFIX.get(suffix, "")
