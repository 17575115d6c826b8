"""A store in which most things were done once, for those who look at it from outside."""

from __future__ import annotations

from pathlib import Path

from tests.support.workspaces import PARTNER, answer, exported, merge, opened


def lived_in_store(folder: Path) -> Path:
    """A copy of a coordinator's store in which most things were done once; the files received lie in "mail"."""
    mail = folder / "mail"
    mail.mkdir()
    with opened(folder, "ministry") as ministry, opened(folder, "secretariat") as secretariat:
        files = []
        for workspace, fee in ((ministry, "120000"), (secretariat, " 90000")):
            response = workspace.responses.start("small", "igc")
            session = workspace.responses.open_session(response)
            session.answer("about/name", "The IGC")
            session.answer("about/fee", "yes")
            session.answer("about/chf", fee.strip())
            session.answer("about/story", "Told again" if fee.strip() == fee else "Told  again")
            entry = session.add_entry(PARTNER)
            session.answer(f"{entry}/who", "UNHCR")
            workspace.responses.save(response, session)
            files.append(exported(workspace, response, mail / f"{workspace.person.name}.iscm"))
        answer(ministry, response, chf="121000")
        files.append(exported(ministry, response, mail / "again.iscm"))
        other = ministry.responses.start("small", "rcm")
        answer(ministry, other, name="The RCM", story="A story")
        third = exported(ministry, other, mail / "rcm.iscm")
    with opened(folder, "coordinator") as coordinator:
        own = coordinator.responses.start("small", "igc")
        answer(coordinator, own, name="IGC, as we know it")
        merge(coordinator, *files)
        merge(coordinator, third)
        broken = folder / "broken.iscm"  # not in "mail", where all is sound
        broken.write_bytes(b"cut short on its way")
        merge(coordinator, files[0], third, broken)
        coordinator.settlement_rules.apply("spaces")
        for conflict in coordinator.conflicts.unsettled():
            coordinator.conflicts.resolve(
                conflict.id, keep=conflict.candidates[0].revision_id, value=None, reason="As agreed"
            )
        last = coordinator.operations.merges()[0].id
        coordinator.operations.take_back(last)
        coordinator.operations.put_back(last)
        coordinator.operations.take_back(last)
        coordinator.operations.take_back(coordinator.operations.merges()[1].id)
        answer(coordinator, own, name="IGC, renamed")
        exported(coordinator, own, folder / "own.iscm")
        answer(coordinator, own, story="being typed")
        return coordinator.backups.make(folder / "copy.iscmdb")
