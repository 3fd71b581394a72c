"""The checklist a draft or a signed version follows."""

from functools import lru_cache

from decisions.models import Draft, PackVersion, SignedVersion
from infosharing.guidance.loading import load_pack, shipped_packs
from infosharing.guidance.pack import Pack


@lru_cache(maxsize=8)
def shipped(code: str) -> Pack:
    """Return a shipped pack, read once a process."""
    return load_pack(code)


@lru_cache(maxsize=32)
def _kept(digest: str) -> Pack:
    return Pack.from_canonical(PackVersion.objects.get(digest=digest).body)


@lru_cache(maxsize=1)
def questions_afterwards() -> dict[tuple[str, bool], int]:
    """Return how many questions each shipped pack asks afterwards, where it asks any.

    By its code and whether something was shared.
    """
    counted = {
        (code, shared): len(pack.asked_afterwards(shared=shared))
        for code, pack in shipped_packs().items()
        for shared in (True, False)
    }
    return {key: number for key, number in counted.items() if number}


def pack_of_draft(draft: Draft) -> Pack:
    """Return the checklist a draft follows: the version shipped now."""
    return shipped(draft.pack)


def pack_of_version(version: SignedVersion) -> Pack:
    """Return the checklist exactly as it was when the version was signed (R54)."""
    return _kept(version.pack.digest)


def kept_pack(digest: str) -> Pack:
    """Return a checklist by the digest that a signed version names; read once a process."""
    return _kept(digest)
