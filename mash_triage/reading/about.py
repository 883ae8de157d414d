"""The structured facts beside a narrative that the reading of it may rest on."""

from pydantic import BaseModel, ConfigDict, Field


class About(BaseModel):
    """What the form says of the child and the sender. None: not known.

    Ages in months for a baby, else in years; `other_ages` are of other children, in years.
    `agency` is the sender's kind as the edition's records name it (`police`, `school` ...).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    age_years: int | None = Field(default=None, ge=0)
    age_months: int | None = Field(default=None, ge=0)
    unborn: bool = False
    non_mobile: bool | None = None
    disability: bool | None = None
    other_ages: tuple[int, ...] = ()
    agency: str | None = None
    prior_contacts_12m: int = Field(default=0, ge=0)

    @property
    def years(self) -> int | None:
        """The child's age in whole years; 0 for a baby and for an unborn child."""
        if self.unborn:
            return 0
        return self.age_years if self.age_months is None else self.age_months // 12

    @property
    def months(self) -> int | None:
        """The child's age in whole months, at least."""
        if self.unborn:
            return 0
        return self.age_months if self.age_years is None else self.age_years * 12
