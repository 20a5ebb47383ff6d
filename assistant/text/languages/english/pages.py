"""Words around an article: bylines, banners, headings of lists of other articles, advertisements."""

from __future__ import annotations

from assistant.text.languages.pages import PageWords

PAGES = PageWords(
    byline_openings=(
        "by",
        "written by",
        "words by",
        "words",
        "text by",
        "text",
        "story by",
        "report by",
        "reported by",
        "reporting by",
        "posted by",
        "published by",
        "author",
        "authors",
        "byline",
    ),
    foreign_byline_openings=(
        "(?:erstellt |veröffentlicht |geschrieben |verfasst )?von",
        "(?:écrit |publié )?par",
        "(?:publicado |escrito )?por",
        "di",
        "door",
        "aut(?:or|orin|oren|ore|ori|eur|rice)",
    ),
    byline_ends=frozenset(
        """
        edited compiled curated written reported translated reviewed publicado publié aktualisiert
        published posted updated last modified share print email follow view read listen comments comment photo photos
        photograph photographs pictures picture video illustration illustrations story filed at on in for from via with
        additional reporting contributed is was has covers
        """.split()
    ),
    non_author_words=frozenset(
        """
        admin administrator anonymous author authors by comment comments contributor contributors contact desk editor
        editorial editors email facebook follow guest home info last login logged mail min minutes modified more news
        newsroom online photo posted print profile published read reporter reporters share site sign staff subscribe
        subscriber team twitter unknown updated user username view webmaster website writer writers your you our the
        a an all about this these latest topics related articles article stories story page pages here click
        sponsored advertisement ago today version notes without industry images getty redaktion alle
        beiträge unbenannt theme zur über den autor yesterday hours minutes days day
        作者 编辑 記者 记者 责任编辑 来源
        """.split()
    ),
    given_months=frozenset({"april", "august", "may", "june"}),
    author_roles=frozenset(
        """
        analyst blogger chief columnist contributor correspondent critic editor editors freelance journalist newsdesk
        photographer producer reporter reporters staff writer writers
        """.split()
    ),
    author_role_adjectives=frozenset(
        """
        assistant associate business city contributing crime culture deputy diplomatic economics education environment
        executive features foreign health international investigative local managing national political politics science
        games security senior special sport sports technology
        """.split()
    ),
    agencies=frozenset(
        """
        aap afp ans ansa ap apa associated press agence france-presse bloomberg dpa efe ians itar-tass pa pti reuters
        tass upi xinhua bbc cnn npr nbc cbs abc
        """.split()
    ),
    paywalls=(
        r"(?:to|please) (?:continue|keep|finish) reading",
        r"(?:subscribe|sign in|log in|register|sign up|become a (?:subscriber|member))"
        r"(?: now| today| for free)? to (?:read|continue|keep reading|unlock|get full access|access)",
        r"(?:continue|keep|finish) reading (?:with|by|for|the (?:full|rest|whole))",
        r"already (?:a )?(?:subscriber|subscribed|member|registered|have an account)\b",
        r"(?:this|the) (?:article|story|content|page|post) is (?:reserved |available |exclusive |only )*"
        r"(?:for|to) (?:our |paid |paying )?(?:subscribers|members|registered)",
        r"(?:subscriber|member)s?[- ](?:only|exclusive)",
        r"(?:you have|you've|you’ve) (?:reached|used|read) (?:your|all|the limit|\d+)",
        r"unlock (?:this|the|full|unlimited)",
        r"read (?:the )?(?:full|whole|entire|rest of the) (?:article|story|post|text|report)",
        r"(?:the rest of|the remainder of) this (?:article|story|post)",
    ),
    outlet_words=frozenset(
        """
        post times news herald tribune journal gazette guardian chronicle observer telegraph courier examiner inquirer
        sentinel argus dispatch bulletin newspaper mirror standard independent star echo press mail daily weekly agency
        broadcasting radio television magazine
        """.split()
    ),
    banners=(
        "press release",
        "news release",
        "media release",
        "media advisory",
        "media statement",
        "press statement",
        "for immediate release",
        "immediate release",
        "for release",
        "not for release",
        "for general release",
        "not for publication",
        "embargoed",
        "under embargo",
        "breaking news",
        "breaking",
        "exclusive",
        "urgent",
        "flash",
        "newsflash",
        "news alert",
        "developing story",
        "live",
        "update",
        "updated",
        "corrected",
        "correction",
        "advertisement",
        "opinion",
        "analysis",
        "news",
        "wire copy",
        "draft",
        "confidential",
    ),
    banner_openings=(
        "embargoed until",
        "embargo until",
        "embargo",
        "for release",
        "for use",
        "contact",
        "media contact",
    ),
    date_labels=(
        "first published",
        "originally published",
        "published",
        "publication date",
        "date published",
        "posted",
        "date",
        "dated",
        "issued",
        "released",
        "release date",
        "created",
    ),
    update_labels=("last", "updated", "modified", "revised", "amended", "edited", "changed", "update", "reading time"),
    time_units=("second", "sec", "minute", "min", "hour", "hr", "day", "week", "month", "year"),
    related_headings=(
        "related",
        "related articles?",
        "related stories",
        "related (?:news|posts?|links?|content|coverage|topics?|reading|videos?|reads?)",
        "read more",
        "read (?:also|next|on)",
        "also read",
        "see also",
        "see more",
        "more stories",
        "more (?:news|articles|headlines|coverage|reading|to read)",
        "more (?:from|on|in|like|about) .{1,60}",
        "most (?:read|popular|viewed|shared|commented|watched|recent)(?: .{1,30})?",
        "(?:you )?(?:may|might) also (?:like|enjoy|be interested in)(?: .{1,20})?",
        "you (?:may|might) be interested in",
        "recommended(?: (?:for you|stories|articles|reading|videos?))?",
        "(?:editor['’]s|editors['’]?|our) (?:picks?|choice|recommendations)",
        "trending(?: (?:now|stories|articles|topics|news))?",
        "popular (?:now|stories|articles|posts|news)",
        "latest (?:news|stories|articles|headlines|posts|videos?)",
        "top (?:stories|news|headlines)",
        "(?:up )?next(?: (?:up|article|story|post))?",
        "(?:previous|next) (?:articles?|stor(?:y|ies)|posts?)",
        "around the (?:web|network)",
        "from (?:the web|around the web|our partners|our network)",
        "(?:promoted|sponsored|partner)(?: (?:content|stories|links|by .{1,40}))?",
        "what to read next",
        "don['’]t miss",
        "in other news",
        "other (?:stories|news|articles)",
        "keep reading",
        "continue reading",
        "explore more",
        "further reading",
        "paid (?:content|post|partner content)",
        "comments?(?: \\(?\\d{1,6}\\)?)?",
        "\\d{1,6} comments?",
        "(?:join the|start a) (?:conversation|discussion)",
    ),
    advertisements=(
        "advertisement",
        "advertisements",
        "article continues below(?: (?:this )?ad(?:vertisement)?)?",
        "story continues(?: below)?(?: (?:this )?ad(?:vertisement)?)?",
        "continue reading the main story",
        "continue reading below",
        "sponsored(?: content)?",
        "(?:please )?(?:click here to )?unsubscribe\\b.{0,120}",
        "(?:to|if you (?:wish|want|would like) to|you can) unsubscribe\\b.{0,120}",
        "(?:you are receiving|you received) this (?:e-?mail|newsletter|message)\\b.{0,160}",
        "(?:manage|update) (?:your )?(?:e-?mail )?preferences\\b.{0,60}",
        "view (?:this )?(?:e-?mail|newsletter|it)? ?(?:in|on) (?:(?:your|a|the) )?(?:web )?browser\\b.{0,20}",
        "sign up (?:for|to) (?:our|the|.{1,40}) (?:free )?(?:daily |weekly |morning )?newsletters?\\b.{0,160}",
        "subscribe (?:now|today|here)\\b.{0,200}",
        "subscribe (?:to|for) (?:our|the)\\b.{0,160}",
        "(?:already|not) a (?:subscriber|member)\\b.{0,100}",
        "(?:share|tweet|print|e-?mail) (?:this|on|via)\\b.{0,60}",
        "follow us on\\b.{0,100}",
        "(?:©|copyright\\b|\\(c\\)).{0,160}",
        ".{0,80}\\ball rights reserved\\b.{0,80}",
        "(?:click|tap) here to (?:subscribe|sign up|read more)\\b.{0,60}",
    ),
)
