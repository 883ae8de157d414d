"""Nothing of the service is answered to strangers, by HTTP or by websocket; over the real wire."""

import re
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import update
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from mash_triage.access import actions, queries
from mash_triage.access.models import Installation, SignInSession, UserAccount
from mash_triage.access.sessions import ABSOLUTE, IDLE, fingerprint
from mash_triage.clocks.now import now
from mash_triage.small_counts import SMALLEST_SHOWN
from tests.cast import ADA, AMARA, BETH, email_of

PASSWORD = "violet kettle under moss"
COOKIE = "__Host-mash_session"


def age(service, token, **columns):
    """Move the times of a sign-in, as the passing hours would."""
    with service.database.work() as session:
        session.execute(
            update(SignInSession)
            .where(SignInSession.token_sha256 == fingerprint(token))
            .values(**columns)
        )


def websocket_status(service, token=None, origin=None) -> int:
    headers = {"Cookie": f"{COOKIE}={token}"} if token else {}
    try:
        with connect(
            f"ws://localhost:{service.port}/_stcore/stream",
            additional_headers=headers,
            origin=origin,
        ):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def form_of(client: httpx.Client, path="/signin") -> dict[str, str]:
    """The form's hidden token, with its cookie, as a browser would send both."""
    page = client.get(path)
    client.headers["Cookie"] = page.headers["set-cookie"].split(";")[0]
    return {"form_token": re.search(r'name="form_token" value="([^"]+)"', page.text)[1]}


def give_password(service, actor):
    with service.database.work() as session:
        link = actions.issue_link(session, actor.user_id, by=ADA, at=now())
        actions.set_password_by_link(session, link, PASSWORD, at=now())


# ---------------------------------------------------------------- strangers


def test_a_stranger_sees_the_open_pages_and_nothing_else(service):
    with service.client() as stranger:
        public = ("/levels-of-need", "/levels-of-need.pdf", "/_stcore/health")
        for path in ("/healthz", "/readyz", "/signin", "/assets/plain.css", *public):
            assert stranger.get(path).status_code == 200, path
        for path in ("/", "/note", "/note?draft=7", "/board", "/no-such-page", "/index.html"):
            answer = stranger.get(path)
            assert (answer.status_code, answer.text) == (303, ""), path
            assert answer.headers["location"].startswith("/signin")
        for path in ("/_stcore/stream", "/_stcore/metrics", "/media/x", "/component/x"):
            assert stranger.get(path).status_code == 401, path
        assert stranger.post("/note").status_code == 401
        assert stranger.put("/_stcore/upload_file/x/y").status_code == 401
    assert websocket_status(service) == 403
    assert websocket_status(service, "invented") == 403


def test_a_deep_link_is_kept_through_sign_in(service):
    with service.client() as stranger:
        answer = stranger.get("/note?draft=7&step=worry")
        assert answer.headers["location"] == "/signin?next=%2Fnote%3Fdraft%3D7%26step%3Dworry"
        assert (
            'value="/note?draft=7&amp;step=worry"' in stranger.get(answer.headers["location"]).text
        )


@pytest.mark.parametrize("token_is", ["idle", "old", "signed out", "ended", "closed"])
def test_a_sign_in_that_is_over_opens_nothing(service, token_is):
    token = service.sign_in(AMARA)
    with service.client(token) as client:
        assert client.get("/note").status_code == 200
        assert websocket_status(service, token) == 101
        with service.database.work() as session:
            found = queries.session_for(session, token, at=now())
            if token_is == "signed out":
                actions.sign_out(session, found.session_id, by=AMARA, at=now())
            if token_is == "ended":
                actions.end_sessions_of(session, AMARA.user_id, by=ADA, at=now())
            if token_is == "closed":
                user = session.get(UserAccount, AMARA.user_id)
                user.deactivated_by, user.deactivated_at = "Ada Brandt", now()
        if token_is == "idle":
            age(service, token, last_deed_at=now() - IDLE)
        if token_is == "old":
            age(service, token, started_at=now() - ABSOLUTE)
        assert client.get("/note").status_code == 303
    lets_last_words_in = token_is in ("idle", "old")
    assert websocket_status(service, token) == (101 if lets_last_words_in else 403)
    age(
        service, token, started_at=now() - timedelta(days=3), last_deed_at=now() - timedelta(days=2)
    )
    assert websocket_status(service, token) == 403


