"""What is wrong or doubtful in a clerk's file: one code and one sentence for each, always with its position."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from fengtai.importing.reading.sentences import MESSAGES

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` is 0 and `column` empty where it belongs to the sheet; a warning does not refuse its row."""

    code: str
    message: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    heading: str = ""
    severity: str = ERROR

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR

    def as_json(self) -> dict:
        return asdict(self)


def sentence(code: str, **details) -> str:
    return _(MESSAGES[code]) % details
