"""The whole service in one process: pages, sign-in, health, behind the gate and its headers.

One process a replica, and each browser always to the same replica: Streamlit keeps a page's state
in memory. Whatever matters is in the database.
"""

import os
import sys
from pathlib import Path

import streamlit as st
import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from streamlit import config

from mash_triage.api import app as api
from mash_triage.chat.warming import warm_beside
from mash_triage.errors import Refused
from mash_triage.matching.reindex import reindex_beside
from mash_triage.settings import ROOT, settings
from mash_triage.web import (
    handover_sheet,
    health,
    line,
    logs,
    messages_out,
    notices,
    printed_copy,
    public_levels,
    sign_in,
)
from mash_triage.web.attachments import serving
from mash_triage.web.gate import SignInGate
from mash_triage.web.headers import SecurityHeaders
from mash_triage.web.place import database
from mash_triage.web.strategy import printing

ENTRY = Path(__file__).parent / "app.py"
ASSETS = Path(__file__).parent / "assets"
TURN_SECONDS = 0.001
"""How long one thread computes before another has a turn. With Python's own five milliseconds, a
deed of thirty short questions to the database waits for a busy neighbour thirty times.
"""


def on_script_error(fault: Exception) -> bool:
    """A page went wrong: the person gets a reference, the log gets the kind and the place."""
    health.FAULTS.inc()
    notices.went_wrong(logs.log_fault(fault))
    return True


app = st.App(
    ENTRY,
    routes=[
        *sign_in.ROUTES,
        *health.ROUTES,
        *public_levels.ROUTES,
        Mount("/api", api.build(database, logs.log_fault, logs.log_call), name="api"),
        *serving.ROUTES,
        *printed_copy.ROUTES,
        *printing.ROUTES,
        *handover_sheet.ROUTES,
        Mount("/assets", StaticFiles(directory=ASSETS), name="assets"),
    ],
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(SignInGate),
        Middleware(line.NoDialogs),
    ],
    on_script_error=on_script_error,
    exception_handlers={Refused: sign_in.refused, SQLAlchemyError: sign_in.fault},
)


def serve(host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serve until interrupted. Addresses asked for are not logged: they can hold references."""
    sys.setswitchinterval(TURN_SECONDS)
    os.chdir(ROOT)  # Streamlit reads `.streamlit/config.toml` from the working folder
    config.get_config_options(force_reparse=True)
    logs.set_up()
    reindex_beside(database, logs.log_fault)
    messages_out.run_beside(logs.log_fault)
    if settings().guided_chat:
        warm_beside(logs.log_fault)
    uvicorn.run(
        app, host=host, port=port, access_log=False, server_header=False, log_level="warning"
    )
