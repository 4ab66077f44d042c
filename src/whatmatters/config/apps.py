from django.apps import AppConfig
from django.db.backends.signals import connection_created

from whatmatters.config.durability import refuse_lossy_sqlite


class ConfigConfig(AppConfig):
    name = "whatmatters.config"

    def ready(self) -> None:
        connection_created.connect(refuse_lossy_sqlite)
