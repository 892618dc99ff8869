"""The search of the site: every list asked the same words, what answers best first, and what to ask where none does."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from fengtai.lists.empty_answers import EmptyAnswer
from fengtai.lists.relevance import CONTAINS
from fengtai.lists.site_search import Group, asked, groups, lists
from fengtai.pages.list_pages import headers, heading_row
from fengtai.pages.row_html import rendered_rows
from fengtai.search.query import Query

THIN = 3  # rows in all lists, beside which other words are offered


@require_safe
def search(request):
    """The same words asked of every list; each shows its first rows and leads to the rest."""
    words = request.GET.get("q", "").strip()
    question = asked(lists()[0], words) if words else None
    problem = " ".join(text for texts in question.errors.values() for text in texts) if question else ""
    context = {"words": words, "problem": problem, "found": []}
    if question and not problem:
        context |= _answer(words, question.filterset.looked_for)
    response = render(request, "search.html", context, status=400 if problem else 200)
    if problem:
        response["Cache-Control"] = "no-store"
    return response


def _answer(words: str, query: Query) -> dict:
    """What the lists hold; where it is nothing or little, what else to ask. Words that were only parted are answered
    at once, and said to be parted.
    """
    found = groups(words, query)
    if not _is_thin(found):
        return {"found": _shown(found)}
    answer = EmptyAnswer(query, lists())
    meant = answer.meant()
    if found:
        return {"found": _shown(found), "meant": meant}
    for parts in answer.partings():
        if found := groups(parts, answer.read(parts)):
            return {"parted": answer.offer(parts), "found": _shown(found), "meant": meant}
    return {"meant": meant, "told": answer.words(but_for=meant)}


def _is_thin(found: list[Group]) -> bool:
    """Whether so little was found, and nothing by its name, that something else may have been meant."""
    return sum(group.count for group in found) <= THIN and all(group.rank > CONTAINS for group in found)


def _shown(found: list[Group]) -> list[dict]:
    return [
        {
            "page": group.page,
            "count": group.question.count_label,
            "words": group.words,
            "named": group.named,
            "headers": heading_row(headers(group.page.table, group.page.table.names(detail=False))),
            "rows": rendered_rows(group.page.table, group.keys, group.question.filterset.looked_for),
        }
        for group in found
    ]
