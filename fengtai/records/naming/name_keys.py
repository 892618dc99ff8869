"""What two spellings of one name have in common, kept beside the name so that the database finds such names itself."""

import re

from fengtai.search.fields import FollowingField
from fengtai.values.texts import plain

SIGNS = re.compile(r"[\s()\[\]【】〔〕《》〈〉“”‘’\"'·•.,，、。]")
LEGAL_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|股份公司|coltd|ltd|inc)$")
SHORTEST = 2  # characters that must be left of a name without its legal form


def name_key(name: str) -> str:
    """A name without the width of its characters, its brackets and its legal form: 示例（北京）有限公司 is 示例北京.

    What stands in the brackets, the city and 集团 stay: they tell firms apart.
    """
    text = SIGNS.sub("", plain(name).casefold())
    short = LEGAL_FORM.sub("", text)
    return short if len(short) >= SHORTEST else text


class NameKeyField(FollowingField):
    """Follows a name of its row."""

    def __init__(self, named: str = "name", **kwargs):
        self.named, self.follows = named, (named,)
        super().__init__(**{"verbose_name": "name without width, brackets and legal form", **kwargs})

    def read_from(self, instance) -> str:
        return name_key(str(getattr(instance, self.named) or ""))
