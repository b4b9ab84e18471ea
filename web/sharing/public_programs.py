"""Which programs have documents that anybody may read."""

from directory import programs
from directory.programs import ProgramDescription
from web.store import status_lists
from web.views.moment import Moment


class NoPublicProgram(Exception):
    """There is no such program, or none that anybody may know of."""


def find(moment: Moment, program: str) -> ProgramDescription:
    """A program that has public pages, or had some: what it issued names it for ever.

    Raises:
        NoPublicProgram
    """
    description = programs.described(moment.directory, program)
    if status_lists.has_list(moment.directory, program):
        return description
    if not description.public_pages or not (
        description.described or moment.engine.programs(program)
    ):
        raise NoPublicProgram("no such program has public pages")
    return description
