"""The statements of review's queues, as text for one kind of records at a time."""

from django.contrib.contenttypes.models import ContentType

from fengtai.review.comments import ReviewComment

# Of a draft the first version since which it waited all the time.
SENT_AT = """COALESCE((
    SELECT sent.history_date FROM {history} AS sent
    WHERE sent.id = {table}.id AND sent.state = 'review' AND NOT EXISTS (
        SELECT 1 FROM {history} AS later
        WHERE later.id = {table}.id AND later.history_id > sent.history_id AND later.state <> 'review'
    ) ORDER BY sent.history_id LIMIT 1
), changed_at)"""
RETURNED_AT = """COALESCE((
    SELECT MAX(told.at) FROM {comments} AS told
    WHERE told.content_type_id = {kind} AND told.object_id = {table}.id AND told.answered_at IS NULL
), changed_at)"""
TYPED = "id IN (SELECT id FROM {history} WHERE history_user_id = %s)"
CAME_BACK = "id IN (SELECT object_id FROM {comments} WHERE content_type_id = {kind} AND answered_at IS NULL{by_others})"
# In these words the partial index is known again by which the few that are not public are found.
IN_STATE = "state <> 'published' AND state = '{state}'"


def names_in_sql(model) -> dict:
    """What the texts above speak of, for one kind."""
    return {
        "table": model._meta.db_table,
        "history": model.history.model._meta.db_table,
        "comments": ReviewComment._meta.db_table,
        "kind": ContentType.objects.get_for_model(model).pk,
    }
