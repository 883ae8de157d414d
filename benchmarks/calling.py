"""Agencies' systems at the running service: does one that calls far too often slow the others, and
does the time of an answer tell somebody else's reference from none?
"""

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection
from multiprocessing import get_context
from statistics import median, quantiles
from typing import Any
from uuid import uuid4

import httpx
from starlette.testclient import TestClient

from benchmarks.browserless import served
from benchmarks.ground import JOB, KEY, Ground, a_submission, ground, say
from mash_triage.access.actions import add_agency
from mash_triage.agency_systems.actions import add_api_key
from mash_triage.api.app import build
from mash_triage.api.limits import Limits
from mash_triage.contacts.reference import new_reference

SECONDS, PORT, TIMINGS = 20, 8598, 1_000
GREEDY_A_SECOND, GREEDY_AT_ONCE = 100, 16
OTHERS, OTHERS_A_SECOND = 4, 2  # agencies, and calls of each: as many as an agency may make
WARMING = 4  # seconds that are not counted: the first calls load what the service needs
DANGER = {"in_danger_now": "yes"}


def measure(kind: str, seconds: int = SECONDS) -> dict[str, Any]:
    """The others alone, then beside one that sends 100 contacts a second, calm and then all in
    danger, which are stored one and all.
    """
    say(f"calling the API on {kind}")
    with ground(kind) as here:
        found = {"median theirs / median none": _theirs_against_none(here)}
        with served(here.url, KEY, PORT):
            _others(here, WARMING)
            alone = _p95(_others(here, seconds))
            found["others alone: p95 ms"] = round(alone * 1000, 1)
            for name, danger in (("calm", None), ("danger", DANGER)):
                beside, answers = _beside(here, seconds, danger)
                found[f"others beside 100/s {name}: p95 / alone"] = round(_p95(beside) / alone, 2)
                found[f"the 100/s {name}"] = dict(sorted(answers.items(), key=str))
    return found


def _beside(
    here: Ground, seconds: int, danger: dict[str, str] | None
) -> tuple[list[float], Counter[int | str]]:
    """The others' times, and what the one that sends too much was answered. It is a process of its
    own, so that it takes no time from whoever measures.
    """
    body = _body(0)
    body["danger"] = danger or body["danger"]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as greedies:
        greedies.submit(_is_here).result()
        job = greedies.submit(greedy, _key(here), json.dumps(body), seconds)
        taken = _others(here, seconds)
        return taken, job.result()


def _is_here() -> None:
    """Nothing: whoever has done it has been started."""


def greedy(key: str, body: str, seconds: int) -> Counter[int | str]:
    """Send this contact, each time as a new one, 100 times a second, for so long. What could not be
    sent by then, because every line waited for an answer, is not sent any more.
    """
    answers: Counter[int | str] = Counter()
    lines: list[HTTPConnection] = []

    def call(_number: int) -> None:
        line = lines.pop() if lines else HTTPConnection("127.0.0.1", PORT, timeout=60)
        headers = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}
        try:
            line.request("POST", "/api/v1/contacts", body, {**_with(key), **headers})
            answer = line.getresponse()
            answer.read()
        except ConnectionError:  # a line that stood idle was closed just now
            line.close()
            answers["hung up on"] += 1
            return
        answers[answer.status] += 1
        lines.append(line)

    with ThreadPoolExecutor(GREEDY_AT_ONCE) as callers:
        jobs = _at_pace(callers, call, GREEDY_A_SECOND, seconds)
        answers["not sent by the end"] = sum(job.cancel() for job in jobs)
    return answers


def _others(here: Ground, seconds: int) -> list[float]:
    """The time of each call of agencies that keep to their limit: every third one sends."""
    taken: list[float] = []
    keys = [_key(here) for _ in range(OTHERS)]

    def call(number: int) -> None:
        key = keys[number % OTHERS]
        started = time.monotonic()
        if number % 3:
            _client.get(_address(f"/{new_reference()}"), headers=_with(key))
        else:
            status, _ = _send(key, _body(number))
            assert status == 201, status
        taken.append(time.monotonic() - started)

    with ThreadPoolExecutor(2 * OTHERS) as callers:
        for job in _at_pace(callers, call, OTHERS * OTHERS_A_SECOND, seconds):
            job.result()
    return taken


def _at_pace(
    callers: ThreadPoolExecutor, call: Callable[[int], None], a_second: int, seconds: int
) -> list[Future[None]]:
    """So many calls a second, each at its time and whether or not those before were answered."""
    start = time.monotonic()
    jobs = []
    for number in range(a_second * seconds):
        time.sleep(max(0.0, start + number / a_second - time.monotonic()))
        jobs.append(callers.submit(call, number))
    return jobs


_client = httpx.Client(timeout=60, limits=httpx.Limits(max_connections=64))


def _send(key: str, body: dict[str, Any]) -> tuple[int, str]:
    headers = {**_with(key), "Idempotency-Key": str(uuid4())}
    answer = _client.post(_address(""), json=body, headers=headers)
    return answer.status_code, answer.text


def _address(path: str) -> str:
    return f"http://127.0.0.1:{PORT}/api/v1/contacts{path}"


def _with(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def _body(number: int) -> dict[str, Any]:
    return a_submission(children=1, number=number).model_dump(mode="json", exclude_unset=True)


def _key(here: Ground) -> str:
    """A key of an agency that has not called yet."""
    at = datetime.now(UTC)
    with here.database.work() as session:
        name = f"Agency {uuid4().hex[:8]}"
        agency = add_agency(session, name, kind="school", source_code="2A", by=JOB, at=at)
        return add_api_key(session, agency.id, "Records", by=JOB, at=at)


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=100)[94]


def _theirs_against_none(here: Ground, timings: int = TIMINGS) -> float:
    """Medians of as many answers about another agency's contacts as about none, in any order."""
    sender, guesser = _key(here), _key(here)
    app = build(lambda: here.database, str, lambda *_: None, own_limits=Limits(10**6, 10**6))
    with TestClient(app) as api:
        theirs = [_reference_of(api, sender, number) for number in range(50)]
        asked = [(True, random.choice(theirs)) for _ in range(timings)]
        asked += [(False, new_reference()) for _ in range(timings)]
        random.shuffle(asked)
        taken: dict[bool, list[float]] = {True: [], False: []}
        for is_theirs, reference in asked:
            started = time.perf_counter()
            answer = api.get(f"/v1/contacts/{reference}", headers=_with(guesser))
            taken[is_theirs].append(time.perf_counter() - started)
            assert answer.status_code == 404
    return round(median(taken[True]) / median(taken[False]), 3)


def _reference_of(api: TestClient, key: str, number: int) -> str:
    headers = {**_with(key), "Idempotency-Key": str(uuid4())}
    answer = api.post("/v1/contacts", json=_body(number), headers=headers)
    return str(answer.json()["reference"])
