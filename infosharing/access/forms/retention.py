"""How long records are kept, in the words that stand on leaflets."""

from infosharing.journeys.forms import LongTextField, PlainForm


class KeptForForm(PlainForm):
    """What people are told, and where it stands."""

    words = LongTextField(
        label="How long is what you record kept?",
        rows=3,
        help_text="As you would say it to a parent. For example: “Until you are 25. Then it is "
        "destroyed, unless somebody still needs it to keep you safe.”",
        error_messages={"required": "Say how long it is kept"},
    )
    because = LongTextField(
        label="Where does that stand?",
        rows=2,
        required=False,
        help_text="For example: our retention schedule of March 2026. Not shown on leaflets.",
    )
