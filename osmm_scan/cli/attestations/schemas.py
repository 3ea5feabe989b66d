"""What a file of attestations may hold. Checked once when it is read, then trusted."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, model_validator

from osmm_scan.cli.configuration.schemas import Day, Role
from osmm_scan.engine.parts import Part, Text

Stated: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=5)]


class ProofEntry(Part):
    """One piece of evidence: a link, the id of a document, or a file of a repository."""

    link: Annotated[str, Field(strict=True, pattern=r"^https?://\S+$")] | None = None
    document: Text | None = Field(None, description="The id by which others find it.")
    repository: Text | None = Field(None, description="OWNER/NAME of the file's repository.")
    file: Text | None = Field(None, description="The path of a file that a scan can read.")

    @model_validator(mode="after")
    def _one_kind(self) -> ProofEntry:
        given = [one for one in (self.link, self.document, self.file) if one is not None]
        if len(given) != 1:
            raise ValueError("give one of link, document, or repository and file")
        if (self.repository is None) != (self.file is None):
            raise ValueError("a file needs its repository, as OWNER/NAME, and the other way round")
        if self.file is not None and ".." in self.file.split("/"):
            raise ValueError("a file is a path inside its repository")
        return self


class AttestationEntry(Part):
    """What somebody states of an item; without a grade it is not answered yet."""

    item: Text = Field(description="The id of an item.")
    grade: Stated | None = Field(None, description="1 to 5; empty while it is not answered.")
    statement: str | None = Field(None, description="What holds, in one or two sentences.")
    evidence: tuple[ProofEntry, ...] | None = Field(None, description="What proves it.")
    accountable_role: Role | None = None
    second_person: Role | None = None
    date: Day | None = Field(None, description="The day on which it was stated.")
    expires: Day | None = Field(None, description="The last day on which it is fresh.")

    @model_validator(mode="after")
    def _ordered(self) -> AttestationEntry:
        if self.date and self.expires and self.expires < self.date:
            raise ValueError("expires is before date")
        return self


class AttestationFile(Part):
    """What people of an organisation state where no scan can see."""

    attestations: tuple[AttestationEntry, ...] | None
