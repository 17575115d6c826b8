"""Problems with questionnaires."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class QuestionnaireProblem(Problem):
    """Problems with questionnaires."""

    FORM_FAULTY = N_(
        "The questionnaire '{name}' cannot be used yet, and nothing was changed. "
        "Mend what follows in the workbook, then try again.\n{faults}"
    )
    FORM_MISSING = N_(
        "There is no questionnaire '{file}'. Nothing was changed. Look at the name and the folder."
    )
    FORM_UNREADABLE = N_(
        "The file holds no questionnaire that can be read: {reason} Nothing was changed. "
        "Ask for the file again, or save the workbook anew."
    )
    MEDIA_UNFIT = N_(
        "'{file}' is neither a picture nor a sound nor a film that the program shows, so nothing was added. "
        "Save it as PNG, JPEG, MP3 or MP4, or take its name out of the workbook."
    )
    MEDIA_TOO_LARGE = N_(
        "The pictures, sounds and films of '{name}' are larger than {limit} MB, or more than {most}. Nothing was "
        "added. Make them smaller: they travel with every file."
    )
    MEDIA_NOT_HERE = N_(
        "The file '{name}' did not come with the questionnaire, or it is damaged here, so nothing was written. Ask "
        "whoever sent the questionnaire for it."
    )
    FORM_ID_ALIKE = N_(
        "The id '{form}' differs from '{other}', which is there already, by capital letters only. Nothing was "
        "changed. Write it as it is there, or give the questionnaire another id."
    )
    FORM_ID_MISSING = N_(
        "The questionnaire '{name}' has no id by which its versions and responses are known. Nothing was changed. "
        "Write one into the column form_id of the sheet 'settings', then add it again."
    )
    FORM_VERSION_TAKEN = N_(
        "There is another questionnaire '{form}' of version {version} here. Nothing was changed, and its responses "
        "stay as they are. Raise the version in the sheet 'settings', then add the workbook again."
    )
    FORM_VERSION_OLDER = N_(
        "'{name}' is version {version} of the questionnaire '{form}', and version {newer} is here already. Nothing was "
        "changed. Raise the version in the sheet 'settings' where it is meant to be newer."
    )
    FORM_NOT_HERE = N_(
        "There is no questionnaire of your own with the id '{form}' here. Nothing was removed. "
        "List the questionnaires to see their ids."
    )
    FORM_IN_USE = N_(
        "Responses are filled in with the questionnaire '{form}' ({count}), so it stays. Nothing was removed."
    )
    FORM_ONLY_RECEIVED = N_(
        "The questionnaire '{form}' came with somebody's file and is used for those answers only, so nothing was begun "
        "with it. To use it for new questionnaires say so among the questionnaires of your own, or by: "
        "iscm questionnaire take {form}"
    )
    FORM_NOT_RECEIVED = N_(
        "No questionnaire '{form}' is here that came with a file and waits to be used. Nothing was changed. "
        "List the questionnaires to see their ids and versions."
    )
    FORM_NOT_TAKEN = N_(
        "New questionnaires use no version of '{form}' that could be set aside. Nothing was changed. "
        "List the questionnaires to see their ids and versions."
    )
    FORM_VERSIONS_SEVERAL = N_(
        "Several versions of the questionnaire '{form}' are here, so nothing was changed. Name one of them: {versions}"
    )
    FORM_TAKE_OLDER = N_(
        "Version {version} of the questionnaire '{form}' is not newer than {newer}, which new questionnaires use. "
        "Nothing was changed."
    )
    FORM_SHIPPED = N_("The questionnaire '{form}' came with the program, so it stays. Nothing was removed.")
