"""Templates to text. A name that a template uses and nobody gave is an error, not an empty text.

Every page may be asked for whole or as its part alone (`part=True`: what a dialog shows); the
template is the same. Rendering reads nothing: it happens after the transaction is closed.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from credentials.artwork.drawing import Artwork, draw
from events.path_segments import segment
from web.rendering import give_form, texts, wording
from web.rendering.addresses import in_program
from web.rendering.assets import static_url
from web.rendering.layout import Layout

TEMPLATES = Path(__file__).parents[1] / "templates"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {
        "texts": texts,
        "art": _art,
        "static_url": static_url,
        "in_program": in_program,
        "draw": draw,
        "value_of": give_form.value_of,
        "by_day": wording.by_day,
        "by_month": wording.by_month,
        "progress": wording.progress,
        "new_key": _new_key,
    }
    environment.filters |= {
        "bdi": wording.isolated,
        "calendar_date": wording.calendar_date,
        "calendar_day": wording.calendar_day,
        "changed": _changed,
        "chip": wording.chip,
        "clock": wording.clock,
        "counted": wording.counted,
        "counted_on": wording.counted_on,
        "day": wording.day,
        "last_day": wording.last_day,
        "ended": wording.ended,
        "fill": wording.fill,
        "linked": wording.linked,
        "machine_time": wording.machine_time,
        "minute": wording.minute,
        "month": wording.month,
        "number": wording.number,
        "segment": segment,
        "sentence": wording.sentence,
        "thousands": wording.thousands,
        "weekday": wording.weekday,
    }
    return environment


def _new_key() -> str:
    """A key for a form, so that one that is sent twice acts once."""
    return str(uuid4())


def _changed(query: Mapping[str, str], **values: str | None) -> dict[str, str]:
    """A query with other values; what is None is left out."""
    return {name: value for name, value in {**query, **values}.items() if value is not None}


@lru_cache(maxsize=512)
def _art(drawing: Artwork, size: str = "") -> Markup:
    """A drawing as SVG. There are few, and a page has ten of them."""
    template = _environment().get_template("parts/art.html")
    return Markup(template.render(drawing=drawing, size=size).strip())


def render(template: str, layout: Layout, *, part: bool = False, **values: object) -> str:
    """The HTML of a page, such as "kudos.html", or of its part alone."""
    return _environment().get_template(template).render(layout=layout, part=part, **values)
