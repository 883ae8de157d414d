"""What a process has at hand from which services are forked: the service, imported, and which
components are installed. Imported there alone.
"""

from streamlit.components.v2 import manifest_scanner

import mash_triage.web.server  # noqa: F401
from tests import once

once.look_for_components_once()
manifest_scanner.scan_component_manifests()
once.leave_what_stays()
