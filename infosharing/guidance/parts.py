"""What a pack is made of."""

from dataclasses import dataclass

from infosharing.guidance.codes import Condition, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRule:
    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it is put on the page.

    ``hint`` is set where yes means "I have thought about it" and the note says the rest.
    ``serves`` names the requirements (R11) and rules of the guide (2.8) it is there for.
    ``if_refused`` is how a question for afterwards reads when nothing was shared;
    ``only_if_shared`` says that it is not asked then.
    """

    code: str
    text: str
    why: str
    example: str
    serves: tuple[str, ...]
    hint: str | None = None
    if_refused: str | None = None
    only_if_shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    code: str
    title: str
    stage: Stage
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultRule:
    """Whom to ask, and when. Any one of the roles satisfies it."""

    roles: tuple[Role, ...]
    when: Condition

    @property
    def code(self) -> str:
        return "advice:" + "|".join(self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the rules come from: ``date`` may be a year, a month or a day."""

    name: str
    date: str
    note: str
