"""What the tests must not lean on."""

from hypothesis import HealthCheck, settings


def test_a_slow_machine_fails_no_property() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check
