"""API tokens: keys for programs."""

from typing import Any

from apiflask import APIBlueprint

from signage_server.accounts.models import ApiToken
from signage_server.web.auth import who
from signage_server.web.idempotency import never_kept
from signage_server.web.paging import Listed, PageIn, page
from signage_server.web.rooms import rooms
from signage_server.web.schemas.people import TokenIn, TokenMade, TokenOut

blueprint = APIBlueprint("tokens", __name__, tag="Tokens")


class TokenList(Listed[TokenOut]):
    """A page of API tokens."""


@blueprint.get("/tokens")
@blueprint.input(PageIn, location="query")
@blueprint.output(TokenList)
def list_tokens(query_data: PageIn) -> TokenList:
    """The API tokens, newest first; never their secrets."""
    with rooms().db.read() as session:
        found = page(
            session,
            rooms().tokens.query(),
            ApiToken.created_at,
            ApiToken.id,
            where=query_data,
            newest_first=True,
        )
    return TokenList(items=[_out(token) for token in found.items], next=found.next)


@blueprint.post("/tokens")
@never_kept
@blueprint.input(TokenIn)
@blueprint.output(TokenMade, status_code=201)
def make_token(json_data: TokenIn) -> Any:
    """A new API token; `token` is shown this once, so `Idempotency-Key` does not bring it back."""
    made = rooms().tokens.make(who().id, who().unit_id, json_data.name)
    return TokenMade(id=made.id, name=made.name, created_at=made.created_at, used_at=None, token=made.secret)


@blueprint.delete("/tokens/<token_id>")
@blueprint.output({}, status_code=204)
def revoke_token(token_id: str) -> str:
    """End an API token at once."""
    rooms().tokens.revoke(who().id, token_id)
    return ""


def _out(token: ApiToken) -> TokenOut:
    return TokenOut(id=token.id, name=token.name, created_at=token.created_at, used_at=token.used_at)
