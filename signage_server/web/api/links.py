"""One-time links: the first administrator's set-up, and a new password."""

from apiflask import APIBlueprint
from flask import Response, request

from signage_server.home import forget_setup_link
from signage_server.web.api.me import signed_in
from signage_server.web.auth import check_same_site, public
from signage_server.web.rooms import rooms
from signage_server.web.schemas.people import LinkOut, LinkUse, MeOut

blueprint = APIBlueprint("links", __name__, tag="Links")

PER_ADDRESS = "20 per minute"


@blueprint.get("/links/<secret>")
@public
@blueprint.output(LinkOut)
@blueprint.doc(responses={404: "The link is used or too old.", 429: "Too many attempts."})
def look_at_link(secret: str) -> LinkOut:
    """What a one-time link is for; looking does not use it up."""
    _count_attempt()
    facts = rooms().links.look_at(secret)
    return LinkOut(purpose=facts.purpose, name=facts.name)


@blueprint.post("/links/use")
@public
@blueprint.input(LinkUse)
@blueprint.output(MeOut)
@blueprint.doc(responses={404: "The link is used or too old.", 429: "Too many attempts."})
def use_link(json_data: LinkUse) -> Response:
    """Choose a password and sign in with it; the link is used up."""
    check_same_site()
    _count_attempt()
    purpose = rooms().links.look_at(json_data.secret).purpose
    person = rooms().links.use(json_data.secret, json_data.name, json_data.password)
    if purpose == "setup":
        forget_setup_link(rooms().settings)
    return signed_in(person)


def _count_attempt() -> None:
    rooms().limits.hit(PER_ADDRESS, "one-time link from", request.remote_addr or "")
