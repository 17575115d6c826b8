"""Problems with keys, invitations and signatures."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class TrustProblem(Problem):
    """Problems with keys, invitations and signatures."""

    AGE_DAMAGED = N_(
        "'{file}' is encrypted, and damaged or cut short on its way. Nothing of it was taken in. "
        "Ask the sender for the file again, as an attachment or on a stick."
    )
    AGE_HYBRID = N_(
        "'{file}' is encrypted with a newer kind of key (post-quantum) that this program cannot use. "
        "Nothing of it was taken in. Ask the sender to encrypt it for the key in your invitation."
    )
    AGE_KEY_LOST = N_(
        "'{file}' is encrypted, and the coordinator's key of this store is not on this computer any more. "
        "Nothing of it was taken in. Restore the key from its backup, then merge the file again."
    )
    AGE_KEY_MISSING = N_(
        "'{file}' is encrypted for a coordinator, and this computer has no coordinator's key. Nothing of it was "
        "taken in. Merge it on the coordinator's computer, or restore the coordinator's key here from its backup."
    )
    AGE_KEY_WRONG = N_(
        "'{file}' is encrypted for somebody else's key. Nothing of it was taken in. "
        "Ask the sender to open your invitation and to export again, or send the file to whom it is meant for."
    )
    AGE_WITH_PASSPHRASE = N_(
        "'{file}' is protected by a passphrase, which a package never is. Nothing of it was taken in. "
        "Ask the sender to export it encrypted for the coordinator instead."
    )
    INVITATION_BROKEN = N_(
        "'{file}' was changed after the coordinator signed it, or is damaged. Nothing was changed here. "
        "Ask the coordinator for the invitation again."
    )
    INVITATION_FOR_OTHERS = N_(
        "The open invitation '{file}' is for other questionnaires: {forms}. Nothing was changed. Choose one of these."
    )
    INVITATION_FOREIGN = N_(
        "'{file}' is not an invitation of this program. Nothing was changed. "
        "Invitations end in .iscminvite; ask the coordinator for yours."
    )
    INVITATION_LIST_FAULTY = N_(
        "The list '{file}' cannot be used yet, and no invitation was issued. "
        "Mend what follows, then try again.\n{faults}"
    )
    INVITATION_OF_PRACTICE = N_(
        "'{file}' comes out of a coordinator's practice round, in which nothing counts. Nothing was changed. "
        "Ask the coordinator for the invitation to the round itself."
    )
    INVITATION_SECOND_KEY = N_(
        "'{file}' invites to the round '{round}' with another key than the invitation that you answer there, and "
        "whoever has that key could read your answers. It is by {issuer}, key “{words}”; until now you answer {other}, "
        "key “{other_words}”. Nothing was changed, and your answers stay for {other}. Ask {other} on a number that "
        "you know whether the new key is theirs; only then open the invitation again, naming its key."
    )
    INVITATION_TOO_NEW = N_(
        "The invitation '{file}' was made by a newer version of the program ({made_by}). Nothing was changed. "
        "Update the program on this computer, then open it again."
    )
    INVITATION_WANTS_RESPONDENT = N_(
        "The invitation '{file}' is open to several respondents. Nothing was changed. "
        "Say for whom you answer, and in which questionnaire."
    )
    KEYS_FOREIGN = N_(
        "'{file}' is not a backup of a coordinator's keys. Nothing was changed. Choose the file that was saved as such."
    )
    KEY_NOT_KEPT = N_(
        "The new key could be kept neither in the key store of this computer nor in '{folder}': {reason}. "
        "Nothing was changed. Make the folder writable, then try again."
    )
    KEYS_NONE = N_(
        "This computer has no coordinator's key to back up. Nothing was written. Issue an invitation first."
    )
    PASSPHRASE_SHORT = N_(
        "The passphrase is too short to protect the keys. Nothing was written. "
        "Take at least {least} characters, such as five words that nobody else would put together."
    )
    PASSPHRASE_WRONG = N_(
        "The passphrase does not open '{file}'. Nothing was changed. Type it again; capitals and blanks count."
    )
    PROOF_FOR_ANOTHER = N_(
        "'{file}' answers for {respondent} with an invitation that was issued to {invited}. Nothing of it was merged. "
        "Ask the sender whose answers these are."
    )
    PROOF_FOR_ANOTHER_ROUND = N_(
        "'{file}' belongs to the round '{round}', but its invitation is one to the round '{invited}'. "
        "Nothing of it was merged. Ask the sender to open the invitation to the round, then to export again."
    )
    PROOF_WRONG = N_(
        "'{file}' names an invitation of yours but does not prove that the sender has it. Nothing of it was merged. "
        "Ask the sender to export it again on the computer where the invitation was opened."
    )
    RECIPIENT_MISSING = N_(
        "It is not known for whom the file is to be encrypted. Nothing was written. "
        "Open the coordinator's invitation first, or name the coordinator's public key."
    )
    RECIPIENT_UNREADABLE = N_(
        "'{key}' is not a coordinator's public key. Nothing was changed. Public keys begin with age1; copy it whole."
    )
    DEVICE_OF_NOBODY = N_(
        "It is not said whose device this is: a device is known for one respondent, and not for all. Nothing was "
        "changed. Say whose it is, with the respondent's code."
    )
    DEVICE_UNKNOWN = N_(
        "No single known device has a key that begins with '{key}'. Nothing was changed. List the devices."
    )
    RESPONDENT_UNKNOWN = N_(
        "'{respondent}' is in no register for the questionnaire '{form}'. Nothing was changed. "
        "Use the code of a mechanism (igc), a State (CAN) or an organization (iom)."
    )
    RESPONDENTS_NOT_NAMED = N_(
        "Nobody was named, so nothing was changed. Name respondents by their codes, or those of a region "
        "(--region) or of a mechanism (--members-of)."
    )
    SEAL_BROKEN = N_(
        "'{file}' holds answers whose seal is broken: somebody changed it, or puts answers into another computer's "
        "name. Nothing of it was merged. Ask the sender to export it again with the program."
    )
    SIGNATURE_BROKEN = N_(
        "The signature of '{file}' is broken: it was changed after it was exported, or signed by another key than it "
        "says. Nothing of it was merged. Ask the sender for the file again, unchanged."
    )
