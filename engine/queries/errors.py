"""What can be asked for that does not exist: errors that commands and pages show alike."""


class UnknownProgram(Exception):
    """Nothing was ever accepted for a program of this name."""


class UnknownLoop(Exception):
    """A program has no loop of this name with anything to show."""


class UnknownParticipant(Exception):
    """No fact of a program names somebody of this name until the instant that is asked for."""


class UnknownStage(Exception):
    """A policy has no stage of this name that is asked for anything."""


class UnknownAward(Exception):
    """No award of this id was ever announced."""


class UnknownBadge(Exception):
    """Neither the program's catalog nor an award of the participant names this badge."""
