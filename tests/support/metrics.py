"""What the metrics of this process, or the text of another's /metrics, say."""

import urllib.request
from collections.abc import Callable

from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families


def value(name: str, **labels: str) -> float:
    """A sample of this process; 0 where there is none yet."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


def growth(name: str, **labels: str) -> Callable[[], float]:
    """How much a sample of this process has grown since."""
    before = value(name, **labels)
    return lambda: value(name, **labels) - before


def scraped(port: int) -> str:
    """What a process answers on /metrics."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def sample(text: str, name: str, **labels: str) -> float | None:
    """A sample of a scraped text; None if it has none."""
    for family in text_string_to_metric_families(text):
        for each in family.samples:
            if each.name == name and each.labels == labels:
                return float(each.value)
    return None
