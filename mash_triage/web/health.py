"""Is it alive, is it ready, and figures for monitoring, with nothing personal in them."""

import hmac
from collections.abc import Iterator
from datetime import timedelta

from anyio import to_thread
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from mash_triage.access.models import SignInSession
from mash_triage.access.sessions import IDLE
from mash_triage.clocks.now import now
from mash_triage.db.schema import is_current
from mash_triage.outbox.queries import longest_unsent
from mash_triage.settings import settings
from mash_triage.small_counts import is_small
from mash_triage.web.place import database

LOOPBACK = frozenset({"127.0.0.1", "::1"})

REGISTRY = CollectorRegistry()
FAULTS = Counter("mash_faults", "Pages that ended in a fault", registry=REGISTRY)
SIGN_INS = Counter("mash_sign_ins", "Sign-ins by how they ended", ["ended"], registry=REGISTRY)


class SignedIn(Collector):
    """How many people are signed in; nothing at all when they are fewer than six."""

    def describe(self) -> list[GaugeMetricFamily]:
        """What it is called, known without asking the database."""
        return [GaugeMetricFamily("mash_people_signed_in", "People signed in, if 6 or more")]

    def collect(self) -> list[GaugeMetricFamily]:
        """The count of this moment."""
        (gauge,) = self.describe()
        with database().look() as session:
            people = session.scalar(
                select(func.count(func.distinct(SignInSession.user_id))).where(
                    SignInSession.ended_at.is_(None), SignInSession.last_deed_at > now() - IDLE
                )
            )
        if people and not is_small(people):
            gauge.add_metric([], people)
        return [gauge]


REGISTRY.register(SignedIn())


class Unsent(Collector):
    """For how long the oldest message out has not arrived, in whole minutes: the alarm."""

    def describe(self) -> list[GaugeMetricFamily]:
        """What it is called, known without asking the database."""
        words = "Age of the oldest message out that is not delivered, 0 if there is none"
        return [GaugeMetricFamily("mash_oldest_unsent_message_seconds", words)]

    def collect(self) -> list[GaugeMetricFamily]:
        """The age of this moment."""
        (gauge,) = self.describe()
        with database().look() as session:
            age = longest_unsent(session, at=now())
        gauge.add_metric([], age // timedelta(minutes=1) * 60)
        return [gauge]


REGISTRY.register(Unsent())


class Shown(Collector):
    """All figures without counts of one to five, and without the moment at which each began."""

    def collect(self) -> Iterator[Metric]:
        """The figures of this moment that may be told."""
        for metric in REGISTRY.collect():
            metric.samples = [
                each
                for each in metric.samples
                if not is_small(each.value) and not each.name.endswith("_created")
            ]
            yield metric


SHOWN = Shown()


async def healthz(_request: Request) -> Response:
    """The process lives."""
    return PlainTextResponse("alive\n")


async def readyz(_request: Request) -> Response:
    """The database answers and has every migration. Says only yes or no."""
    try:
        ready = await to_thread.run_sync(is_current, database())
    except Exception:
        ready = False  # whatever it was: not ready, and nothing about it to strangers
    return PlainTextResponse("ready\n" if ready else "not ready\n", 200 if ready else 503)


async def metrics(request: Request) -> Response:
    """Figures in Prometheus' text form, from the machine itself or with the token."""
    if not may_read_metrics(request):
        return PlainTextResponse("not found\n", 404)
    text = await to_thread.run_sync(generate_latest, SHOWN)
    return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})


def may_read_metrics(request: Request) -> bool:
    """Shown with the token; or asked for on the machine itself, not passed on by a proxy."""
    token = settings().metrics_token
    shown = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token is not None and hmac.compare_digest(shown.encode(), token.get_secret_value().encode()):
        return True
    passed_on = {"x-forwarded-for", "forwarded", "x-real-ip"} & set(request.headers)
    return not passed_on and request.client is not None and request.client.host in LOOPBACK


ROUTES: list[BaseRoute] = [
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/metrics", metrics),
]
