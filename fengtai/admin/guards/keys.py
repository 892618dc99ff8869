"""Keys of rows, as addresses and forms of the admin name them."""

MOST_DIGITS = 19  # of a key that either database can hold


def is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < MOST_DIGITS


class AskedByKey:
    """For admin classes. An address that names no field of the row (`_to_field=`) asks for it by its key."""

    def get_object(self, request, object_id, from_field=None):
        return super().get_object(request, object_id, from_field or None)
