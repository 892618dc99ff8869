"""What every export of the peers holds: the columns of our own workbook, from the same rows."""

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = [
    *("name", "kind", "memberships", "industries", "region", "credit_code", "names"),
    *("address", "website", "introduction", "doubt", "checked_on", "sources"),
]


def values(record) -> list:
    return [
        record.name,
        record.get_kind_display(),
        "；".join(membership.level.name for membership in record.memberships.all()),
        "；".join(industry.name for industry in record.industries.all()),
        record.region,
        record.credit_code or "",
        "；".join(other.name for other in record.names.all()),
        record.address,
        record.website,
        record.introduction,
        record.doubt,
        record.checked_on,
        "；".join(f"{citation.source.title} {citation.paragraph}" for citation in record.citations.all()),
    ]
