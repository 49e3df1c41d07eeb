from jinghe_web.models import Account


def test_a_new_account_has_a_one_time_password_unless_said_otherwise() -> None:
    assert Account(username="zhao").has_one_time_password
