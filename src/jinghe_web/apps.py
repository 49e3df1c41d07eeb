"""The one app of the workbench."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Register the app and hear who logs in."""

    name = "jinghe_web"
    verbose_name = "竞合 jinghe"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Write log-ins, failed log-ins and log-outs into the audit trail."""
        from jinghe_web.actions.record_event import watch_sessions

        watch_sessions()