def test_another_site_cannot_open_a_websocket(service):
    token = service.sign_in(AMARA)
    assert websocket_status(service, token, "http://evil.example") == 403


# ---------------------------------------------------------------- headers


def test_every_answer_carries_the_security_headers(service):
    with service.client(service.sign_in(AMARA)) as client:
        answers = [client.get(path) for path in ("/signin", "/note", "/healthz", "/nowhere", "/x")]
        answers += [client.post("/signin"), service.client().get("/note")]
    for answer in answers:
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "'unsafe-inline'" not in answer.headers["content-security-policy"].split("style")[0]
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers


# ---------------------------------------------------------------- signing in and out


def test_signing_in_and_out_with_a_password(service):
    give_password(service, AMARA)
    with service.client() as client:
        fields = {**form_of(client), "email": email_of(AMARA), "next": "/note?draft=7"}
        wrong = client.post("/signin", data={**fields, "password": "wrong wrong wrong"})
        assert wrong.status_code == 401
        assert COOKIE not in wrong.headers.get("set-cookie", "")

        right = client.post("/signin", data={**fields, "password": PASSWORD})
        assert (right.status_code, right.headers["location"]) == (303, "/note?draft=7")
        cookie = right.headers["set-cookie"]
        for rule in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
            assert rule in cookie
        assert "Max-Age" not in cookie
        token = cookie.split("=", 1)[1].split(";")[0]

    from mash_triage.web.gate import form_token

    with service.client(token) as client:
        assert client.get("/note").status_code == 200
        assert client.get("/signin?next=/note").headers["location"] == "/note"
        assert client.post("/signout", data={"form_token": "x"}).status_code == 403
        assert client.get("/note").status_code == 200
        left = client.post("/signout", data={"form_token": form_token(token)})
        assert left.headers["location"] == "/signin?left=1"
        assert "Max-Age=0" in left.headers["set-cookie"]
        assert client.get("/note").status_code == 303
    assert "You are signed out" in service.client().get("/signin?left=1").text


def test_signing_in_anew_ends_what_this_browser_had(service):
    give_password(service, AMARA)
    old = service.sign_in(AMARA)
    with service.client() as client:
        fields = {**form_of(client), "email": email_of(AMARA), "password": PASSWORD}
        client.headers["Cookie"] += f"; {COOKIE}={old}"
        assert client.post("/signin", data=fields).status_code == 303
    assert service.client(old).get("/note").status_code == 303


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\nb", "/signin", ""],
)
def test_after_signing_in_one_stays_in_this_service(service, wanted):
    give_password(service, AMARA)
    with service.client() as client:
        fields = {"email": email_of(AMARA), "password": PASSWORD, "next": wanted}
        answer = client.post("/signin", data={**form_of(client), **fields})
    assert answer.headers["location"] == "/"


def test_a_form_that_is_not_ours_is_refused(service):
    fields = {"email": email_of(AMARA), "password": "x" * 12}
    with service.client() as client:
        token = form_of(client)
        assert client.post("/signin", data=fields).status_code == 403
        assert client.post("/signin", data={**fields, "form_token": "x"}).status_code == 403
        evil = {"Origin": "http://evil.example"}
        ours = {"Origin": service.address}
        assert client.post("/signin", data={**fields, **token}, headers=evil).status_code == 403
        assert client.post("/signin", data={**fields, **token}, headers=ours).status_code == 401
        long = {**fields, **token, "email": "x" * 20_000}
        assert client.post("/signin", data=long).status_code == 403
        del client.headers["Cookie"]
        assert client.post("/signin", data={**fields, **token}).status_code == 403


