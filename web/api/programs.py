"""What a program offers: its catalog in words."""

from fastapi import APIRouter

from web.api.asking import AsMember, Known, ReadFrom
from web.http.path_ids import PathId
from web.views import catalog
from web.views.catalog import CatalogShown

router = APIRouter(tags=["program"])


@router.get("/v1/programs/{program}/catalog", operation_id="getCatalog")
def read(program: PathId, member: AsMember, readings: ReadFrom, known: Known) -> CatalogShown:
    """The program's badges, with what each level asks for in words."""
    with readings.moment() as moment:
        return catalog.read(moment, program)
