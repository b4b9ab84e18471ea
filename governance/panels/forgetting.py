"""What is left of a reviewer who was erased: the reviews that they gave, and nobody's name."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from directory import erased
from governance.committee import Sitting
from governance.panels import sealed
from governance.panels.draw_documents import DrawPieceDocument, bound_piece
from governance.store import cases, draws, panels

_EVER = timedelta(days=365 * 20)


def forget_erased(sitting: Sitting, program: str) -> int:
    """Empty the column of each seat whose reviewer was erased, and each piece of a draw that names
    somebody who was; gives how many."""
    emptied = 0
    is_erased: dict[str, bool] = {}

    def gone(people: Iterable[str]) -> bool:
        for who in people:
            if who not in is_erased:
                is_erased[who] = erased.is_erased(sitting.tx, program, who)
        return any(is_erased[who] for who in people)

    stored = panels.all_seats(sitting.tx, program, sitting.now - _EVER)
    for each in sealed.opened(sitting, stored):
        if each.reviewer is not None and gone([each.reviewer]):
            panels.write_seat(sitting.tx, replace(each.seat, reviewer=None))
            emptied += 1
    for draw in draws.of_program(sitting.tx, program, ["panels", "adjudicator"]):
        for piece in draws.pieces(sitting.tx, draw.draw_id):
            case = cases.of(sitting.tx, program, piece.case_id)
            key = None if case is None else sealed.key_of(sitting, case)
            if key is None or piece.sealed is None:
                continue
            opened = key.open(piece.sealed, bound_piece(draw.draw_id, piece.panel_id))
            if gone(DrawPieceDocument.read(opened).candidates):
                draws.empty_piece(sitting.tx, piece)
                emptied += 1
    return emptied
