"""`python -m server`: quiet first, so that what follows is imported without its libraries' chatter."""

from server import quiet

quiet.keep_library_warnings_off_the_terminal()

from server.main import main  # noqa: E402 - after the line above, on purpose

main()
