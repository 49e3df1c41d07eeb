from django.apps import apps


def test_the_workbench_is_one_app() -> None:
    assert [app.name for app in apps.get_app_configs() if app.name.startswith("jinghe")] == ["jinghe_web"]