def test_what_was_typed_at_sign_in_comes_back_as_text(service):
    with service.client() as client:
        fields = {**form_of(client), "password": "x", "email": '"><script>alert(1)</script>'}
        answer = client.post("/signin", data=fields).text
    assert "<script>" not in answer
    assert "&lt;script&gt;" in answer
    assert 'value="x"' not in answer


def test_demo_people_have_a_button_only_in_a_demonstration(service):
    with service.client() as client:
        fields = {**form_of(client), "person": str(BETH.user_id)}
        assert "Beth Lindqvist" not in client.get("/signin").text
        assert client.post("/signin/demo", data=fields).status_code == 403
        with service.database.work() as session:
            session.add(Installation(name="environment", value="demo"))
        assert "Beth Lindqvist" in client.get("/signin").text
        assert client.post("/signin/demo", data=fields).status_code == 303
        assert client.post("/signin/demo", data={**fields, "person": "x"}).status_code == 404


def test_a_person_sets_her_password_with_the_link(service):
    with service.database.work() as session:
        link = actions.issue_link(session, AMARA.user_id, by=ADA, at=now())
    path = f"/set-password/{link}"
    with service.client() as client:
        token = form_of(client, path)
        assert email_of(AMARA) in client.get(path).text
        different = {**token, "password": PASSWORD, "again": PASSWORD + "x"}
        assert "not the same" in client.post(path, data=different).text
        weak = client.post(
            path, data={**token, "password": "password1234", "again": "password1234"}
        )
        assert weak.status_code == 422
        assert "easy to guess" in weak.text
        answer = client.post(path, data={**token, "password": PASSWORD, "again": PASSWORD})
        assert answer.headers["location"] == "/signin?set=1"
        used = client.get(path)
        assert used.status_code == 404
        assert "Ask your administrator" in used.text
        assert client.get("/set-password/invented").status_code == 404


# ---------------------------------------------------------------- health


def test_metrics_are_for_the_machine_itself_or_the_token(service):
    with service.client() as client:
        local = client.get("/metrics")
        assert local.status_code == 200
        assert "mash_faults_total" in local.text
        passed_on = {"X-Forwarded-For": "203.0.113.9"}
        assert client.get("/metrics", headers=passed_on).status_code == 404
        wrong = {**passed_on, "Authorization": "Bearer wrong"}
        assert client.get("/metrics", headers=wrong).status_code == 404
        right = {**passed_on, "Authorization": "Bearer t0ken"}
        assert client.get("/metrics", headers=right).status_code == 200


def test_fewer_than_six_people_are_not_counted_aloud(service):
    for actor in (AMARA, BETH, ADA):
        service.sign_in(actor)
    shown = service.client().get("/metrics").text
    assert SMALLEST_SHOWN == 6
    assert not re.search(r"^mash_people_signed_in \d", shown, re.MULTILINE)


def test_a_database_that_cannot_answer_is_said_plainly(service):
    token = service.sign_in(AMARA)
    with service.database.work() as session:
        session.connection().exec_driver_sql("ALTER TABLE sign_in_session RENAME TO elsewhere")
    answer = service.client(token).get("/note")
    assert answer.status_code == 503
    assert "01632 960 100" in answer.text
    assert "sign_in_session" not in answer.text


def test_the_log_holds_neither_addresses_asked_for_nor_people(service):
    give_password(service, AMARA)
    with service.client() as client:
        client.get("/note?child=7f3a")
        fields = {**form_of(client), "email": email_of(AMARA), "password": PASSWORD}
        client.post("/signin", data=fields)
    log = service.log.read_text()
    for secret in ("7f3a", email_of(AMARA), PASSWORD, "/note"):
        assert secret not in log
