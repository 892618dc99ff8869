"""Writes that touch several models at once."""

from fengtai.records.models import Record
from projects.models import Project
from projects.models.stages import path_of


def show_current_stage(*, project: Project) -> None:
    """Keeps the project's current stage equal to the furthest published entry of its log."""
    reached = set(project.stages.filter(state=Record.State.PUBLISHED).values_list("stage", flat=True))
    current = [stage for stage in path_of(project.kind) if stage in reached]
    Project.objects.filter(pk=project.pk).update(stage=current[-1] if current else "")
