from pathlib import Path

import pytest

from services.settings import SettingsError, read_settings


def test_defaults_are_for_one_machine():
    settings = read_settings({})
    assert (settings.data_dir, settings.host, settings.port, settings.api_token) == (Path("var").resolve(), "127.0.0.1", 8000, None)


def test_the_key_is_not_beside_the_rows_it_opens():
    settings = read_settings({"DATA_DIR": "/srv/data"})
    assert settings.filing_database == Path("/srv/data/filings.db")
    assert settings.filing_key == Path("/srv/data/keys/filing.key")


def test_environment_overrides_each_value():
    settings = read_settings({"HOST": "0.0.0.0", "PORT": "9000", "API_TOKEN": "t", "FONT_PATHS": "/a.ttf:/b.ttc"})
    assert (settings.host, settings.port, settings.api_token) == ("0.0.0.0", 9000, "t")
    assert settings.font_paths == (Path("/a.ttf"), Path("/b.ttc"))


@pytest.mark.parametrize("port", ["x", "-1", "65536", "80.5"])
def test_a_port_that_is_none_is_refused_by_name(port):
    with pytest.raises(SettingsError, match="PORT"):
        read_settings({"PORT": port})
