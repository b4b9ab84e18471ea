"""What the people surface counts: routes as templates, never who asks or for what."""

from prometheus_client import REGISTRY, generate_latest

from tests.integration.web.people_surface import PeopleSurface, participant
from tests.support.metrics import growth, value
from web.live.hub import Hub
from web.monitoring.people import watching

_REQUESTS = "badge_web_request_seconds_count"
_ROUTE = "/v1/programs/{program}/me/badges"


def test_a_request_is_counted_under_the_template_of_its_route(empty_surface: PeopleSurface) -> None:
    counted = growth(_REQUESTS, route=_ROUTE, method="GET", status="200")
    nowhere = growth(_REQUESTS, route="none", method="GET", status="404")

    empty_surface.get("/v1/programs/p/me/badges", participant("p", "ann.example"))
    empty_surface.get("/v1/nothing/of/ann.example", participant("p", "ann.example"))

    assert (counted(), nowhere()) == (1, 1)
    assert b"ann.example" not in generate_latest()


def test_who_may_not_ask_is_counted_as_denied_under_the_route(empty_surface: PeopleSurface) -> None:
    denied = growth("badge_web_denied_total", route=_ROUTE)

    answer = empty_surface.get("/v1/programs/p/me/badges", participant("another", "ann.example"))

    assert (answer.status, denied()) == (404, 1)


def test_a_method_that_anybody_makes_up_is_one_label(empty_surface: PeopleSurface) -> None:
    other = growth(_REQUESTS, route=_ROUTE, method="other", status="405")

    empty_surface.client.ask("ANN", "/v1/programs/p/me/badges", {}, b"")

    assert other() == 1


def test_tables_are_read_when_metrics_are_asked_for(empty_surface: PeopleSurface) -> None:
    hub = Hub()

    with watching(empty_surface.settings, empty_surface.pools, hub):
        assert value("badge_metrics_read", reader="people") == 1
        assert REGISTRY.get_sample_value("badge_web_gift_oldest_seconds", {"step": "sent"}) == 0
        assert REGISTRY.get_sample_value("badge_web_streams") == 0

    assert REGISTRY.get_sample_value("badge_metrics_read", {"reader": "people"}) is None
