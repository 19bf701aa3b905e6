"""The words by which papers point elsewhere, and the numbers that follow them, as patterns."""

import re

from desktop.papers.mention import MentionKind

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "  # noqa: E501
    "nineteen twenty twenty-one twenty-two twenty-three twenty-four"
)
WORDS = {word: str(number) for number, word in enumerate(_NUMBERS.split(), 1)}
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))

# Every word that can begin a mention. The first letter decides quickly whether anything can.
KEYWORD = re.compile(
    r"\b(?:"
    r"(?P<minute>[Mm]inutes?|MINUTES?|[Mm]ins?)"
    r"|(?P<action>[Aa]ctions?|ACTIONS?)"
    r"|(?P<appendix>[Aa]ppendi(?:x|ces|xes)|APPENDI(?:X|CES)|[Aa]pp\.|[Aa]nn?ex(?:es|e)?|ANNEX|[Ee]nclosures?|ENCLOSURES?"
    r"|[Ee]nc\.?|[Aa]ttachments?|ATTACHMENTS?|[Ss]chedules?|SCHEDULES?)"
    r"|(?P<item>(?:[Aa]genda\s+)?[Ii]tems?|AGENDA\s+ITEMS?|ITEMS?)"
    r"|(?P<page>[Pp]ages?|PAGES?|pp?\.|[Pp]gs?\.?)"
    r"|(?P<section>[Ss]ections?|SECTIONS?|[Ss]ect?s?\.|[Cc]hapters?)"
    r"|(?P<paragraph>[Pp]aragraphs?|[Pp]aras?\.?)"
    r"|(?P<table>[Tt]ables?|TABLES?)"
    r"|(?P<figure>[Ff]igures?|FIGURES?|[Ff]igs?\.?|[Cc]harts?|[Gg]raphs?|[Ee]xhibits?|[Bb]ox(?:es)?|[Dd]iagrams?)"
    r"|(?P<risk>(?:(?:[A-Z]{2,6}|[Gg]roup|GROUP|[Tt]rust|[Cc]orporate|[Ss]trategic|[Pp]rincipal|[Oo]perational)\s*[-–—]?\s*)?"
    r"(?:BAF|CRR|SRR|ORR|BRAF|[Rr]isks?|RISKS?)(?:\s+(?:[Rr]isks?|[Ii][Dd]|[Rr]ef(?:erence)?))?)"
    r")(?=[\s\d\-–—:.(])"
)

_NUM = r"\d{1,3}(?:\.\d{1,3}){0,4}"
_TAIL = r"(?:\s?\((?:[a-z]{1,2}|[ivx]{1,4}|\d{1,2})\))*"
_NO = r"\s*(?:(?:[Nn]o|NO|[Nn]os|[Nn]umbers?|[Rr]ef|[Rr]eference|[Pp]oints?)\b\.?:?\s*)?[#:]?\s*"

