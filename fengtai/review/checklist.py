def checklist(record, **kw):
    return []


def checklists(records, **kw):
    return {r: [] for r in records}
