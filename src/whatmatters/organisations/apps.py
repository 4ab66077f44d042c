from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "whatmatters.organisations"
    default_auto_field = "django.db.models.BigAutoField"
