"""What is wrong with an expression, in words and with the place in its text."""

from __future__ import annotations

from iscm_desktop.i18n import N_, _

UNFINISHED = N_("The expression ends too early.")
EMPTY = N_("The expression is empty.")
UNEXPECTED = N_("'{found}' cannot stand here.")
NOT_EXPECTED = N_("'{found}' stands where {wanted} is expected.")
UNCLOSED_TEXT = N_("A text begins here with {quote}, and the closing {quote} is missing.")
UNKNOWN_CHARACTER = N_("'{found}' means nothing in an expression.")
UNKNOWN_AXIS = N_("'{found}::' is not an axis.")
UNKNOWN_FUNCTION = N_("There is no function '{found}()'.")
UNKNOWN_FUNCTION_NEAR = N_("There is no function '{found}()'. Did you mean '{near}()'?")
UNKNOWN_PREFIX = N_("The prefix '{found}:' is not declared in this form.")
TOO_FEW_ARGUMENTS = N_("{function}() needs at least {wanted} arguments; it has {found}.")
TOO_MANY_ARGUMENTS = N_("{function}() takes at most {wanted} arguments; it has {found}.")
UNPAIRED_ARGUMENTS = N_("{function}() takes its last arguments in pairs; one is missing.")
NO_NODES = N_("A value stands where a path to questions is expected.")
TOO_DEEP = N_("The expression is nested more than {limit} levels deep. Split it over several calculations.")
TOO_LONG = N_("The expression is longer than {limit} characters. Split it over several calculations.")
NO_VARIABLES = N_("'${found}' is a variable, and forms have none. A reference is written ${{{found}}}.")
BAD_PATTERN = N_("'{pattern}' is not a regular expression: {reason}.")
RISKY_PATTERN = N_(
    "The regular expression '{pattern}' could take some answers hours. Write it without looking ahead or "
    "behind, without references back, and with counts up to 1,000."
)
TOO_MANY_STEPS = N_("It takes more than {limit} steps with these answers.")
TOO_MUCH_TOGETHER = N_("The rules of this questionnaire together ask for more than any questionnaire needs.")
TOO_LONG_A_TEXT = N_("It makes a text of more than {limit} characters.")
TOO_MANY_ENTRIES = N_("It asks for more than {limit} entries.")
TOO_MANY_CELLS = N_("All entries together would have more than {limit} places for answers.")
NEVER_AT_REST = N_("It keeps changing what it depends on, and never comes to rest.")
TOO_MANY_INSIDE = N_("It needs itself, or others inside each other, more than {limit} times.")
LONG_PATTERN = N_("A regular expression is longer than {limit} characters.")
BAD_LENGTH = N_("uuid() was asked for a text of {found} characters; 0 to {limit} can be had.")
BAD_SEED = N_("randomize() needs a number as its seed; '{found}' is none.")
UNKNOWN_ALGORITHM = N_("digest() knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512, not '{found}'.")
UNKNOWN_ENCODING = N_("digest() writes 'hex' or 'base64', not '{found}'.")
UNKNOWN_INSTANCE = N_("The form has no list or table '{found}'.")
NO_CONTEXT = N_("The instance has no node '{found}'.")
NOT_AN_AREA = N_("'{found}' is not an area: at least three points, the last one the same as the first.")
NOT_A_POINT = N_("'{found}' is not a point: latitude and longitude are expected.")


class ExpressionError(ValueError):
    """The expression cannot be read, or one of its functions cannot work with what it was given.

    Attributes:
        message: One or two sentences for the author of the form.
        position: Offset in the expression's text, from 0; None where the fault came up while evaluating.
    """

    def __init__(self, sentence: str, position: int | None = None, **particulars: object) -> None:
        self.message = _(sentence).format(**particulars)
        self.position = position
        super().__init__(self.message)


class TooMuch(ExpressionError):
    """The expression asks for more than any form needs; what is too much is said in the message.

    Not a fault of its text: with other answers it may do. It decides nothing meanwhile, and everything else works.
    """
