"""The floor under a list page: one SQL statement, 25 rows, the barest HTML, through the same middleware."""

from django.db import connection
from django.http import HttpResponse
from django.utils.html import escape

GATHER = {"sqlite": "group_concat({}, '；')", "postgresql": "string_agg({}, '；')"}
STATEMENT = """
SELECT o.id, o.name, o.kind, o.region, o.credit_code,
  (SELECT {levels} FROM partners_membership m JOIN partners_level l ON l.id = m.level_id
    WHERE m.organisation_id = o.id),
  (SELECT {industries} FROM partners_organisation_industries x JOIN partners_industry i ON i.id = x.industry_id
    WHERE x.organisation_id = o.id),
  (SELECT {sources} FROM fengtai_citation c JOIN fengtai_source s ON s.id = c.source_id
    WHERE c.object_id = o.id AND c.content_type_id =
      (SELECT id FROM django_content_type WHERE app_label = 'partners' AND model = 'organisation'))
FROM partners_organisation o WHERE o.state = 'published' ORDER BY o.sort_key, o.id LIMIT 25
"""


def view(request):
    gather = GATHER[connection.vendor]
    columns = {"levels": "l.name", "industries": "i.name", "sources": "s.title"}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(**{name: gather.format(column) for name, column in columns.items()}))
        rows = cursor.fetchall()
    lines = ("".join(f"<td>{escape(value or '')}</td>" for value in row) for row in rows)
    return HttpResponse(f"<!DOCTYPE html><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
