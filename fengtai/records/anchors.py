"""Where on a page something is proved: a paragraph of a source, a fact of a record, a figure of one of its parts."""

from fengtai.records.parts import Part

WITHOUT_PARAGRAPH = "cited"


def paragraph_name(paragraph: int | None) -> str:
    """The anchor of a paragraph on its source's page; what names none stands together at the end."""
    return f"p{paragraph}" if paragraph else WITHOUT_PARAGRAPH


def part_name(accessor: str, key: int) -> str:
    """The anchor of a part on its owner's page; `accessor` is what the owner calls such parts."""
    return f"{accessor}-{key}"


def proof_address(row, name: str) -> str:
    """Where the page stands what proves a field of a row: on its own page, or as a part on that of its owner."""
    if not isinstance(row, Part) or getattr(row, "list_name", ""):
        return f"{row.get_absolute_url()}#{name}"
    owner = next((link for link in row.owner if getattr(row, link) is not None), None)
    if owner is None:
        return ""
    accessor = row._meta.get_field(owner).remote_field.get_accessor_name()
    return f"{row.get_absolute_url()}#{part_name(accessor, row.pk)}"
