"""The rows that say what a merged file brought: its round, questionnaire, package, revisions, place in the merge."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, datetime

from iscm_desktop.exchange.merging.examination import shown_by
from iscm_desktop.exchange.merging.merge_plan import FileReport
from iscm_desktop.exchange.package.manifest import Manifest
from iscm_desktop.exchange.package.package_reader import ReadPackage
from iscm_desktop.exchange.package.promise_keys import has_bare_beginning
from iscm_desktop.exchange.trust.verification import Judgement
from iscm_desktop.file_names import shown_file
from iscm_desktop.questionnaire import catalogue, registers
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.key_rows import DeviceRow
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.healing import put_back_package, put_back_revisions
from iscm_desktop.store.objects.merge_writer import MergeWriter, SealsHere, Vouched
from iscm_desktop.store.objects.proof_levels import ResponseProof, Shown
from iscm_desktop.store.objects.questionnaires import KnownQuestionnaire
from iscm_desktop.store.objects.revision import ItemKey, Revision, RevisionId
from iscm_desktop.store.objects.revision_set import root_of
from iscm_desktop.store.objects.seals import name_again
from iscm_desktop.store.rows import RoundRow


class PackageRecorder:
    """Collects rows for one merge, and writes them together."""

    def __init__(self, db: Transaction, operation: int) -> None:
        self._db = db
        self._operation = operation
        self._rows = MergeWriter(db)

    def add_package(
        self,
        package: ReadPackage,
        judgement: Judgement,
        digest: str,
        here: Set[RevisionId],
        seals: SealsHere,
        known: int | None,
        at: datetime,
    ) -> int:
        """All that a package brings; gives its number.

        Args:
            digest: What names the package here.
            here: Revisions of the response that the store holds, hidden ones included.
            seals: What of the response is sealed; follows.
            known: The package's number, if another merge brought it.
        """
        manifest, brought = package.manifest, package.revisions
        subject = manifest.response.id
        self._add_round(manifest, at)
        self._add_questionnaire(package)
        number = known or self._rows.add_package(
            digest,
            subject,
            shown_file(package.path.name),
            manifest.sender.name,
            at,
            brought,
            _root(package, digest),
            _vouched(package, judgement),
        )
        if package.attachments:
            self._rows.add_contents(subject, package.needed_attachments())
        again = sorted(here & brought.keys())
        if again:
            brought = {id_: one for id_, one in brought.items() if id_ not in here}
        sealed: Mapping[RevisionId, int] = {}
        is_back = bool(here) and any(
            seal.signature in seals.signatures and not brought.keys().isdisjoint(seal.revisions)
            for seal in package.seals
        )
        if package.seals:
            sealed = self._rows.add_seals(
                number, subject, package.seals, seals, here | brought.keys() if here else brought.keys()
            )
            if again:
                self._rows.name_seals(subject, {id_: sealed[id_] for id_ in sealed.keys() & here})
        self._rows.add_revisions(number, brought, sealed)
        self._rows.add_again(number, subject, again)
        if is_back:  # a seal is here, and what it covers was lost: else it would cover less than it signs
            self._rows.write()
            name_again(self._db, subject, package.seals)
        return number

    def put_back(self, number: int, package: ReadPackage, healed: Mapping[RevisionId, Revision]) -> None:
        """What a package brought before and is damaged or gone, once the rest of it is recorded."""
        self._rows.write()
        put_back_revisions(self._db, healed, number)
        subject = package.manifest.response.id
        put_back_package(self._db, number, subject, package.revisions.keys())
        name_again(self._db, subject, package.seals)

    def raise_package(self, package: int, shown: Shown) -> None:
        """A package that was merged before shows more now than it did then."""
        self._rows.raise_package(package, shown)

    def add_known_device(self, file: FileReport, at: datetime) -> None:
        """The device of a file that proved the respondent's invitation is known for them from now on."""
        about, name = file.contents, file.respondent_name
        self._rows.add_known_device(
            DeviceRow(about.form_id, about.respondent, file.signer_key, file.signer or name, name, at)
        )

    def add_file(self, file: FileReport, position: int, package: int) -> None:
        """What became of a file, at its place in the merge."""
        self._rows.add_file(
            (
                self._operation, position, package, shown_file(file.path.name), file.result.value, file.new,
                file.same, file.newer, len(file.removed), file.conflicts,
            )
        )  # fmt: skip

    def add_response(
        self,
        manifest: Manifest,
        made_at: datetime,
        present: Mapping[ItemKey, ItemState],
        proof: ResponseProof,
    ) -> None:
        """A response that was not here, with the state of its items and what vouches for them."""
        form, language = manifest.questionnaire.hash, manifest.response.language
        self._rows.add_response(identity_of(manifest), form, language, made_at, present, proof)

    def write_rows(self) -> None:
        """Writes what was collected since the last call; the transaction commits it."""
        self._rows.write()

    def _add_round(self, manifest: Manifest, at: datetime) -> None:
        part = manifest.round
        due_on = date.fromisoformat(part.due_on) if part.due_on else None
        self._rows.add_round(RoundRow(part.code, part.title, due_on, at))

    def _add_questionnaire(self, package: ReadPackage) -> None:
        named, source = package.manifest.questionnaire, package.questionnaire_source
        is_ours = named.form_id in catalogue.shipped_keys()
        if source is None and is_ours and not self._rows.knows_questionnaire(named.hash):
            shipped = catalogue.shipped(named.form_id)
            source = shipped.source if shipped.hash == named.hash else None
        self._rows.add_questionnaire(
            KnownQuestionnaire(named.hash, named.form_id, named.version, named.title, source)
        )


def identity_of(manifest: Manifest) -> responses.ResponseIdentity:
    """Whose response a package is of, by the name that the registers have for them."""
    part, form_id = manifest.response, manifest.questionnaire.form_id
    name = registers.named_respondent(form_id, part.respondent, part.respondent_name)
    is_edition = manifest.public is not None and manifest.public.is_apart
    return responses.ResponseIdentity(
        part.id, manifest.round.code, form_id, part.respondent, name, is_edition
    )


def _vouched(package: ReadPackage, judgement: Judgement) -> Vouched:
    shown, manifest, is_bare = shown_by(judgement), package.manifest, has_bare_beginning(package)
    if shown is Shown.UNSIGNED:
        return Vouched(shown, "", "", is_bare)
    device = manifest.sender.device if manifest.is_before_seals else ""
    return Vouched(shown, device, judgement.signer_key, is_bare)


def _root(package: ReadPackage, digest: str) -> str:
    """Of what is merged of a package; the manifest's was compared with all of it when it was read."""
    whole = package.manifest.counts.root
    return whole if whole is not None and digest == package.digest else root_of(package.revisions)
