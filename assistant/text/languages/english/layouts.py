"""English patterns for lines that name who speaks, and for captions."""

from __future__ import annotations

from assistant.text.languages.profile import LayoutPatterns

_WORDS_OF = (
    "statement statements comment comments remark remarks response reply answer quote quotes message words word"
    " reaction reactions note letter tribute post tweet thoughts testimony"
)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_PLACES = "desk office pen pages keyboard mouth lips blog account podium"

LAYOUTS = LayoutPatterns(
    introduction_before=(
        r"(?:(?:and|also|then|now|next|finally|here is|here’s|this|another|one more),? ){0,3}"
        rf"(?:from (?:the )?(?:{'|'.join(_PLACES.split())}) of |from |by "
        r"|(?:(?:a|the|his|her) )?(?:(?:short|full|joint|written|official|prepared|public|brief) ){0,2}"
        rf"(?:{'|'.join(_WORDS_OF.split())}) (?:by|from|of) |in the words of |as told by |(?:said|says|writes|adds) )"
    ),
    introduction_after=(
        r"(?: ?\([^()]{1,40}\))?(?:, [^:.!?“”\"]{1,110}?,?)?"
        r"(?: (?:on|about|in|at|via|to|through|commenting on|speaking (?:on|at|about)) [^:.!?“”\"]{1,60})?"
        rf"|[’']s? (?:(?:full|short|written) )?(?:{'|'.join(_WORDS_OF.split())})"
    ),
    caption_opening=(
        r"[(\[*_]{0,2}(?:(?:[Ff]ile )?(?:[Pp]hotos?|PHOTOS?|[Pp]hotograph|[Ii]mages?|IMAGES?|[Pp]icture|PICTURE"
        r"|[Cc]aption|CAPTION|[Cc]redit|CREDIT)(?: (?:credit|courtesy|caption|by))?)(?:[*_]{0,2}:[*_]{0,2}| by )\s?\S"
    ),
    teaser=(
        r"^(?:(?:JUST|MUST)\sWATCH(?:ED)?\b|Video\sAd\s)|^(?:[Mm]ore|MORE|[Rr]ead|READ|[Rr]elated|RELATED|[Ss]ee|[Oo]pinion|OPINION|[Ww]atch|WATCH)\b[^.:]{0,40}:|"
        r"^[^:\n]{2,60}:(?=[A-Z‘'“\"])[^\s/]|(?:^|[.!?]\s)(?:Hear|Watch|See|Find\sout|Listen\sto)\s(?:what|how|why|the\smoment)\b"
    ),
    caption_ending=(
        r"(?:[.!?)”\"] |\()(?:(?:[Ff]ile )?(?:[Pp]hotos?|PHOTO|[Pp]hotograph|[Ii]mage|[Pp]icture|[Cc]redit)"
        r"(?: (?:credit|courtesy|by))?)(?:: ?| by | courtesy of )[^.:!?“”\"]{1,70}\.?\)?$"
        r"|\d:\d\d\s?[-–—]\s?Source:\s[A-Z]"
        r"|(?:^|\s)[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,4}/(?:[\w ]{1,30}/)?"
        r"(?:Getty Images|AP|AFP|Reuters|REUTERS|Shutterstock|EPA|Bloomberg|Sipa|Zuma|Redux|Alamy|Rex)\s?$"
    ),
    post_day=(
        rf"(?:{_MONTHS})[a-z]{{0,6}}\.? \d|\d{{1,2}}\.? (?:{_MONTHS})"
        r"|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}(?:h|m|d|min)\b|\d{1,2}:\d\d"
    ),
)
