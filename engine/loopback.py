"""Which hosts are this machine: what may be spoken to in clear."""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether a host is this machine and can be nothing else: an address, or `localhost`."""
    if host.lower() == "localhost":
        return True
    if "%" in host:  # a scope id, in which any text may stand
        return False
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
