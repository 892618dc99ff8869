"""How a record's page tells of it in sentences: declared by its table, of columns that say something."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Clause:
    """A part of a sentence: the first of some columns that says something, in a phrase that holds %(fact)s."""

    names: tuple[str, ...]
    phrase: str | Promise
    past: str | Promise = ""  # the phrase for linked rows that are over, where the column tells which are

    @classmethod
    def of(cls, *names: str, phrase: str | Promise = "%(fact)s", past: str | Promise = "") -> "Clause":
        return cls(names, phrase, past)


Sentence = tuple[Clause, ...]


def told_by(sentences: tuple[Sentence, ...]) -> set[str]:
    """The columns that are told in them, and need not be told again."""
    return {name for sentence in sentences for clause in sentence for name in clause.names}
