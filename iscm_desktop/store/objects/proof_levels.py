"""On what trust each revision rests, and how far that proves it.

Pure functions of which packages brought a revision, what each of them showed, and which keys are known for the
respondent: the order in which files were merged plays no part, and no time does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, IntEnum

from iscm_desktop.store.objects.revision import RevisionId

Levels = Mapping[RevisionId, int] | None
"""How far each revision is proven, from 0; None where all are alike, which is what most responses are."""


class Shown(Enum):
    """What a package showed by itself, and may be relied on for ever; from the least to the most."""

    UNSIGNED = "unsigned"
    SIGNED = "signed"
    OPEN = "open_invitation"  # and it proved an invitation that whoever has it may answer
    INVITED = "invitation"  # and it proved an invitation that was issued to this respondent

    @property
    def rank(self) -> int:
        """Greater for more."""
        return list(Shown).index(self)


class Ground(IntEnum):
    """On what a revision rests; where several files brought it, on the greatest."""

    UNSIGNED = 0  # no signed file brought it
    NEW_DEVICE = 1
    OPEN_INVITATION = 2
    MADE_HERE = 3
    COORDINATOR = 4  # made here, where more is known of others than that they sign
    KNOWN_DEVICE = 5
    VERIFIED = 6

    @property
    def code(self) -> str:
        """As scripts read it: "known_device"."""
        return self.name.lower()

    @property
    def level(self) -> int:
        """0: by nobody's word; 1: signed; 2: shown to be the respondent's, or decided here among such."""
        return _LEVELS[self]


_LEVELS = {
    Ground.UNSIGNED: 0, Ground.NEW_DEVICE: 1, Ground.OPEN_INVITATION: 1, Ground.MADE_HERE: 1,
    Ground.COORDINATOR: 2, Ground.KNOWN_DEVICE: 2, Ground.VERIFIED: 2,
}  # fmt: skip
_SIGNED = {Shown.SIGNED: Ground.NEW_DEVICE, Shown.OPEN: Ground.OPEN_INVITATION}


@dataclass(frozen=True, slots=True)
class Voucher:
    """A package, as far as it vouches for what it brought."""

    shown: Shown
    key: str  # by which it is signed; "" where it is not
    revisions: Callable[[], Collection[RevisionId]]  # asked only where packages differ
    is_standing: bool = True  # a merge brought it that was not taken back

    def ground(self, known_keys: Collection[str]) -> Ground:
        """What its revisions rest on, where no other package brought them."""
        if self.shown is Shown.UNSIGNED:
            return Ground.UNSIGNED
        if self.shown is Shown.INVITED:
            return Ground.VERIFIED
        return Ground.KNOWN_DEVICE if self.key in known_keys else _SIGNED[self.shown]


@dataclass(frozen=True, slots=True)
class ResponseProof:
    """All that vouches for the revisions of one response.

    What was made here is as well proven as the best that the response holds, and at least signed: whoever decides
    here has seen it. So a person's own word takes effect at once, and gives way to nothing that is less.

    Args:
        known_keys: Those that are known for the respondent; keys of packages that proved their invitation are.
        made_here: Gives the revisions that were made in this store; asked only where packages differ.
    """

    vouchers: tuple[Voucher, ...] = ()
    known_keys: frozenset[str] = frozenset()
    made_here: Callable[[], Collection[RevisionId]] = frozenset

    def with_voucher(self, voucher: Voucher) -> ResponseProof:
        """Once this package is merged as well."""
        return replace(self, vouchers=(*self.vouchers, voucher))

    def with_made_here(self, ids: Collection[RevisionId]) -> ResponseProof:
        """Once these are made here as well: what is being typed, for example."""
        before = self.made_here
        return replace(self, made_here=lambda: {*before(), *ids}) if ids else self

    def grounds(self, ids: Iterable[RevisionId]) -> Mapping[RevisionId, Ground]:
        """What each of these rests on."""
        ground_of = self.ground_teller()
        return {id_: ground_of(id_) for id_ in ids}

    def ground_teller(self) -> Callable[[RevisionId], Ground]:
        """Tells what a revision rests on, for those who ask one by one."""
        own = self._own_ground()
        if not self.vouchers:
            return lambda _id: own
        found = self._brought(is_standing=False)  # in view only because somebody built upon it
        found |= self._brought(is_standing=True)
        found |= dict.fromkeys(self.made_here(), own)
        return lambda id_: found.get(id_, own)

    def levels(self, ids: Collection[RevisionId]) -> Levels:
        """How far each of these is proven; None where all are alike."""
        if self._is_uniform():
            return None
        found = {id_: ground.level for id_, ground in self.grounds(ids).items()}
        return found if len(set(found.values())) > 1 else None

    def counted(self, ids: Collection[RevisionId]) -> Counter[Ground]:
        """How many of these rest on what."""
        keys = self.respondent_keys()
        grounds = {one.ground(keys) for one in self.vouchers if one.is_standing}
        if len(grounds) == 1 and all(one.is_standing for one in self.vouchers) and not self.made_here():
            return Counter({grounds.pop(): len(ids)}) if ids else Counter()
        return Counter(self.grounds(ids).values())

    def _is_uniform(self) -> bool:
        """Whether all that the response can hold is on one level, whichever revisions these are."""
        if not all(one.is_standing for one in self.vouchers):
            return False
        keys = self.respondent_keys()
        levels = {one.ground(keys).level for one in self.vouchers}
        is_signed = Ground.UNSIGNED.level not in levels  # else what was made here is worth more
        return len(levels) <= 1 and (is_signed or not self.made_here())

    def _own_ground(self) -> Ground:
        keys = self.respondent_keys()
        standing = (one.ground(keys).level for one in self.vouchers if one.is_standing)
        return Ground.COORDINATOR if max(standing, default=0) > Ground.MADE_HERE.level else Ground.MADE_HERE

    def respondent_keys(self) -> Collection[str]:
        """Those that are known for the respondent, and those of packages that proved their invitation."""
        proven = {one.key for one in self.vouchers if one.shown is Shown.INVITED and one.is_standing}
        return self.known_keys | proven if proven else self.known_keys

    def _brought(self, *, is_standing: bool) -> dict[RevisionId, Ground]:
        keys, found = self.respondent_keys(), dict[RevisionId, Ground]()
        for one in self.vouchers:
            if one.is_standing is is_standing:
                ground = one.ground(keys)
                for id_ in one.revisions():
                    found[id_] = max(found.get(id_, ground), ground)
        return found


NOTHING_VOUCHES = ResponseProof()
"""Of a response that is not here."""


def rests_on_more(before: ResponseProof, after: ResponseProof) -> bool:
    """Whether packages merged in between may have changed on what some revision rests."""
    grounds = {one.ground(after.known_keys) for one in after.vouchers}
    return len(after.vouchers) > len(before.vouchers) and (
        before.known_keys != after.known_keys or len(grounds) > 1 or not before.vouchers
    )
