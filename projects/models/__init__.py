"""Places, and the projects promoted or signed, with their parties, amounts and stages."""

from projects.models.places import Place, PlaceArea, PlaceEntry
from projects.models.progress import Amount, StageEntry
from projects.models.projects import Party, Project, ProjectEntry

__all__ = ["Amount", "Party", "Place", "PlaceArea", "PlaceEntry", "Project", "ProjectEntry", "StageEntry"]
