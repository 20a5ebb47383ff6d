"""Texts for int8 calibration, which measures the ranges of activations: news of all lengths.

The texts are invented, and so are all people in them."""

from __future__ import annotations

import functools
import hashlib
import json

CALIBRATION_VERSION = 1  # raise when the same texts give other quantised weights

_PARAGRAPHS = (
    "Harbour dues to rise · 2031-02-04\nThe port authority of Saltmere will raise its dues by 4.5% from 1 April, "
    "its chief executive, Ingrid Tollefsen, said on Tuesday. “We have put this off for three years,” she told "
    "reporters. “The cranes will not wait for a fourth.” Two ferry lines said that they would pass the increase "
    "on.",
    "A magistrate in Oudeberg remanded four men in custody on Friday over the theft of copper cable that left "
    "12,000 homes without power last month. Prosecutors said the men, aged between 23 and 51, had used a hired "
    "lorry and council uniforms. Their lawyer, Pieter Nkosi, said that his clients denied every charge.",
    "Central bank holds rates · 2030-11-19\nPolicymakers left the benchmark rate unchanged at 3.25 per cent, as "
    "all but one of 31 economists had expected, but dropped a sentence that had promised “patience”. The currency "
    "gained 0.8% against the dollar; ten-year yields rose seven basis points to 4.02%.",
    "Rescuers searched the slopes above Val Morena through the night after an avalanche buried part of a ski "
    "school. Nine people were pulled out alive; a teacher and two children are still missing. Snow was falling so "
    "thickly, the head of the mountain guard said, that dogs could not be flown in until dawn.",
    "Wanderers 3, Athletic 3: a penalty in the ninety-fourth minute, given after the referee had watched it twice "
    "on a screen, rescued a point for the champions, who had been two goals down at half-time. “I have no words, "
    "and those I have you cannot print,” said the visiting manager, Teo Marchetti.",
    "The vaccine protected 71 of every 100 adults for at least eighteen months, according to a study of 8,400 "
    "volunteers in six countries that is published today. Its authors warn that few of the volunteers were over "
    "75, and that they do not yet know whether a second dose would help.",
    "Parliament voted by 188 to 164 to hold the inquiry in public. The minister of the interior, Lucía Ferrandiz, "
    "had argued that witnesses would be afraid to speak; the opposition leader answered that it was the government "
    "that was afraid. Three members of the ruling party voted against it, and one left the chamber.",
    "What we know about the outage: the company blames a faulty update sent to its routers at 02:14 GMT. Banks, "
    "two airports and the emergency line of one region were cut off for up to six hours. Nothing suggests an "
    "attack, it says, and no data was lost. Regulators want a full report within ten days.",
    "Farmers along the lower Karsu say the river has not been this low since 1976. Wells have run dry in eleven "
    "villages, and the maize that was sown in May stands knee-high where it should reach the shoulder. “My "
    "grandfather spoke of such a year,” said Amina Deressa, who keeps forty goats. “I had thought he exaggerated.”",
    "The museum will give back 26 carved doorposts that soldiers took from a palace in 1897. A first shipment "
    "leaves in June. The two governments are still at odds over who shall insure the rest, officials on both sides "
    "said, speaking on condition of anonymity because the talks are private.",
    "Shares in Norvane plc fell 17% after the maker of batteries cut its forecast for the second time this year. "
    "It now expects revenue of €2.1bn to €2.3bn (previously €2.6bn), and will close its plant at Hallein, where "
    "640 people work. The union called the decision “a betrayal in broad daylight”.",
    "She was born in a lighthouse, taught herself the cello from a library book, and at nineteen walked out of the "
    "conservatory because it would not let her play standing up. Marguerite Oyelaran, who died on Sunday at the "
    "age of 88, recorded all six of the suites three times, and regretted each of the recordings.",
    "CORRECTION: An article on 3 March about school meals misstated the number of schools that take part. It is "
    "214, not 241. The article also gave the wrong first name for the head of the parents’ council; she is Hedda "
    "Lindqvist, not Helga.",
    "Weather: a band of rain will cross the west by noon, heavy at times over high ground, then clear to sunshine "
    "and showers. Highs of 9 to 12 °C. Winds from the south-west, reaching gale force around the northern isles. "
    "Tomorrow: frost early, fog slow to lift from the valleys.",
    "“Nobody told us to leave,” said Karim Benhaddou, standing in what had been his kitchen. The water came at "
    "four in the morning, he said, and by five it was at the window. The prefect maintains that sirens were "
    "sounded twice. Of fourteen residents who were asked, eleven had heard none; the others had taken them for a "
    "drill.",
    "Astronomers have found a planet a little larger than ours that goes round a dim red star every 14.6 days. "
    "Whether it has air is not known: the telescope that could tell is booked until the spring. “It is the best "
    "candidate in years, and we have learnt to be careful with that phrase,” the team’s leader said.",
)

_SHORT_TEXTS = (
    "Who resigned on Monday?",
    "what did the minister say about the inquiry",
    "How many homes were left without power?",
    "Tollefsen on harbour dues",
    "“a betrayal in broad daylight”",
    "Strike called off.",
    "When does the new timetable begin, and what will it cost?",
    "U.N. envoy: talks “not dead”",
)


@functools.cache
def calibration_texts() -> tuple[str, ...]:
    """Questions, sentences, paragraphs and groups of paragraphs: from a few tokens to more than a model reads."""
    count = len(_PARAGRAPHS)
    rows = [" ".join(_PARAGRAPHS[(first + n) % count] for n in range(2 + first % 3)) for first in range(0, count, 2)]
    return (*_SHORT_TEXTS, *(text.split(". ")[0] for text in _PARAGRAPHS[::2]), *_PARAGRAPHS, *rows)


@functools.cache
def compute_calibration_hash() -> str:
    """The hash of everything that determines the quantisation, except the weights."""
    return hashlib.sha256(json.dumps([CALIBRATION_VERSION, calibration_texts()]).encode()).hexdigest()
