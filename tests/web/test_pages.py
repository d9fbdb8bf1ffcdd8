import gzip
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from signage_server.web import pages


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A console and a player as their builds leave them."""
    static = tmp_path / "static"
    for name, text in {
        "console/index.html": '<meta name="csp-nonce" content="@NONCE@"><script src="/console/assets/a.js"></script>',
        "console/assets/index-Ab12_cd3.js": "1",
        "console/mark.svg": "<svg/>",
        "player/index.html": "<script>boot()</script><script src=player.js></script>",
        "player/preview.html": "<script src=preview.js></script>",
        "player/player.js": "1",
        "player/sw.js": "1",
    }.items():
        (static / name).parent.mkdir(parents=True, exist_ok=True)
        (static / name).write_text(text)
    monkeypatch.setattr(pages, "STATIC", static)
    return static


def policy(client: FlaskClient, address: str) -> dict[str, str]:
    text = client.get(address).headers["Content-Security-Policy"]
    return {name: sources for name, _, sources in (part.partition(" ") for part in text.split("; "))}


@pytest.mark.usefixtures("built")
def test_no_page_may_run_scripts_that_others_wrote(stranger: FlaskClient) -> None:
    for address in ("/", "/setup", "/player/", "/player/preview"):
        told = policy(stranger, address)
        assert told["default-src"] == "'none'"
        assert told["object-src"] == told["base-uri"] == told["form-action"] == "'none'"
        for directive in ("script-src", "style-src"):
            assert "unsafe" not in told[directive]
            assert "*" not in told[directive]


@pytest.mark.usefixtures("built")
def test_the_consoles_nonce_is_new_each_time_and_stands_in_the_page(stranger: FlaskClient) -> None:
    first, second = policy(stranger, "/")["style-src"], policy(stranger, "/")["style-src"]
    assert first != second
    answer = stranger.get("/")
    nonce = answer.headers["Content-Security-Policy"].partition("'nonce-")[2].partition("'")[0]
    assert len(nonce) >= 22
    assert f'content="{nonce}"' in answer.text


@pytest.mark.usefixtures("built")
def test_the_boot_script_is_known_by_its_hash(stranger: FlaskClient) -> None:
    # printf 'boot()' | openssl dgst -sha256 -binary | base64
    wanted = "'sha256-MeZS89WlF0u+o0hCvHTBt4q1WHU+U+sJKgbdRUc36mY='"
    assert policy(stranger, "/player/")["script-src"] == f"'self' {wanted}"


@pytest.mark.usefixtures("built")
def test_old_boards_may_open_their_socket(stranger: FlaskClient) -> None:
    assert policy(stranger, "/player/")["connect-src"] == "'self' ws://localhost"
    secure = stranger.get("/player/", base_url="https://bang.example.vn").headers["Content-Security-Policy"]
    assert "wss://bang.example.vn" in secure


@pytest.mark.usefixtures("built")
def test_pages_stay_out_of_other_sites_frames(stranger: FlaskClient) -> None:
    assert policy(stranger, "/")["frame-ancestors"] == "'none'"
    assert policy(stranger, "/player/")["frame-ancestors"] == "'none'"
    assert policy(stranger, "/player/preview")["frame-ancestors"] == "'self'"


@pytest.mark.usefixtures("built")
def test_the_sandboxed_stage_may_load_what_it_shows(stranger: FlaskClient) -> None:
    answer = stranger.get("/player/player.js", buffered=True)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("address", ["/", "/api/v1/server", "/api/v1/me", "/healthz", "/player/"])
def test_every_answer_is_hardened(app: APIFlask, stranger: FlaskClient, address: str) -> None:
    headers = stranger.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Content-Security-Policy" in headers
    assert "Server" not in headers


@pytest.mark.parametrize("address", ["/api/v1/server", "/api/v1/me"])
def test_the_api_is_never_cached_and_never_shared(stranger: FlaskClient, address: str) -> None:
    headers = stranger.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("address", "caching"),
    [
        ("/", "no-store"),
        ("/playlists/pls_abc", "no-store"),
        ("/console/assets/index-Ab12_cd3.js", "public, max-age=31536000, immutable"),
        ("/console/mark.svg", "no-cache"),
        ("/player/", "no-store"),
        ("/player/preview", "no-store"),
        ("/player/player.js", "no-cache"),
        ("/player/sw.js", "no-cache"),
    ],
)
def test_what_may_be_kept(stranger: FlaskClient, address: str, caching: str) -> None:
    answer = stranger.get(address, buffered=True)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, caching)


@pytest.mark.usefixtures("built")
def test_files_are_squeezed_for_whoever_takes_it(stranger: FlaskClient, built: Path) -> None:
    (built / "player" / "player.js").write_text("play();" * 1000)
    plain = stranger.get("/player/player.js")
    squeezed = stranger.get("/player/player.js", headers={"Accept-Encoding": "gzip, br"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == squeezed.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] != squeezed.headers["ETag"]


@pytest.mark.usefixtures("built")
def test_a_file_that_a_browser_has_is_not_sent_again(stranger: FlaskClient, built: Path) -> None:
    first = stranger.get("/player/sw.js").headers["ETag"]
    again = stranger.get("/player/sw.js", headers={"If-None-Match": first})
    assert (again.status_code, again.data) == (304, b"")
    (built / "player" / "sw.js").write_text("22")
    assert stranger.get("/player/sw.js", headers={"If-None-Match": first}).data == b"22"


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/nothing",
        "/player/nothing.js",
        "/player/index.html",
        "/player/%2e%2e/console/index.html",
        "/console/../../auth.py",
        "/console/",
        "/nothing.png",
        "/media/xyz",
    ],
)
def test_what_is_not_there_is_not_the_console(stranger: FlaskClient, address: str) -> None:
    assert stranger.get(address).status_code == 404


@pytest.mark.usefixtures("built")
def test_the_players_address_gets_its_slash_behind_any_proxy(stranger: FlaskClient) -> None:
    answer = stranger.get("/player?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (308, "player/?x=1")


def test_pages_that_were_not_built_say_what_to_do(
    stranger: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "STATIC", tmp_path / "nowhere")
    answer = stranger.get("/player/")
    assert answer.status_code == 503
    assert "make run" in answer.text


@pytest.mark.usefixtures("built")
def test_the_service_worker_may_fetch_what_it_keeps(stranger: FlaskClient) -> None:
    """Its script's own policy counts, not the page's: with nothing allowed it could store nothing."""
    assert policy(stranger, "/player/sw.js")["connect-src"] == "'self'"
