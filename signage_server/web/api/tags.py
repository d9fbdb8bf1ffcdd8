"""Tags: free labels of screens, to which schedules can go."""

from apiflask import APIBlueprint

from signage_server.screens.tagging import count_tags
from signage_server.web.paging import Listed
from signage_server.web.rooms import rooms
from signage_server.web.schemas.screens import TagOut

blueprint = APIBlueprint("tags", __name__, tag="Screens")


class TagList(Listed[TagOut]):
    """The tags in use; there is one page."""


@blueprint.get("/tags")
@blueprint.output(TagList)
def list_tags() -> TagList:
    """The tags that screens have, in alphabetical order, each with the number of its screens."""
    with rooms().db.read() as session:
        return TagList(
            items=[TagOut(tag=one.tag, screens=one.screens) for one in count_tags(session)], next=None
        )
