"""`covidviewer receive --port N --out DIR`: takes DICOM series from other programs until Ctrl-C."""

from __future__ import annotations

import argparse
from threading import Event
from typing import TYPE_CHECKING

from covidviewer.cli.common_options import given_path
from covidviewer.cli.console import DONE, print_status, printable

if TYPE_CHECKING:
    from covidviewer.services.dicom.receive import Received


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, who may send, where to write."""
    parser.add_argument(
        "--port", type=port_number, required=True, metavar="N", help="port to listen on; 0 for any free port"
    )
    parser.add_argument(
        "--out", type=given_path, required=True, metavar="DIR", help="output folder, with a subfolder for each series"
    )
    parser.add_argument(
        "--listen", default="127.0.0.1", metavar="ADDRESS", help="address to listen on (default: this computer only)"
    )
    parser.add_argument("--ae", default="COVIDVIEWER", metavar="TITLE", help="AE title of this program (COVIDVIEWER)")
    parser.add_argument(
        "--allow-ae", action="append", default=[], metavar="TITLE", help="AE title that may send; can be repeated"
    )
    parser.add_argument(
        "--allow-address",
        action="append",
        default=[],
        metavar="NETWORK",
        help="address that may connect, 10.1.2.3 or 10.1.2.0/24; can be repeated",
    )
    parser.add_argument("--largest", type=megabytes, default=256, metavar="MB", help="maximum size of one object (256)")
    parser.add_argument(
        "--keep-free", type=megabytes, default=1000, metavar="MB", help="disk space to keep free (1000)"
    )


def port_number(text: str) -> int:
    """A port."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("from 0 to 65535")
    return number


def megabytes(text: str) -> int:
    """A whole number above 0."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("above 0")
    return number


def run(options: argparse.Namespace) -> int:
    """Listen; each file that comes is a line on stdout. Ctrl-C is the way to end it."""
    from covidviewer.services.dicom.receive import Receiver
    from covidviewer.services.dicom.receiver_plan import ReceiverPlan

    plan = ReceiverPlan(
        options.out,
        options.port,
        options.listen,
        options.ae,
        tuple(options.allow_ae),
        tuple(options.allow_address),
        options.largest * 1_000_000,
        options.keep_free * 1_000_000,
    )
    receiver = Receiver(plan, tell)
    try:
        place = f"{options.listen}:{receiver.port}"
        print_status(f"{options.ae} listens on {place}; press Ctrl-C to stop.")
        Event().wait()
    except KeyboardInterrupt:
        print_status("Ended.")
    finally:
        receiver.close()
    return DONE


def tell(received: Received) -> None:
    """One line for one object."""
    if received.path is not None:
        print(printable(str(received.path)), flush=True)
    else:
        print_status(f"Refused: {received.reason}")
