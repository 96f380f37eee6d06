"""Every lexicon says only what the code understands: no role that nothing reads, no qualifier that is none."""

import tomllib
from pathlib import Path

import pytest

import monitor.stats
from monitor.model.statistic import Magnitude, Qualifier

HOME = Path(monitor.stats.__file__).parent
CODE = "".join(path.read_text(encoding="utf-8") for path in HOME.glob("*.py"))
TAGS = sorted(path.stem for path in (HOME / "lexicons").glob("*.toml"))


def roles(tag: str) -> dict[str, dict[str, list[str]] | list[str]]:
    content = tomllib.loads((HOME / "lexicons" / f"{tag}.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, list[str]] | list[str]] = content["roles"]
    return found


@pytest.mark.parametrize("tag", TAGS)
def test_every_role_is_read_somewhere(tag: str) -> None:
    assert [role for role in roles(tag) if f'"{role}"' not in CODE] == []


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("role", ["before", "after", "trailing"])
def test_every_qualifier_is_one(tag: str, role: str) -> None:
    assert set(roles(tag).get(role, {})) <= set(Qualifier)


@pytest.mark.parametrize("tag", TAGS)
def test_every_magnitude_is_one(tag: str) -> None:
    assert set(roles(tag).get("magnitude", {})) <= set(Magnitude)
