"""The options of the command that imports, and the decisions that they state."""

from argparse import ArgumentParser, ArgumentTypeError

from django.utils.translation import gettext as _

from fengtai.importing.planning.same_names import SAME
from fengtai.importing.reading.answers import ALL, CREATE, LEAVE, Answers
from fengtai.importing.reading.headings import IN_REMARK, REST, folded
from fengtai.importing.reading.list_imports import ListImport
from fengtai.importing.reading.questions import SET

DECISIONS = (  # options that may be given more than once
    ("--sheet", "SHEET", "this sheet; otherwise every one that fits"),
    ("--map", "HEADING=COLUMN", "what a column is"),
    ("--ignore", "HEADING", "leave a column out"),
    ("--remark", "HEADING", "keep a column without a place in the list in the remark"),
    ("--create", "KIND[=NAME]", "make what is not on file; all: every kind"),
    ("--use", "KIND=NAME=EXISTING", "take an existing record for a name"),
    ("--leave", "KIND=NAME", "leave a name out"),
    ("--same", "NAME=NUMBER", "a near match is the same"),
    ("--set", "COLUMN=TEXT", "what the whole file states once: scope, period, unit, kind, source"),
    ("--decide", "TOPIC:KEY=ANSWER", "the answer to a question of the report"),
)


def add_decisions(parser: ArgumentParser) -> None:
    rest = parser.add_mutually_exclusive_group()
    rest.add_argument("--ignore-rest", action="store_true", help="leave out every column that is not recognised")
    rest.add_argument("--remark-rest", action="store_true", help="keep every such column in the remark")
    for option, metavar, text in DECISIONS:
        kind = _with_parts(metavar)
        parser.add_argument(option, action="append", default=[], type=kind, metavar=metavar, help=text)


def _with_parts(metavar: str):
    """The type of an option that must hold as many "=" as its metavar has outside of brackets."""

    def checked(text: str) -> str:
        if text.count("=") < metavar.partition("[")[0].count("="):
            raise ArgumentTypeError(_("“%(text)s” lacks an “=”.") % {"text": text})
        return text

    return checked


def answers_of(options, declared: ListImport) -> Answers:
    columns = {heading: _column(where, declared) for heading, where in (text.split("=", 1) for text in options["map"])}
    columns |= dict.fromkeys(options["ignore"], "") | dict.fromkeys(options["remark"], IN_REMARK)
    references: dict[str, dict] = {}
    for answer, texts in ((CREATE, options["create"]), (LEAVE, options["leave"])):
        for kind, _equals, name in (text.partition("=") for text in texts):
            references.setdefault(ALL if kind == "all" else kind, {})[name or ALL] = answer
    for kind, name, existing in (text.split("=", 2) for text in options["use"]):
        references.setdefault(kind, {})[name] = int(existing) if existing.isdecimal() else f"={existing}"
    rest = next((name for name in REST if options[f"{name}_rest"]), "")
    data = {"columns": columns, "references": references, "sheets": options["sheet"], "decided": _decided(options)}
    return Answers.from_json({**data, "rest": rest})


def _decided(options) -> dict[str, dict]:
    """Answers to questions by topic and key."""
    found: dict[str, dict] = {}
    short = [f"{topic}:{text}" for topic, name in ((SET, "set"), (SAME, "same")) for text in options[name]]
    for question, answer in (text.rsplit("=", 1) for text in (*options["decide"], *short)):
        topic, _colon, key = question.partition(":")
        found.setdefault(topic, {})[key] = answer
    return found


def _column(where: str, declared: ListImport) -> str:
    """A column by its name in the list or by a heading that the list knows."""
    known = declared.headings.get(folded(where))
    return ".".join(filter(None, known)) if known and where.partition(".")[0] not in declared.fields else where
