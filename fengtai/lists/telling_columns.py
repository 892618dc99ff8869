"""What a record's page says of a column: whether anything is stated, and whether that is worth a word."""


class Telling:
    """`applies` says where a record's page speaks of a column at all: the name of another column that must say
    something, or of this one where its silence means nothing; or a function that takes what all columns say, by name.
    """

    applies = None

    def is_stated(self, value) -> bool:
        """Whether what `reader` made of a row says something."""
        return value not in (None, "") and bool(value)

    def is_told(self, name: str, said: dict) -> bool:
        """Whether the page has to say something of it, if only that no source states it."""
        if callable(self.applies):
            return self.applies(said)
        return self.applies is None or (self.applies in said and said[self.applies] is not None)
