"""What a receiver takes, from whom, and who may connect. Standard library only."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from covidviewer.errors import CovidViewerError
from covidviewer.texts import N_

LOOPBACK: Final = "127.0.0.1"
AE_TITLE: Final = "COVIDVIEWER"
LARGEST_OBJECT: Final = 256_000_000
LEAST_FREE: Final = 1_000_000_000


@dataclass(frozen=True)
class ReceiverPlan:
    """What is received, from whom.

    Attributes
    ----------
    folder
        Objects go to SERIES-UID/INSTANCE-UID.dcm in it; made if need be.
    port
        To listen on; 0: any free one.
    host
        Address to listen on.
    ae_title
        Ours; whoever calls another is rejected.
    calling
        AE titles that may send; empty: all.
    networks
        Addresses or networks ("10.1.2.0/24") that may connect; empty: loopback alone.
    largest_object, least_free
        Bytes of one object; bytes that the disk keeps.
    """

    folder: Path
    port: int
    host: str = LOOPBACK
    ae_title: str = AE_TITLE
    calling: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    largest_object: int = LARGEST_OBJECT
    least_free: int = LEAST_FREE


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def allowed_networks(plan: ReceiverPlan) -> tuple[Network, ...]:
    """Who may connect. Raises `CovidViewerError` for what is no network, and for an open door without a list."""
    if not plan.networks:
        if not is_loopback(plan.host):
            raise CovidViewerError(N_("Listening on a network interface requires an allow-list."))
        return (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
    try:
        return tuple(ipaddress.ip_network(text, strict=False) for text in plan.networks)
    except ValueError as error:
        raise CovidViewerError(N_("Invalid allowed address: {why}."), why=error) from None


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_allowed(address: str, networks: tuple[Network, ...]) -> bool:
    """Whether an address lies in one of the networks."""
    try:
        place = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(place, ipaddress.IPv6Address) and place.ipv4_mapped is not None:
        place = place.ipv4_mapped
    return any(place in network for network in networks if network.version == place.version)
