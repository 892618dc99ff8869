"""What the API description says of whole answers: their parts around the rows."""

from fengtai.lists.site import ListPage

STRING = {"schema": {"type": "string"}}
TERMS = {
    "publisher": {"type": ["string", "null"]},
    "licence": {"type": ["string", "null"]},
    "retrieved": {"type": "string", "format": "date-time"},
}


def described(name: str) -> dict:
    """An answer or part of one that the description names."""
    return {"schema": {"$ref": f"#/components/schemas/{name}"}}


ERRORS = described("Errors")


def list_answer(page: ListPage) -> dict:
    """The rows of a list with where, when and on what terms they were given."""
    rows = {"type": "array", "items": described(f"{page.name}-row")["schema"]}
    return whole(
        list={"const": page.name},
        address={"type": "string"},
        filters={"type": "object", "additionalProperties": {"type": "string"}},
        **TERMS,
        count={"type": "integer"},
        rows=rows,
    )


def whole(**properties) -> dict:
    """An object with all of these."""
    return {"type": "object", "required": list(properties), "properties": properties}
