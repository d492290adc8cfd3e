"""`python -m server`: quiet and lean first, so that what follows is imported without chatter and without ballast."""

from server import lean_imports, quiet

quiet.keep_library_warnings_off_the_terminal()
lean_imports.leave_out()

if __name__ == "__main__":  # the processes of server/workers.py come by here as well
    from server.main import main

    main()
