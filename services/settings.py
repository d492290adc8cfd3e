"""Where things are and how the server is reached, from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent

# Regular weights, free to embed. The first that is there is used, the next ones for
# characters it lacks (rare ones in names).
FONT_PATHS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",  # Debian, Ubuntu: fonts-noto-cjk
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",  # Arch
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",  # Fedora
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",  # Debian, Ubuntu: fonts-wqy-zenhei
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",  # fonts-droid-fallback
    # npm: @expo-google-fonts/noto-sans-sc, for machines where nothing can be installed
    str(PROJECT_DIR / "web/node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
)


KEPT_FOR = (
    "keep_unused_values_days", "keep_drafts_days", "keep_conversations_days", "keep_ended_filings_days",
)


class SettingsError(Exception):
    """A setting cannot be used; the message names the variable and what it takes."""


@dataclass(frozen=True)
class Settings:
    """All that differs between one installation and another."""

    data_dir: Path
    host: str
    port: int
    api_token: str | None
    font_paths: tuple[Path, ...]
    public_url: str | None = None
    embed_origins: tuple[str, ...] = ()
    metrics_token: str | None = None
    workers: int = 1
    keep_unused_values_days: int = 1
    keep_drafts_days: int = 180
    keep_conversations_days: int = 400
    keep_ended_filings_days: int = 3650

    @property
    def filing_database(self) -> Path:
        return self.data_dir / "filings.db"

    @property
    def conversation_database(self) -> Path:
        return self.data_dir / "conversations.db"

    @property
    def account_database(self) -> Path:
        """Named after those whom it held at first."""
        return self.data_dir / "officers.db"

    @property
    def papers(self) -> Path:
        """Sealed files of uploaded papers: beside the databases, never below what the server serves."""
        return self.data_dir / "papers"

    @property
    def documents(self) -> Path:
        """Sealed files of the filings' documents, each made once."""
        return self.data_dir / "documents"

    @property
    def model(self) -> Path:
        """The trained model that `make model` leaves."""
        return PROJECT_DIR / "models" / "assistant.tar.gz"

    @property
    def filing_key(self) -> Path:
        """Beside the database file, not in it: a copied database gives nothing away."""
        return self.data_dir / "keys" / "filing.key"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings; SettingsError names a variable that cannot be used.

    KEEP_UNUSED_VALUES_DAYS, KEEP_DRAFTS_DAYS, KEEP_CONVERSATIONS_DAYS, KEEP_ENDED_FILINGS_DAYS: how long what
    nobody came back for, and what is over, is kept before it is really deleted (1, 180, 400, 3650).
    DATA_DIR (./var), HOST (127.0.0.1), PORT (8000), API_TOKEN (none), METRICS_TOKEN (none; lets another machine
    read /metrics), WORKERS (1; how many processes talk), FONT_PATHS (see above; several are separated as in PATH),
    PUBLIC_URL (none; the address at which people reach this server, such as https://yidi.example.cn: documents carry
    it in a code for checking them), EMBED_ORIGINS (none; the sites that may show the chat page in a frame, such as
    "https://www.example.cn https://hospital.example.cn").
    """
    fonts = environment.get("FONT_PATHS")
    paths = fonts.split(os.pathsep) if fonts else FONT_PATHS
    return Settings(
        data_dir=Path(environment.get("DATA_DIR") or "var").resolve(),
        host=environment.get("HOST") or "127.0.0.1",
        port=_port(environment.get("PORT") or "8000"),
        api_token=environment.get("API_TOKEN") or None,
        font_paths=tuple(Path(path) for path in paths),
        metrics_token=environment.get("METRICS_TOKEN") or None,
        workers=_workers(environment.get("WORKERS") or "1"),
        public_url=_public_url(environment.get("PUBLIC_URL") or None),
        embed_origins=tuple(_origin(text) for text in environment.get("EMBED_ORIGINS", "").split()),
        **{name: _days(name, environment) for name in KEPT_FOR if environment.get(name.upper())},
    )


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise SettingsError(f"WORKERS must be a number of processes from 1 to 64, got {text!r}.")
    return int(text)


def _days(name: str, environment: Mapping[str, str]) -> int:
    text = environment[name.upper()]
    if not text.isdecimal() or not 1 <= int(text) <= 36_500:
        raise SettingsError(f"{name.upper()} must be a number of days from 1 to 36500, got {text!r}.")
    return int(text)


def _public_url(text: str | None) -> str | None:
    """The address without a slash at its end. A path is kept: the server may live below one."""
    if text is None:
        return None
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?", text):
        raise SettingsError(f"PUBLIC_URL must be an address such as https://yidi.example.cn, got {text!r}.")
    return text.rstrip("/")


def _origin(text: str) -> str:
    """Scheme, host and perhaps port, as browsers write it. No wildcard: each site is named."""
    if not re.fullmatch(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", text):
        raise SettingsError(f"EMBED_ORIGINS takes origins such as https://www.example.cn, no paths, got {text!r}.")
    return text


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise SettingsError(f"PORT must be a number from 0 to 65535, got {text!r}.")
    return int(text)
