"""What two catalogs decide differently. Names, descriptions and versions are no difference."""

from collections.abc import Mapping

from engine.catalog import renames
from engine.catalog.model import Badge, Catalog


def differences(one: Catalog, other: Catalog) -> list[str]:
    """What decides otherwise in `other`, a line each, such as "momentum bronze: meetings_attended
    at least 4, was meetings_attended at least 5"; [] if their digests are equal."""
    lines = []
    names = renames.between(one, other)
    badges = {was.badge: now.badge for was, now in names.items() if was.badge in one.badge}
    for name in dict.fromkeys([*(badges.get(b, b) for b in one.badge), *other.badge]):
        was_called = next((was for was, now in badges.items() if now == name), name)
        before, after = one.badge.get(was_called), other.badge.get(name)
        if before is not None and after is not None and was_called != name:
            lines.append(f"{name}: renamed, was {was_called}")
        if before is None:
            lines.append(f"{name}: new")
        elif after is None:
            lines.append(f"{name}: gone")
        else:
            levels = {
                was.level: now.level
                for was, now in names.items()
                if was.badge == was_called and now.badge == name and was.level and now.level
            }
            lines += [f"{name}{line}" for line in _of_badge(before, after, levels)]
    was = {measure.name: measure.canonical() for measure in one.measures}
    now = {measure.name: measure.canonical() for measure in other.measures}
    # A repeatable badge is a measure too, and was named above.
    for name in sorted((was.keys() | now.keys()) - one.badge.keys() - other.badge.keys()):
        if name not in now:
            lines.append(f"measure {name}: gone")
        elif name not in was:
            lines.append(f"measure {name}: new")
        elif was[name] != now[name]:
            lines.append(f"measure {name}: counts otherwise")
    was_by, goes_by = one.calendar.canonical(), other.calendar.canonical()
    lines += [
        f"calendar: {key} {goes_by[key]}, was {was_by[key]}"
        for key in was_by
        if goes_by[key] != was_by[key]
    ]
    if one.canonical()["effects"] != other.canonical()["effects"]:
        lines.append("effects: otherwise (a replay invites nobody)")
    return lines


def _of_badge(before: Badge, after: Badge, levels: Mapping[str, str]) -> list[str]:
    """`levels`: what levels are called now, by what they were called."""
    lines = [f" {now}: renamed, was {was}" for was, now in levels.items() if was != now]
    if before.category != after.category:
        lines.append(f": of category {after.category}, was of {before.category}")
    if before.scope != after.scope:
        lines.append(f": of the {after.scope}, was of the {before.scope}")
    was = {levels.get(level.name, level.name): level.criterion for level in before.levels}
    now = {level.name: level.criterion for level in after.levels}
    for level in dict.fromkeys([*was, *now]):
        name = f" {level}" if level else ""
        if level not in was:
            lines.append(f"{name}: new, {now[level].words()}")
        elif level not in now:
            lines.append(f"{name}: gone, was {was[level].words()}")
        elif was[level].canonical() != now[level].canonical():
            lines.append(f"{name}: {now[level].words()}, was {was[level].words()}")
    if before.repeatable is None or after.repeatable is None:
        if before.repeatable is not after.repeatable:
            lines.append(": repeatable now" if after.repeatable else ": no longer repeatable")
    elif before.repeatable.canonical() != after.repeatable.canonical():
        lines.append(": counts otherwise")
    if before.valid_for != after.valid_for:
        lines.append(f": {after.validity()}, was {before.validity()}")
    if not lines and before.canonical() != after.canonical():
        lines.append(": levels in another order")
    return lines
