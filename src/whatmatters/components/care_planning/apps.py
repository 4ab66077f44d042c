from django.apps import AppConfig


class CarePlanningConfig(AppConfig):
    name = "whatmatters.components.care_planning"
    default_auto_field = "django.db.models.BigAutoField"
