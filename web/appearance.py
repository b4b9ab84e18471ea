"""How pages look to somebody: as their device does, light, or dark."""

from typing import Literal

Appearance = Literal["auto", "light", "dark"]
APPEARANCES: tuple[Appearance, ...] = ("auto", "light", "dark")
