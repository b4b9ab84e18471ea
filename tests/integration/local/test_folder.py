"""A part's folder is private, short enough for a socket, and gone afterwards."""

import tempfile
from pathlib import Path

import pytest

from engine.local.folder import temporary_folder


def test_the_folder_is_ours_alone_and_gone_with_its_contents_afterwards() -> None:
    with temporary_folder("part") as folder:
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "data").mkdir()
    assert not folder.exists()


def test_a_socket_fits_in_it_however_long_the_name_of_the_usual_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="long" * 20) as usual:
        Path(usual).chmod(0o711)
        monkeypatch.setattr(tempfile, "tempdir", usual)
        with temporary_folder("postgres") as folder:
            assert len(str(folder / ".s.PGSQL.5432")) < 104
