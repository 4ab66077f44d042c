"""Every field of every model of ours is declared personal or plain; what leaves the house goes by these lists."""

import pytest
from django.apps import apps
from django.db import models

OURS = [model for model in apps.get_models() if model.__module__.startswith("whatmatters.")]
LINKS = (models.ForeignKey, models.OneToOneField)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_declared_once(model: type[models.Model]) -> None:
    fields = {field.name for field in model._meta.concrete_fields if not isinstance(field, LINKS)} - {"id"}
    personal, plain = vars(model)["PERSONAL"], vars(model)["PLAIN"]  # its own, not a parent's
    assert sorted(personal + plain) == sorted(fields)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_nothing_many_to_many_hides_a_table_of_its_own(model: type[models.Model]) -> None:
    assert [
        field.name for field in model._meta.local_many_to_many if field.remote_field.through._meta.auto_created
    ] == []


def test_names_numbers_and_free_words_are_personal() -> None:
    """A floor under the declarations: a field with such a name is never plain, whoever declares it."""
    telling = {"nhs_number", "given_name", "family_name", "preferred_name", "address", "phone", "born"}
    careless = {
        f"{model._meta.label}.{name}"
        for model in OURS
        if any(
            field.related_model and field.related_model._meta.label == "people.Person" for field in model._meta.fields
        )
        or model._meta.label == "people.Person"
        for name in telling & set(vars(model)["PLAIN"])
    }
    assert careless == set()
