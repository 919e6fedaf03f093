"""A DICOM receiver (C-STORE and C-ECHO SCP, PS3.4 annex B and PS3.7 9.1): off until it is started, on loopback first.

Who may send, how large an object may be and how full the disk may get is said beforehand. An object is written whole
under its own UIDs, and nothing that is there is replaced. Needs pynetdicom, which is imported late.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from socketserver import BaseServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final

from covidviewer.errors import CovidViewerError, OutputUnwritable, UnsupportedImage
from covidviewer.files import atomic_write, make_folder, os_error_reason, unwritable
from covidviewer.imaging.limits import HEADER_SECONDS, MAX_HEADER_BYTES
from covidviewer.imaging.outside import here_or_outside
from covidviewer.services.dicom.receiver_limits import LimitedConnection
from covidviewer.services.dicom.receiver_plan import Network, ReceiverPlan, allowed_networks, is_allowed
from covidviewer.services.dicom.uids import is_uid
from covidviewer.texts import N_

if TYPE_CHECKING:
    from pynetdicom.ae import ApplicationEntity
    from pynetdicom.transport import ThreadedAssociationServer

log = logging.getLogger(__name__)

ASKED_PDU: Final = 65_536
"""Bytes of one protocol data unit that we ask for; more than `LARGEST_PDU` ends the connection."""
MOST_CONNECTIONS: Final = 16
"""At once, associated or not; whoever comes then is turned away, until one of them goes."""
REQUEST_S: Final = 10.0
"""From the connection to the association request (the ARTIM timer, PS3.8 9.1.5)."""
TIMEOUT_S: Final = 60.0
"""Without a message in an association."""
ENDING_S: Final = 2.0

SUCCESS, NO_ROOM, MISMATCH, NOT_UNDERSTOOD, THERE_ALREADY = 0x0000, 0xA700, 0xA900, 0xC000, 0x0111
"""C-STORE status (PS3.4 B.2.3); the last is "duplicate SOP instance" (PS3.7 annex C)."""
STORED_CLASSES: Final = (
    "1.2.840.10008.5.1.4.1.1.2",  # CT Image
    "1.2.840.10008.5.1.4.1.1.2.1",  # Enhanced CT Image
    "1.2.840.10008.5.1.4.1.1.2.2",  # Legacy Converted Enhanced CT Image
    "1.2.840.10008.5.1.4.1.1.7",  # Secondary Capture Image
    "1.2.840.10008.5.1.4.1.1.7.2",  # Multi-frame Grayscale Byte Secondary Capture Image
    "1.2.840.10008.5.1.4.1.1.7.3",  # Multi-frame Grayscale Word Secondary Capture Image
)
"""Storage classes that are taken; others are refused when the association is made."""
NEEDS_PYNETDICOM: Final = N_("Receiving needs pynetdicom; “pip install covidviewer[dicom-in]” installs it.")


@dataclass(frozen=True)
class Received:
    """An object that came: `path` where it lies, or None with the `reason` why it was refused."""

    status: int
    path: Path | None = None
    reason: str = ""


class Receiver:
    """Listens from construction on, on threads of its own, until `close`.

    Parameters
    ----------
    plan
        See `ReceiverPlan`.
    tell
        Called with each `Received`, on a thread of an association.

    Raises `CovidViewerError`, one sentence, when it cannot listen or write there.
    """

    def __init__(self, plan: ReceiverPlan, tell: Callable[[Received], None]) -> None:
        self._plan = plan
        self._tell = tell
        self._writing = Lock()
        networks = allowed_networks(plan)
        make_folder(plan.folder)
        self._entity = entity_of(plan)
        self._server = self._listening(networks)
        self._thread = Thread(target=self._server.serve_forever, name="receiver", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """End: no new association, those in work are aborted. An object that was not whole leaves nothing."""
        self._server.shutdown()
        self._server.server_close()
        for association in self._entity.active_associations:
            if association.is_established:
                association.abort()
            elif association.dul.socket is not None:  # there is no abort before an association (PS3.8 9.2)
                association.dul.socket.close()
        self._thread.join(ENDING_S)

    def keep(self, content: bytes, sop_class: str, instance: str) -> Received:
        """Check one object in the form of a file (PS3.10) against what was announced, and write it. Any thread."""
        try:
            path = self._plan.folder / series_of(content, sop_class, instance) / f"{instance}.dcm"
        except CovidViewerError as error:
            return Received(MISMATCH, reason=str(error))
        try:
            with self._writing:
                return self._write(path, content)
        except OutputUnwritable as error:
            return Received(NO_ROOM, reason=str(error))

    def _write(self, path: Path, content: bytes) -> Received:
        try:
            if path.exists():
                if path.read_bytes() == content:
                    return Received(SUCCESS, path)
                return Received(THERE_ALREADY, reason=f"“{path}” already exists with different content.")
            path.parent.mkdir(mode=0o700, exist_ok=True)
            free = shutil.disk_usage(path.parent).free
        except OSError as error:
            raise unwritable(path, error) from error
        if free - len(content) < self._plan.least_free:
            raise OutputUnwritable("There is not enough disk space for another object.")
        atomic_write(path, content)
        return Received(SUCCESS, path)

    def _listening(self, networks: tuple[Network, ...]) -> ThreadedAssociationServer:
        """The server, bound to its port."""
        from pynetdicom import evt
        from pynetdicom.transport import ThreadedAssociationServer

        largest_object = self._plan.largest_object

        class AllowedServer(ThreadedAssociationServer):
            """Turns away whoever may not connect, or is one too many, before a byte is read; limits the others."""

            def get_request(self) -> tuple[LimitedConnection, Any]:
                """The next connection, its limits in front of it."""
                connection, address = super().get_request()
                return LimitedConnection.of(connection, largest_object), address

            def verify_request(self, request: Any, client_address: Any) -> bool:
                """Whether the address is on the list, and there is a seat."""
                del request
                seated = sum(one.dul.socket is not None for one in self.active_associations)
                return is_allowed(str(client_address[0]), networks) and seated < MOST_CONNECTIONS

            def shutdown(self) -> None:
                """Leave the loop; the entity does not count servers that it did not start."""
                BaseServer.shutdown(self)

        handlers: list[Any] = [
            (evt.EVT_C_ECHO, lambda _: SUCCESS),
            (evt.EVT_C_STORE, self._on_store),
        ]
        try:
            return self._entity.make_server(
                (self._plan.host, self._plan.port), evt_handlers=handlers, server_class=AllowedServer
            )
        except OSError as error:
            where = f"{self._plan.host}:{self._plan.port}"
            raise CovidViewerError(
                N_("Cannot listen on {where}: {why}."), where=where, why=os_error_reason(error)
            ) from error

    def _on_store(self, event: Any) -> int:
        event.assoc.dul.socket.socket.begin_object()
        try:
            request = event.request
            content = event.encoded_dataset()
            received = self.keep(content, str(request.AffectedSOPClassUID), str(request.AffectedSOPInstanceUID))
        except Exception as fault:  # noqa: BLE001 - the border of an association's thread
            log.error("A received object could not be saved: %s", type(fault).__name__)
            received = Received(NOT_UNDERSTOOD, reason=N_("An object could not be parsed."))
        self._tell(received)
        return received.status


def check_dicom_in() -> None:
    """Whether anything can be received here. Raises `CovidViewerError`."""
    from covidviewer.imaging.dicom import pydicom_api  # noqa: F401  # whole, before pynetdicom imports its parts

    try:
        import pynetdicom  # noqa: F401
    except ImportError:
        raise CovidViewerError(NEEDS_PYNETDICOM) from None


def entity_of(plan: ReceiverPlan) -> ApplicationEntity:
    """The application entity: its title, its contexts, its limits."""
    check_dicom_in()
    from pynetdicom import AE, ALL_TRANSFER_SYNTAXES
    from pynetdicom.sop_class import Verification  # type: ignore[attr-defined]

    quiet = logging.getLogger("pynetdicom")
    quiet.propagate = False  # its log may quote what was sent
    quiet.addHandler(logging.NullHandler())
    try:
        entity = AE(ae_title=plan.ae_title)
        entity.require_calling_aet = list(plan.calling)
    except ValueError:
        raise CovidViewerError(N_("An AE title has 1 to 16 letters, digits or punctuation marks.")) from None
    entity.require_called_aet = True
    entity.maximum_associations = MOST_CONNECTIONS
    entity.maximum_pdu_size = ASKED_PDU
    entity.acse_timeout = REQUEST_S
    entity.dimse_timeout = entity.network_timeout = TIMEOUT_S
    entity.add_supported_context(Verification)
    syntaxes = [syntax for syntax in ALL_TRANSFER_SYNTAXES if is_taken(syntax)]
    for sop_class in STORED_CLASSES:
        entity.add_supported_context(sop_class, syntaxes)
    return entity


def is_taken(syntax: str) -> bool:
    """Whether the program can show pixels of a transfer syntax, and an object is as large as what is sent of it.

    Deflated objects (PS3.5 A.5) are not taken: half a megabyte of them can be a gigabyte.
    """
    from covidviewer.imaging.dicom.decoders import check_syntax
    from covidviewer.imaging.dicom.pydicom_api import uid

    with suppress(UnsupportedImage):
        check_syntax(uid.UID(syntax))
        return syntax != uid.DeflatedExplicitVRLittleEndian
    return False


def _uids_in(content: bytes) -> list[str]:
    """SOP Class, SOP Instance and Series Instance UID of an object, empty where it has none."""
    from covidviewer.imaging.dicom.file import dicom_errors, header_stream
    from covidviewer.imaging.dicom.pydicom_api import dcmread

    with dicom_errors(N_("The object cannot be read.")), header_stream(content) as stream:
        tags = ["SOPClassUID", "SOPInstanceUID", "SeriesInstanceUID"]
        header = dcmread(stream, stop_before_pixels=True, specific_tags=tags)
        return [str(header.get(name, "")) for name in tags]


def series_of(content: bytes, sop_class: str, instance: str) -> str:
    """The Series Instance UID of an object. Raises `UnsupportedImage` where it is not what was announced."""
    found = here_or_outside(_uids_in, content[:MAX_HEADER_BYTES], seconds=HEADER_SECONDS)
    if not is_uid(instance) or not is_uid(found[2]):
        raise UnsupportedImage("The object has no valid UIDs.")
    if sop_class not in STORED_CLASSES or found[:2] != [sop_class, instance]:
        raise UnsupportedImage("The object does not match the announced UIDs.")
    return found[2]