CODE = (
    r"[A-Za-z]{1,6}[ ./-]{0,2}\d{1,4}(?:[./-]\d{1,4}){1,3}"  # GTB/25/15, FGB 20/2122, A25-11, TB25.041
    r"|[A-Z]{1,6}[ /-]?\d{1,5}"  # A12, AP-7
    r"|\d{1,5}(?:[./-]\d{1,4}){1,3}"  # 18.07.3, 269/19, 2735/12
)
# A token of each kind, where its word has been said.
TOKEN = {
    MentionKind.MINUTE: re.compile(rf"(?:{CODE}|\d{{1,4}}[a-z]?)(?:\s?\([a-z]{{1,3}}\))?(?![\d%£]|\s*(?:%|hours?\b|seconds?\b))"),  # noqa: E501
    MentionKind.ACTION: re.compile(rf"(?:{CODE}|\d{{1,4}})(?![\d%£])"),
    MentionKind.APPENDIX: re.compile(r"(?:[A-Z]{1,2}\d{0,2}|\d{1,2}[A-Za-z]?|[IVX]{1,5})(?:\.\d{1,2})?(?![\w'’])"),
    MentionKind.ITEM: re.compile(rf"(?:{CODE}|{_NUM}[A-Za-z]?|[A-Z]\d{{1,2}}|(?:{_WORD})\b){_TAIL}(?![\w%£])"),
    MentionKind.PAGE: re.compile(rf"(?:\d{{1,4}}|[A-Z]{{1,2}}\d{{1,3}}|(?:{_WORD})\b)(?![\w%£]|[.,]\d)"),
    MentionKind.SECTION: re.compile(rf"(?:{_NUM}[A-Za-z]?|[A-Z](?:\.\d{{1,2}})?|[IVX]{{1,5}}|(?:{_WORD})\b){_TAIL}(?![\w%£'’])"),  # noqa: E501
    MentionKind.PARAGRAPH: re.compile(rf"(?:{_NUM}[A-Za-z]?|(?:{_WORD})\b){_TAIL}(?![\w%£])"),
    MentionKind.TABLE: re.compile(rf"(?:[A-Z]{{1,2}}\.?\d{{1,3}}|{_NUM}[A-Za-z]?|[A-Z]|[IVX]{{1,5}}|(?:{_WORD})\b)(?![\w%£'’])"),  # noqa: E501
    MentionKind.RISK: re.compile(r"(?:[A-Z]{1,6}[ -]?)?\d{1,5}(?:[./]\d{1,3})?(?![\w%£]|\.\d)"),
}  # fmt: skip
TOKEN[MentionKind.FIGURE] = TOKEN[MentionKind.TABLE]
NUMBER = re.compile(_NO)

RANGE = re.compile(r"\s*(?:-|–|—|‐|to|through)\s*")
LIST = re.compile(r"\s*(?:,\s*(?:and|or|&)?|;|and|or|&)\s*")

# Codes in a body's own style that stand without a word. Only those whose style the body's papers bear out are used.
LOOSE = re.compile(
    r"(?<![\w/.-])(?:[A-Z]{1,6}\s?[/-]\s?\d{2,4}\s?[/-]\s?\d{1,4}(?:\s?\([a-z]\))?"
    r"|[A-Z]{1,4}\d{2}[-/]\d{1,4}|[A-Z]{2,6}\s\d{2,3}/\d{2,4}|[A-Z]{2,5}\d{2}/\d{2,4})(?![\w/]|-\d|\.\d)"
)
RISK_CODE = re.compile(r"(?<![\w/.-])(?:SR|PR|ORR|SRR|CR|BRR|DR|R)[ -]?\d{1,4}(?:\.\d{1,2})?(?![\w/%]|-\d|\.\d)")

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)

# A statute, another's document or a thing that only has a number: not ours.
LAW_AFTER = re.compile(
    r"[\s,]*(?:\([^)]{1,6}\)\s*)*(?:,?\s*(?:of|to|in|under)\s+(?:the\s+)?)?(?:[\w’'&(),-]+\s+){0,9}?"
    r"(?:\bAct\b|\bActs\b|\bRegulations?\b|\bDirective\b|\bConvention\b|\bCode of Practice\b|\bStandards?\s+\d|\bMeasure\b"  # noqa: E501
    r"|\bCode\b|\bOrder\s+(?:19|20)\d\d)"
)
LAW_BEFORE = re.compile(
    r"(?:\bAct\b(?:\s+(?:19|20)\d\d)?|\bRegulations?\b(?:\s+(?:19|20)\d\d)?)[,;:(]?\s*(?:and\s+|under\s+|by\s+)?(?:the\s+)?$"
)
LAW_THING = re.compile(
    r"\s+(?:agreements?|officers?|notices?|reports?\s+under|orders?|enquir\w+|inquir\w+|detentions?|detained|suites?|"
    r"monies|money|funding|funds?|obligations?|contributions?|statements?|powers?|applications?|assessments?\s+under|"
    r"beds?|patients?|aftercare|doctors?|duty|duties|partnership|pooled|employees?|works?\s+agreement)\b"
)  # fmt: skip
LAW_NUMBERS_WORDS = "2 3 4 5(2) 12 13 17 19 20 42 47 75 85 106 114 117 135 136 151 172 187 188 202 251"
LAW_NUMBERS = frozenset(LAW_NUMBERS_WORDS.split())

THING = re.compile(r"\s+(?:and|of)\s+")
SENTENCE_END = re.compile(r"[.!?:]\s+(?=[A-Z“\"(•])|\n")
