"""What was decided last time, listed on the page of a file with the same headings; taken over or forgotten there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengtai.admin.imports.access import open_list, open_to_decide
from fengtai.admin.imports.running import State, ask_preview
from fengtai.admin.imports.words import TOPICS, model_of
from fengtai.importing.reading.answers import ALL, CREATE, LEAVE
from fengtai.importing.reading.headings import IN_REMARK
from fengtai.importing.taking import steps
from fengtai.importing.taking.remembering import COLUMN, REST, memory_of, offered, with_offered
from fengtai.records.batches import ImportBatch
from fengtai.records.memories import ImportMemory
from fengtai.records.trail.acting import Act
from fengtai.records.trail.entering import enter

LAST = 20  # memories of a list shown


def last_time(batch: ImportBatch, form) -> dict:
    """The memory that is offered, and each of its decisions in words."""
    memory = memory_of(batch)
    decisions = offered(batch, memory) if memory is not None else []
    if not decisions:
        return {}
    columns = dict(form.offered)
    labels = {(one["topic"], one["key"]): one for one in batch.notes.get("questions", ())}
    told = [_in_words(topic, key, str(answer), columns, labels) for topic, key, answer in decisions]
    return {"memory": memory, "last_time": told}


def _in_words(topic: str, key: str, answer: str, columns: dict, asked: dict) -> tuple[str, str, str]:
    left_out, kept = _("to be left out"), _("to be kept in the remark")
    words = {"": left_out, IN_REMARK: kept, CREATE: _("to be created"), LEAVE: _("to be left out of its rows")}
    meant = {COLUMN: columns, REST: {"ignore": left_out, "remark": kept}}.get(topic, {})
    question = asked.get((topic, key))
    choices = dict(question["choices"]) if question else {}
    return _kind(topic), "" if key == ALL else key, (choices | meant).get(answer) or words.get(answer, answer)


def _kind(topic: str) -> str:
    model = model_of(topic)
    if model is not None:
        return str(model._meta.verbose_name)
    others = {COLUMN: _("Column"), REST: _("Columns that are not understood")}
    return _(TOPICS[topic]) if topic in TOPICS else others.get(topic, "")


@require_POST
def recall(request, uuid) -> HttpResponse:
    """What was listed is decided again, and the file planned anew; what is listed by now counts, if it is the same."""
    batch = open_to_decide(request.user, uuid)
    memory = memory_of(batch)
    decisions = offered(batch, memory) if memory is not None else []
    if memory is None or request.POST.get("memory") != f"{memory.pk} {memory.kept_at.isoformat()}" or not decisions:
        messages.warning(request, _("What was remembered has changed meanwhile: look at it again."))
    elif batch.moves(*steps.OPEN, to=State.RECEIVED, answers=with_offered(batch, decisions).as_json()):
        ask_preview(batch, request.user)
    else:
        messages.warning(request, _("Somebody else is at this file."))
    return redirect("admin:import_batch", batch.uuid)


@require_POST
def forget(request, pk: int) -> HttpResponse:
    """Whoever may bring such files may have forgotten what was decided about them."""
    memory = get_object_or_404(ImportMemory, pk=pk)
    open_list(request.user, memory.list_name)
    enter(Act.DELETED, by=request.user, record=memory, label=str(memory)[:200])
    memory.delete()
    messages.success(request, _("It is forgotten."))
    return redirect("admin:import_upload", memory.list_name)


def memories_of(list_name: str):
    """What is remembered of a list's files, the latest first."""
    return ImportMemory.objects.filter(list_name=list_name).select_related("by", "batch")[:LAST]
