"""The people surface: badges and notes for the people whose they are, and their coordinators."""

from collections.abc import Sequence

from starlette.types import ASGIApp

from engine.probes import Readiness
from engine.store.postgres.connection import transaction
from web import bootstrap, openapi
from web.api import (
    events,
    exports,
    invitations,
    me,
    mine,
    notes,
    others,
    preferences,
    programs,
    recognition,
    reports,
    services,
)
from web.api import kudos as giving
from web.api import notifications as notified
from web.api import sharing as shared_awards
from web.api.committee import cases
from web.api.committee import desk as committee_desk
from web.api.committee import people as committee_people
from web.api.mentors import policy as policies_of_program
from web.api.outcomes import fairness
from web.api.outcomes import learners as outcomes_of_learners
from web.api.outcomes import portfolio as outcomes_in_portfolio
from web.api.outcomes import program as outcomes_of_program
from web.api.panels import calibrations as calibrations_api
from web.api.panels import panels as panels_api
from web.api.panels import reviews as reviews_api
from web.api.rewards import rewards as rewards_api
from web.api.rewards import staffing
from web.bootstrap import Pools
from web.identity import wiring
from web.identity.dev.personas import Persona
from web.identity.limits import Window
from web.identity.tokens.fetching import Fetch
from web.kudos import wiring as kudos_wiring
from web.live.hub import Hub
from web.live.stream import StreamTimes
from web.notes.desk import NotesDesk
from web.notes.opening import NoteOpener
from web.pages import (
    badge,
    give,
    given,
    highlights,
    home,
    kudos,
    my_invitations,
    my_notes,
    my_settings,
    notifications,
    progress,
    rubrics,
    sharing,
    summary,
    unsubscribing,
)
from web.pages.committee import (
    case,
    case_deeds,
    deadlines,
    desk,
    minutes,
    pack,
    signing,
)
from web.pages.committee import people as people_of_committee
from web.pages.coordinator import (
    boards,
    overview,
    program_highlights,
    program_notes,
    program_people,
    progress_of_person,
)
from web.pages.mentors import exemplars as mentor_links
from web.pages.mentors import own_page as mentor_own
from web.pages.mentors import policy as policy_page
from web.pages.mentors import public_page as mentor_public
from web.pages.outcomes import fairness as fairness_page
from web.pages.outcomes import learners, portfolio
from web.pages.outcomes import program as program_recognition
from web.pages.panels import anchors, calibrations
from web.pages.panels import panels as panels_pages
from web.pages.panels import reviews as reviews_pages
from web.pages.personas_known import known
from web.pages.public import (
    achievements,
    award,
    credentials,
    issuers,
    status_lists,
    verify,
)
from web.pages.public import shared as shared_pages
from web.pages.rewards import bench as bench_page
from web.pages.rewards import pairings as pairings_page
from web.pages.rewards import rewards as rewards_page
from web.reports.program_outcomes import ProgramOutcomes
from web.reports.program_reports import ProgramReports
from web.settings import WebSettings
from web.sharing import wiring as sharing_wiring
from web.sharing.mentor_pages import PublicPages
from web.surfaces import shared
from web.views.committee.offices import KnownOffices
from web.views.moment import Readings
from web.views.staged import StagedPrograms

API = (
    me,
    mine,
    shared_awards,
    giving,
    notified,
    invitations,
    others,
    preferences,
    programs,
    events,
    notes,
    services,
    exports,
    reports,
    recognition,
    cases,
    committee_desk,
    committee_people,
    policies_of_program,
    fairness,
    calibrations_api,
    outcomes_of_learners,
    outcomes_of_program,
    outcomes_in_portfolio,
    rewards_api,
    staffing,
    reviews_api,
    panels_api,
)
PAGES = (
    home,
    kudos,
    badge,
    give,
    given,
    highlights,
    sharing,
    award,
    summary,
    program_notes,
    my_notes,
    my_settings,
    notifications,
    my_invitations,
    overview,
    unsubscribing,
    program_people,
    boards,
    program_highlights,
    progress,
    progress_of_person,
    rubrics,
    deadlines,
    case,
    case_deeds,
    desk,
    pack,
    signing,
    people_of_committee,
    minutes,
    fairness_page,
    calibrations,
    anchors,
    learners,
    portfolio,
    program_recognition,
    reviews_pages,
    panels_pages,
    issuers,
    achievements,
    status_lists,
    credentials,
    verify,
    mentor_public,
    mentor_own,
    mentor_links,
    policy_page,
    rewards_page,
    bench_page,
    pairings_page,
)

_TIMES = StreamTimes()


def application(
    settings: WebSettings,
    pools: Pools,
    readiness: Readiness,
    fetch: Fetch | None = None,
    *,
    hub: Hub | None = None,
    times: StreamTimes = _TIMES,
) -> ASGIApp:
    """The people surface. The settings were checked. `fetch`: how the issuer is asked, if not over
    HTTP. `hub`: who listens for changes; without one nobody hears of any."""
    app = shared.new(settings, readiness, openapi.PEOPLE, kudos_wiring.sending)
    app.state.pools = pools
    app.state.hub, app.state.stream_times = Hub() if hub is None else hub, times
    app.state.readings = Readings(pools.reader, pools.people)
    app.state.committee = bootstrap.committee(settings, pools, app.state.readings.reader)
    app.state.offices = KnownOffices(app.state.committee, settings.now)
    app.state.reports = ProgramReports(app.state.readings, settings.now)
    app.state.outcomes = ProgramOutcomes(app.state.readings, settings.now)
    app.state.staged = StagedPrograms(app.state.readings, settings.now)
    kudos_wiring.install(app, settings, pools, app.state.readings)
    sharing_wiring.install(app, settings, app.state.readings)
    shared_pages.install(app)
    app.state.exports = Window(settings.exports_per_hour, seconds=3_600.0)
    app.state.notes = NotesDesk(pools.notes, NoteOpener(settings.master_keys), settings.now)
    app.state.mentor_pages = PublicPages(
        app.state.committee, pools.people, app.state.notes, settings.now
    )

    def personas() -> Sequence[Persona]:
        with transaction(pools.people) as tx:
            return known(tx)

    identity = wiring.make_identity(settings.identity, pools.people, settings.now, personas, fetch)
    return shared.complete(app, identity, (*API, *PAGES, *shared.FILES))
