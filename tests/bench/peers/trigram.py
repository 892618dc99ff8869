"""PostgreSQL's pg_trgm: one text per organisation with a trigram index."""

from django.db import connection

BUILD = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE IF NOT EXISTS bench_trigram AS
  SELECT o.id, o.name || ' ' || coalesce(o.credit_code, '') || ' ' || coalesce(string_agg(n.name, ' '), '') AS text
  FROM partners_organisation o LEFT JOIN partners_organisationname n ON n.organisation_id = o.id GROUP BY o.id;
CREATE INDEX IF NOT EXISTS bench_trigram_text ON bench_trigram USING gin (text gin_trgm_ops);
ANALYZE bench_trigram;
"""


def build():
    with connection.cursor() as cursor:
        cursor.execute(BUILD)


def search(word: str):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_trigram WHERE text ILIKE %s", [f"%{word}%"])
        cursor.execute("SELECT id FROM bench_trigram WHERE text ILIKE %s ORDER BY text, id LIMIT 25", [f"%{word}%"])
        return cursor.fetchall()
