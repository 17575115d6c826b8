"""Why a file could not be read, said to whoever sent it: what is wrong with it, and what to send instead.

The sentences that a coordinator reads speak of what was not merged; whoever sent the file neither merged nor has the
store, and reads what to do about their own file.
"""

from __future__ import annotations

from collections.abc import Mapping

from iscm_desktop.errors import AnswerProblem, FileProblem, Problem, TrustProblem
from iscm_desktop.i18n import N_

_DAMAGED = N_(
    "it is damaged: part of it was lost or changed on its way. "
    "Please send the same file once more, as an attachment or on a stick."
)
_CHANGED = N_(
    "it was changed after the program exported it. Please export it again, and send that file as it is, without "
    "opening or saving it with another program."
)
_FOREIGN = N_(
    "it is no file that the program exported. Please open your questionnaire in the program, export it, and send us "
    "the file that is written then."
)
_TOO_LARGE = N_(
    "it is larger than anything that we can take in. Please send the file that the program exported by itself, and "
    "nothing else with it."
)
_WRONG_KEY = N_(
    "it is encrypted, and not with our key. Please open the invitation that we sent you in the program, export again, "
    "and send us that file."
)
_PROOF = N_(
    "it does not show that it answers the invitation that we sent you. Please export it again on the computer on which "
    "the invitation was opened, and send us that file."
)
_NEWER = N_(
    "it was made by a newer version of the program than ours. Nothing is wrong with it, and you need not do anything: "
    "we update our program and read your file again."
)

_SAID: Mapping[Problem, str] = {
    FileProblem.PACKAGE_DAMAGED: _DAMAGED,
    FileProblem.PDF_DAMAGED: _DAMAGED,
    TrustProblem.AGE_DAMAGED: _DAMAGED,
    FileProblem.PACKAGE_NOT_WHOLE: _DAMAGED,
    FileProblem.PACKAGE_CONTRADICTS: _CHANGED,
    FileProblem.PACKAGE_ODD: _CHANGED,
    TrustProblem.SIGNATURE_BROKEN: _CHANGED,
    TrustProblem.SEAL_BROKEN: _CHANGED,
    FileProblem.PACKAGE_FOREIGN: _FOREIGN,
    FileProblem.HOLDER_TOO_SLOW: _FOREIGN,
    FileProblem.PACKAGE_TOO_LARGE: _TOO_LARGE,
    FileProblem.HOLDER_TOO_LARGE: _TOO_LARGE,
    FileProblem.HOLDER_EMPTY: N_(
        "there is no file with answers in it. Please attach the file that the program exported, and send it again."
    ),
    FileProblem.HOLDER_ENCRYPTED: N_(
        "your mail program encrypted it, and we cannot open it here. Please send the file that the program exported in "
        "an ordinary mail; the program itself can encrypt it for us."
    ),
    FileProblem.HOLDER_PACKED: N_(
        "it is packed in a way that we cannot unpack. Please send the file that the program exported as it is, or in "
        "a .zip archive."
    ),
    FileProblem.HOLDER_PROTECTED: N_(
        "it is protected by a password. Please send the file as the program exported it; the program itself can "
        "encrypt it for us."
    ),
    FileProblem.HOLDER_TOO_DEEP: N_(
        "it lies too deep in forwarded mails and archives. Please send the file that the program exported in a mail of "
        "its own."
    ),
    FileProblem.PDF_WITHOUT_DATA: N_(
        "it shows your answers but no longer carries them, as happens when a PDF is printed, scanned or saved by "
        "another program. Please send the PDF itself that the program exported, or the data package (.iscm)."
    ),
    FileProblem.IS_INVITATION: N_(
        "it is an invitation and holds no answers. Please open it in the program, answer the questionnaire, export it, "
        "and send us the file that is written then."
    ),
    FileProblem.PACKAGE_OF_PRACTICE: N_(
        "it comes from a practice round, in which nothing counts. Please answer the questionnaire itself, export it, "
        "and send us that file."
    ),
    FileProblem.PACKAGE_TOO_NEW: _NEWER,
    AnswerProblem.QUESTIONNAIRE_UNKNOWN: N_(
        "it answers a questionnaire that we do not have. Please tell us from whom you have it."
    ),
    TrustProblem.AGE_HYBRID: _WRONG_KEY,
    TrustProblem.AGE_KEY_WRONG: _WRONG_KEY,
    TrustProblem.AGE_WITH_PASSPHRASE: _WRONG_KEY,
    TrustProblem.PROOF_WRONG: _PROOF,
    TrustProblem.PROOF_FOR_ANOTHER: _PROOF,
    TrustProblem.PROOF_FOR_ANOTHER_ROUND: _PROOF,
}
_OURS = frozenset(
    {
        FileProblem.NOT_LOOKED_INTO, FileProblem.LEFT_OUT, FileProblem.PACKAGE_CHANGED, FileProblem.FOLDER_NOT_READ,
        FileProblem.FOLDER_TOO_LARGE, FileProblem.HOLDER_NO_ROOM, FileProblem.QUERIES_WITHOUT_RESPONSE,
        TrustProblem.AGE_KEY_LOST, TrustProblem.AGE_KEY_MISSING, AnswerProblem.FILE_MISSING,
    }
)  # fmt: skip
"""What whoever sent the file can do nothing about."""
_OTHERWISE = N_("the program could not read it. Please export it again, and send us that file as it is.")


def reply_sentence(problem: Problem | None) -> str:
    """What goes on behind "could not be read, because", to be translated; "" where its sender need not hear of it.

    Args:
        problem: None for one that this version of the program does not know.
    """
    if problem in _OURS:
        return ""
    return _OTHERWISE if problem is None else _SAID.get(problem, _OTHERWISE)
