"""The page that agents and officers work at. What it shows comes over the desk's JSON API."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, RedirectResponse

from server.routes.other_methods import refuse_other_methods
from services.settings import PROJECT_DIR

router = APIRouter(include_in_schema=False)
PAGE: Path = PROJECT_DIR / "web" / "dist" / "desk.html"
# The file names its scripts by their contents: it alone has to be asked for anew.
FRESH = {"Cache-Control": "no-cache", "X-Robots-Tag": "noindex"}


@router.get("/desk")
def desk_page() -> Response:
    """The page, 404 where it was not built."""
    return FileResponse(PAGE, headers=FRESH) if PAGE.is_file() else Response(status_code=404)


@router.get("/desk/")
def desk_folder() -> Response:
    """The page's own address: from this one its files would be looked for in the wrong place."""
    return RedirectResponse("../desk", 308)


refuse_other_methods(router)
