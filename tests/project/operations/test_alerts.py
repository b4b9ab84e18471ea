"""Alerts and dashboard: checked by promtool, fired on purpose, of metrics that there are, and each
with a section of docs/operating.md."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from prometheus_client import REGISTRY

import directory.metrics
import engine.metrics
import notifier.metrics
import web.metrics
from tests.project.docs.markdown import read
from tests.support.promtool import promtool

OPERATIONS = Path(__file__).parents[3] / "operations"
_TESTS = Path(__file__).with_name("alerts_test.yml")
_READ_WHEN_ASKED = "badge_metrics_read"
_COUNTED = (directory.metrics, engine.metrics, notifier.metrics, web.metrics)
_NAME = re.compile(r"\bbadge_[a-z_]+")
_SUFFIX = re.compile(r"_(bucket|count|sum)$")
_LABEL = re.compile(r"(?:by \(|\{)([^)}]*)[)}]")
_PRIVATE = {"program", "participant", "person", "loop", "url", "path", "recipient", "giver"}


def _alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load((OPERATIONS / "alerts.yml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"] if "alert" in rule]


def _expressions() -> list[str]:
    groups = yaml.safe_load((OPERATIONS / "alerts.yml").read_text())["groups"]
    panels = json.loads((OPERATIONS / "dashboard.json").read_text())["panels"]
    return [rule["expr"] for group in groups for rule in group["rules"]] + [
        target["expr"] for panel in panels for target in panel.get("targets", ())
    ]


def _known() -> set[str]:
    """All metrics of all processes: those counted, and those whose names stand where they are
    read."""
    counted = {
        name
        for collected in REGISTRY.collect()
        for name in (
            collected.name,
            *(sample.name for sample in collected.samples),
            *([f"{collected.name}_total"] if collected.type == "counter" else []),
        )
    }
    sources = (
        "web/metrics.py", "web/monitoring/operations.py", "notifier/metrics.py",
        "directory/metrics.py", "governance/metrics.py",
    )  # fmt: skip
    root = OPERATIONS.parent
    read_when_asked = set(
        re.findall(r'"(badge_[a-z_]+)"', "".join((root / name).read_text() for name in sources))
    )
    return {name for name in counted | read_when_asked if name.startswith("badge_")} | {
        _READ_WHEN_ASKED
    }


def test_promtool_accepts_rules_and_configuration() -> None:
    rules = promtool("check", "rules", "alerts.yml", folder=OPERATIONS)
    config = promtool("check", "config", "prometheus.yml", folder=OPERATIONS)

    assert (rules.returncode, rules.stderr) == (0, ""), rules.stdout
    assert config.returncode == 0, config.stderr


def test_every_alert_fires_on_purpose_and_none_in_the_good_case(tmp_path: Path) -> None:
    shutil.copy(OPERATIONS / "alerts.yml", tmp_path)
    shutil.copy(_TESTS, tmp_path)

    done = promtool("test", "rules", _TESTS.name, folder=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_alert_is_left_out_of_the_tests() -> None:
    fired = {
        test["alertname"]
        for case in yaml.safe_load(_TESTS.read_text())["tests"]
        for test in case.get("alert_rule_test", ())
        if test["exp_alerts"]
    }

    assert fired == {alert["alert"] for alert in _alerts()}


def test_every_metric_of_an_expression_is_there() -> None:
    known = _known()
    named = {
        name
        for expression in _expressions()
        for name in _NAME.findall(expression)
        if name not in known and _SUFFIX.sub("", name) not in known
    }

    assert named == set()


def test_every_metric_is_watched_or_shown() -> None:
    used = "\n".join(_expressions())
    unused = {
        name.removesuffix("_total")
        for metric in _COUNTED
        for collector in vars(metric).values()
        if (name := getattr(collector, "_name", ""))
        if name not in used
    }

    assert unused <= {"badge_engine_batch_records", "badge_notifier_delivery_seconds"}


def test_every_alert_has_a_severity_a_summary_and_a_section_to_read() -> None:
    page = read("docs/operating.md")
    for alert in _alerts():
        name = alert["alert"]
        assert alert["labels"]["severity"] in ("page", "ticket"), name
        assert len(alert["annotations"]["summary"]) > 20, name
        file, anchor = alert["annotations"]["runbook"].split("#")
        assert file == "docs/operating.md"
        sections = {found.lower() for found in re.findall(r"^### (\w+)$", page, re.M)}
        assert anchor in sections, f"docs/operating.md has no section for {name}"


def test_no_expression_asks_for_somebody() -> None:
    for expression in _expressions():
        for labels in _LABEL.findall(expression):
            assert not _PRIVATE & set(re.findall(r"[a-z_]+", labels)), expression


def test_no_metric_has_a_label_for_somebody_and_each_says_what_it_is() -> None:
    for module in _COUNTED:
        for collector in vars(module).values():
            labels = set(getattr(collector, "_labelnames", ()))
            assert not labels & _PRIVATE, collector
            if hasattr(collector, "_documentation"):
                assert len(collector._documentation) > 20, collector
