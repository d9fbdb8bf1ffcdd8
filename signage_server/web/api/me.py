"""Signing in and out, and what a signed-in person decides for themselves."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, jsonify, make_response, request

from signage_server.accounts.people import Known
from signage_server.accounts.sessions import LONGEST, csrf_token
from signage_server.errors import Forbidden
from signage_server.web.auth import check_same_site, cookie_name, public, session_secret, who
from signage_server.web.idempotency import never_kept
from signage_server.web.rooms import rooms
from signage_server.web.schemas.people import MeOut, MePatch, PasswordIn, SignInIn

blueprint = APIBlueprint("me", __name__, tag="Me")

PER_ADDRESS = "20 per minute"
PER_NAME = "5 per minute"
"""Attempts to sign in, counted before any password is hashed."""


class PeopleOnly(Forbidden):
    """A program asked for what only a signed-in person has."""

    code = "people_only"
    vi = "Chỉ người đã đăng nhập mới dùng được chức năng này; khoá API thì không."
    en = "Only a person who has signed in can do this; an API token cannot."


@blueprint.post("/sign-in")
@public
@blueprint.input(SignInIn)
@blueprint.output(MeOut)
@blueprint.doc(responses={401: "The name or the password is wrong.", 429: "Too many attempts."})
def sign_in(json_data: SignInIn) -> Any:
    """Sign in; the answer sets the session's cookie."""
    check_same_site()
    _count_attempt(json_data.name)
    return signed_in(rooms().people.check(json_data.name, json_data.password))


@blueprint.get("/me")
@blueprint.output(MeOut)
def get_me() -> MeOut:
    """Who is signed in, and the token that changes must carry."""
    return _me(rooms().people.get(_person_id()), _secret())


@blueprint.patch("/me")
@blueprint.input(MePatch)
@blueprint.output(MeOut)
def change_me(json_data: MePatch) -> MeOut:
    """Choose the language to be answered in."""
    return _me(rooms().people.set_language(_person_id(), json_data.language), _secret())


@blueprint.post("/me/password")
@never_kept
@blueprint.input(PasswordIn)
@blueprint.output(MeOut)
@blueprint.doc(
    responses={422: "The old password is wrong, or the new one is weak.", 429: "Too many attempts."}
)
def change_password(json_data: PasswordIn) -> MeOut:
    """Choose another password; every other browser is signed out, this one goes on."""
    person_id, secret = _person_id(), _secret()
    _count_attempt(rooms().people.get(person_id).name)
    return _me(rooms().people.change_password(person_id, json_data.old, json_data.new, here=secret), secret)


@blueprint.post("/sign-out")
@blueprint.output({}, status_code=204)
def sign_out() -> Response:
    """Sign this browser out."""
    rooms().sessions.close(_secret())
    return _signed_out()


@blueprint.post("/sign-out-everywhere")
@blueprint.output({}, status_code=204)
def sign_out_everywhere() -> Response:
    """Sign out of every browser, this one too."""
    rooms().sessions.close_all(_person_id())
    return _signed_out()


def signed_in(person: Known) -> Response:
    """The answer to a successful sign-in: a fresh session, whatever the browser had before."""
    old = session_secret()
    if old is not None:
        rooms().sessions.close(old)
    opened = rooms().sessions.open(person, request.user_agent.string, request.remote_addr)
    answer = make_response(jsonify(_me(person, opened.secret).model_dump(mode="json")))
    answer.set_cookie(
        cookie_name(),
        opened.secret,
        max_age=LONGEST,
        path="/",
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _signed_out() -> Response:
    answer = Response(status=204)
    answer.delete_cookie(cookie_name(), path="/", secure=request.is_secure, httponly=True, samesite="Lax")
    return answer


def _count_attempt(name: str) -> None:
    rooms().limits.hit(PER_ADDRESS, "sign-in from", request.remote_addr or "")
    rooms().limits.hit(PER_NAME, "sign-in as", name.strip().casefold())


def _person_id() -> str:
    caller = who()
    if caller.kind != "person":
        raise PeopleOnly()
    return caller.id


def _secret() -> str:
    secret = session_secret()
    if who().kind != "person" or secret is None:
        raise PeopleOnly()
    return secret


def _me(person: Known, secret: str) -> MeOut:
    return MeOut(
        id=person.id,
        name=person.name,
        language=person.language,
        unit_id=person.unit_id,
        csrf_token=csrf_token(secret),
    )
