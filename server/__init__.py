"""The web server: hosts the Rasa Agent in its own process, keeps private words out of it, serves the page."""
