"""When a link turns out to be wrong, no table that holds a person's number is forgotten."""

import importlib
import pkgutil

import mash_triage
from mash_triage.all_models import METADATA
from mash_triage.people.resting import FOLDERS, columns, parts


def test_every_column_with_a_persons_number_says_what_becomes_of_it():
    holding = {
        f"{table.name}.{key.parent.name}"
        for table in METADATA.tables.values()
        for key in table.foreign_keys
        if key.target_fullname == "person.id"
    }
    everything = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.columns
    }
    assert holding <= set(columns()) <= everything


def test_every_folder_that_has_a_part_is_asked_for_it():
    found = {
        folder.name
        for folder in pkgutil.iter_modules(mash_triage.__path__)
        if folder.ispkg
        and "resting"
        in {
            module.name
            for module in pkgutil.iter_modules(
                importlib.import_module(f"mash_triage.{folder.name}").__path__
            )
        }
    }
    assert found == set(FOLDERS)


def test_the_parts_are_decisions_agreement_counts_and_looks():
    assert {part.name for part in parts()} == {"decision", "consent", "counts", "views"}
