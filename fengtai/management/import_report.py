"""What the command that imports says: one JSON object, or a table for people."""

from collections.abc import Iterator
from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fengtai.importing.planning.good_rows import good_rows
from fengtai.importing.planning.plans import OUTCOMES, Plan
from fengtai.importing.reading.row_questions import LEAVE, ROW
from fengtai.importing.taking.waiting import records_waiting, rows_waiting, waiting_in_words
from fengtai.review.pending import PendingChange


def report(found: Plan) -> dict:
    problems = found.all_problems()
    return {
        **found.counts(),
        "skipped": [asdict(row) for row in found.skipped],
        "problems": [problem.as_json() for problem in problems if problem.is_error],
        "warnings": [problem.as_json() for problem in problems if not problem.is_error],
        "missing": [asdict(missing) for missing in found.missing],
        "layouts": found.layouts,
        "questions": [question.as_json() for question in found.questions],
        "sources": {name: sum(row.outcome == name for row in found.sources) for name in OUTCOMES},
        "go_back": len(found.all_rows()) - len(good_rows(found)),
        "waiting_records": records_waiting(found),
        "waiting_rows": rows_waiting(found),
    }


def _waiting(result: dict) -> Iterator[str]:
    """What becomes of published records: nothing before a second person releases it."""
    yield waiting_in_words(result)
    pending = result.get("pending")
    if pending and pending["changes"]:
        author = _("author: %(name)s") % {"name": pending["author"] or _("nobody was named (--user)")}
        state = PendingChange.State.SUBMITTED if pending["submitted"] else PendingChange.State.DRAFT
        yield f"{PendingChange._meta.verbose_name_plural} {pending['changes']}: {state.label}; {author}"


def table(result: dict) -> str:
    """For people: the counts, then what is wrong and where."""
    counts = "  ".join(f"{name} {result[name]}" for name in ("read", *OUTCOMES))
    lines = [
        counts,
        *_waiting(result),
        *(f"{layout['sheet']}: {layout['text']}" for layout in result["layouts"]),
        *(f"{row['kind']}: {row['sheet']} {row['row']} {row['text']}" for row in result["skipped"]),
    ]
    for row in (*result["problems"], *result["warnings"]):
        position = " ".join(filter(None, (row["sheet"], str(row["row"] or ""), row["column"], row["heading"])))
        lines.append(f"{row['severity']}: {position}: {row['message']}")
    for missing in result["missing"]:
        near = "、".join(name for _key, name in missing["near"])
        lines.append(_("not on file: %(kind)s %(text)s") % missing + (f" ({near}?)" if near else ""))
    lines += _asked(result["questions"])
    return "\n".join(lines)


def _asked(questions: list[dict]) -> Iterator[str]:
    """What waits for a person, those that stop rows first; each as the option that answers it."""
    waiting = [question for question in questions if not question["answer"]]
    required = [question for question in waiting if question["required"]]
    if required:
        yield ngettext("%(count)d decision is open", "%(count)d decisions are open", len(required)) % {
            "count": len(required)
        }
    optional = [question for question in waiting if not question["required"]]
    rows = [question for question in optional if question["topic"] == ROW]
    for question in (*required, *(question for question in optional if question["topic"] != ROW)):
        yield f"? {question['text']}"
        yield f'  --decide "{question["topic"]}:{question["key"]}=…"'
        if question["group"]:
            yield f'  --decide "{question["topic"]}:{question["group"]}=…"'
        yield from (f"    {answer}: {label}" for answer, label in question["choices"])
        if question["offered"]:
            yield "  " + _("the file says: %(offered)s") % question
    if rows:
        told = ngettext("%(count)d refused row may be left out", "%(count)d refused rows may be left out", len(rows))
        yield f"? {told % {'count': len(rows)}}"
        yield f'  --decide "{ROW}:{rows[0]["key"]}={LEAVE}"'
