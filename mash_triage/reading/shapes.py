"""The shapes of the pattern data: worries by theme, and the words that all themes share."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from mash_triage.reading.about import About

Why = Literal[
    "denied",
    "past",
    "somebody else",
    "hypothetical",
    "hearsay",
    "other sense",
    "sent without a worry",
    "not borne out",
]
ENOUGH_HINTS = 2


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class If(_Data):
    """What the structured facts must say; an age that is not known never rules out.

    Ages are the child's, in years or months; `a_child_under` is any child of the contact.
    """

    age_under: int | None = None
    age_from: int | None = None
    months_under: int | None = None
    a_child_under: int | None = None
    unborn: bool | None = None
    non_mobile: bool | None = None
    disability: bool | None = None
    agency: tuple[str, ...] = ()

    def holds(self, about: About) -> bool:
        """Whether nothing known of the child speaks against it; non-mobile must be known."""
        years, months = about.years, about.months
        youngest = min((age for age in (years, *about.other_ages) if age is not None), default=0)
        return all(
            (
                self.age_under is None or years is None or years < self.age_under,
                self.age_from is None or years is None or years >= self.age_from,
                self.months_under is None or months is None or months < self.months_under,
                self.a_child_under is None or youngest < self.a_child_under,
                self.unborn is None or self.unborn is about.unborn,
                self.non_mobile is None or self.non_mobile is bool(about.non_mobile),
                self.disability is None or self.disability is bool(about.disability),
                not self.agency or about.agency in (None, *self.agency),
            )
        )


class Worry(_Data):
    """Wordings of one indicator. One phrase is enough; of hints, `enough` different ones.

    With `who`, a finding that is plainly about the other is set aside. With `with_codes` it
    counts only beside one of these, which are read first.
    """

    code: str
    phrases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    enough: int = Field(default=ENOUGH_HINTS, ge=1)
    unless: tuple[str, ...] = ()
    unless_anywhere: tuple[str, ...] = ()
    with_codes: tuple[str, ...] = ()
    who: Literal["child", "grown_up"] | None = None
    counts_even_if: tuple[Why, ...] = ()
    only_if: If = Field(default=If(), alias="if")
    about: About = About()
    matches: tuple[str, ...] = Field(min_length=1)
    no_match: tuple[str, ...] = Field(min_length=1)


class ThemeFile(_Data):
    """One file of a theme: families of its own, and its worries."""

    family: dict[str, tuple[str, ...]] = {}
    worry: tuple[Worry, ...] = ()


class Cue(_Data):
    """Wordings that set aside what stands near: before or after it, or its whole sentence.

    `reach` counts words. A cue of `whole = "paragraph"` speaks for its whole paragraph.
    """

    why: Why
    cues: tuple[str, ...]
    side: Literal["before", "after", "sentence", "paragraph"] = "before"
    reach: int = Field(default=8, ge=1, le=80)


class Stronger(_Data):
    """When `code` is found, the weaker ones are not raised; those of one sentence only if so said.

    `same_sentence`: a weaker one found in another sentence speaks of another fact and stays.
    """

    code: str
    instead_of: tuple[str, ...]
    same_sentence: bool = False
    only_if: If = Field(default=If(), alias="if")


class Follows(_Data):
    """A code that follows from any of others together with what is known of the child."""

    code: str
    any_of: tuple[str, ...]
    only_if: If = Field(default=If(), alias="if")


class OnlyFor(_Data):
    """A code that the words alone propose only where one of these holds of the child."""

    code: str
    any_of: tuple[If, ...] = Field(min_length=1)


class People(_Data):
    """Single words for persons: grown up or children, and those who go by he or by she.

    A grown-up who `tells` (mum says he ...) is not the one it is about.
    """

    grown_up: tuple[str, ...] = ()
    child: tuple[str, ...] = ()
    he: tuple[str, ...] = ()
    she: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ("he", "she", "they")


class SharedWords(_Data):
    """What all themes share."""

    family: dict[str, tuple[str, ...]] = {}
    fillers: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    forms: dict[str, tuple[str, ...]] = {}
    numbers: dict[str, float] = {}
    slips: dict[str, str] = {}
    ordinary: tuple[str, ...] = ()
    people: People = People()
    cue: tuple[Cue, ...] = ()
    ends_reach: tuple[str, ...] = ()
    calm: tuple[str, ...] = ()
    not_calm: tuple[str, ...] = ()
    calm_keeps: tuple[str, ...] = ()
    stronger: tuple[Stronger, ...] = ()
    follows: tuple[Follows, ...] = ()
    only_for: tuple[OnlyFor, ...] = ()


class OtherCodes(_Data):
    """An edition's own codes, each with the worries it is proposed for."""

    worries: dict[str, tuple[str, ...]]
