"""Pictures, sounds and films beside a label of the form, by the names of their files in the session's language."""

from __future__ import annotations

from collections.abc import Mapping

from iscm_desktop.questionnaire.expression import Node
from iscm_desktop.questionnaire.model import Translations
from iscm_desktop.session.expression_host import SessionHost
from iscm_desktop.session.views import NO_MEDIA, LabelMedia


def label_media(media: Mapping[str, Translations], host: SessionHost, node: Node | None) -> LabelMedia:
    """Of a question or choice; a language without files of its own has those of the form's default.

    Args:
        node: Where values inside names are looked up.
    """
    if not media:
        return NO_MEDIA
    image, big, audio, video = (
        _file_name(host.worded(media.get(form, {}), node))
        for form in ("image", "big-image", "audio", "video")
    )
    return LabelMedia(image, big, audio, video)


def _file_name(reference: str) -> str:
    """Without the way to it, such as "jr://images/": files lie by their names alone."""
    return reference.strip().replace("\\", "/").rpartition("/")[2]
