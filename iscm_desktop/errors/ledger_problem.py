"""Problems with the ledger of a round, its checkpoints and receipts."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class LedgerProblem(Problem):
    """Problems with the ledger of a round, its checkpoints and receipts."""

    CHECKPOINT_BROKEN = N_(
        "'{file}' is no checkpoint, or was changed or damaged on its way. Nothing was changed here. "
        "Ask for the checkpoint again."
    )
    CHECKPOINT_UNKNOWN = N_(
        "'{file}' holds no checkpoint that this store made, and is no request to cosign one. Nothing was changed. "
        "Choose the file that the other coordinator sent, or ask them for it again."
    )
    CHECKPOINT_NOT_COSIGNED = N_(
        "'{file}' holds a checkpoint of this store without a cosignature by a key that is known here. Nothing was "
        "changed. Name the other coordinator's key under known devices, or give it with --key, then try again."
    )
    COSIGNER_UNKNOWN = N_(
        "No other coordinator's key is known here, so nobody could open a request to cosign. Nothing was written. "
        "Add the key of the coordinator who is to cosign, then try again."
    )
    LEDGER_DAMAGED = N_(
        "The ledger of the round '{round}' is not as it was signed in checkpoint {number}, so nothing new was signed. "
        "The answers themselves are checked apart from it. Restore a backup from before the damage, "
        "and keep the damaged store for whoever looks into it."
    )
    LEDGER_EMPTY = N_(
        "The ledger of the round '{round}' has no entry yet. Nothing was written. "
        "Merge the respondents' files first; each response that changes becomes an entry."
    )
    LEDGER_NOT_CONTINUED = N_(
        "The ledger in '{file}' does not continue the one of {size} entries that was cosigned here before. Nothing was "
        "signed. Ask the other coordinator whether a backup was restored, and compare your stores before you go on."
    )
    LEDGER_NOT_EQUAL = N_(
        "Your store and the ledger in '{file}' do not hold the same answers for: {respondents}. Nothing was signed. "
        "Merge the same files on both computers, settle the same conflicts, then ask for a new request."
    )
    NOTE_UNSIGNED = N_(
        "'{file}' is signed by nobody whom this store knows, so it proves nothing. Nothing was changed. "
        "Ask the coordinator for their public key on another way, and give it with --key."
    )
    RECEIPT_BROKEN = N_(
        "'{file}' is no receipt, or was changed or damaged on its way. Nothing was changed here, and it says nothing "
        "about your answers. Ask the coordinator for the receipt again."
    )
    RECEIPT_KEY_UNREADABLE = N_(
        "'{key}' is not a public key. Nothing was checked. "
        "A key is one line, as the coordinator's program shows it; copy it whole."
    )
    RECEIPT_NONE = N_(
        "No entry of the ledger speaks of the answers of {respondent} yet, so there is nothing to give a receipt for. "
        "Nothing was written. Merge or export the answers first."
    )
    RECEIPT_TOO_LARGE_TO_PRINT = N_(
        "The receipt of {respondent} is too long for a code on paper ({size} of {most} characters). Nothing was "
        "written. Make it as a file instead."
    )
    REQUEST_BROKEN = N_(
        "'{file}' is a request to cosign that was changed, damaged or made by another program. Nothing was signed. "
        "Ask the other coordinator for it again."
    )
