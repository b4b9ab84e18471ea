"""The texts of pages, English, a module for each page; templates find them by its name."""

from web.rendering.texts import (
    badge,
    give,
    given,
    highlights,
    home,
    kudos,
    layout,
    notes,
    notifications,
    overview,
    personas,
    problem,
    program_notes,
    settings,
    sign_in,
    summary,
)

__all__ = [
    "badge",
    "give",
    "given",
    "highlights",
    "home",
    "kudos",
    "layout",
    "notes",
    "notifications",
    "overview",
    "personas",
    "problem",
    "program_notes",
    "settings",
    "sign_in",
    "summary",
]
