"""`python -m server`: quiet and lean first, so that what follows is imported without chatter and without ballast."""

from server import lean_imports, quiet

quiet.keep_library_warnings_off_the_terminal()
lean_imports.leave_out()

from server.main import main  # noqa: E402 - after the lines above, on purpose

main()
