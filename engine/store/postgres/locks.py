"""The advisory locks of this database, in one place so that no two get one number.

A cutover is the only one that whole batches wait for; the others serialise rare work.
"""

_OURS = 0x42414447 << 16  # "BADG": keeps out of the way of other users of the database

MIGRATION = _OURS | 1
"""Two `migrate` that start at once."""
CUTOVER = _OURS | 2
"""Held shared by every batch, exclusively by a cutover."""
RELAY_OF_AWARDS = _OURS | 3
RELAY_OF_DEAD_LETTERS = _OURS | 4
"""One relay of each topic publishes; the others stand by."""
LANES = _OURS | 5
"""Who starts cursors, so that no two get one lane."""
AUDIT = _OURS | 6
"""Entries of the audit log: each hash needs the one before."""
REPLAY = _OURS | 7
"""Planning replays, so that no two take on one program; with a generation's number, work on it."""
DIRECTORY = _OURS | 8
"""One directory process reads its topic; the others stand by."""
NOTIFIER = _OURS | 9
"""One notifier process reads the awards; the others only send."""
RECIPIENT = _OURS | 10
"""With the hash of somebody: one notifier process at a time decides what e-mail they get."""
SHARES = _OURS | 11
"""One process at a time ends shares whose awards are no longer held."""
POLICIES = _OURS | 12
"""Who adopts a policy, so that no two bring one version of a rubric with different texts."""
GOVERNANCE_LOG = _OURS | 13
"""Entries of the committee's log: each hash needs the one before."""
GOVERNANCE = _OURS | 14
"""One governance process moves cases and publishes; the others stand by."""
MENTOR_PAGES = _OURS | 15
"""Who chooses the address of a public page, so that no two have one."""
