from django.apps import AppConfig


class SocialPrescribingConfig(AppConfig):
    name = "whatmatters.components.social_prescribing"
    default_auto_field = "django.db.models.BigAutoField"
