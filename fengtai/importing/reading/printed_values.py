"""What a field reads in a printed text, and what a person decides about one that it cannot read."""

import re
from functools import lru_cache

from fengtai.importing.reading.answers import LEAVE
from fengtai.importing.reading.cells import CellError, text_of
from fengtai.importing.reading.words import ALIKE, KEEP, decision
from fengtai.records.readings import explain

BARE = re.compile(r"[-+]?[\d.,]+")


def printed_value(model_field, value, reading=None, column=None):
    """What a field reads in a printed text; None where a person has it left out.

    Of what it cannot read a person decides (`words`), if there is a `reading` that asks. Raises CellError with the
    reader's own reason as long as nobody has.
    """
    read, error = _read(model_field, value) if isinstance(value, str) else _read.__wrapped__(model_field, value)
    if error is not None:
        refused = CellError(error.code, explain(error))
        return _decided(model_field, value, refused, reading, column)
    if len(str(read or "")) > model_field.max_length:
        raise CellError("too_long", length=len(str(read)), most=model_field.max_length)
    return read


@lru_cache(maxsize=2048)  # why a text is refused takes long to find out, and clerks repeat themselves
def _read(model_field, value) -> tuple:
    """What is read, or why it is not."""
    try:
        return model_field.read(value), None
    except model_field.refusal as error:
        return None, error


@lru_cache(maxsize=2048)
def _kept(model_field, text: str):
    return model_field.keep(text)


def _decided(model_field, value, refused: CellError, reading, column):
    """A person's word about what is not read: kept, left out, or what it should have said."""
    text = text_of(value)
    is_number = model_field.reading_kind != "period" and BARE.fullmatch(text)  # its unit says once what it is
    if reading is None or is_number or not text or len(text) > model_field.max_length:
        raise refused
    answer = decision(reading, column, text, refused.message, ALIKE)
    if answer == KEEP:
        return _kept(model_field, text)
    if answer == LEAVE:
        return None
    if not answer:
        raise refused
    read, error = _read(model_field, answer)
    if error is not None:
        raise CellError(error.code, explain(error))
    return read
