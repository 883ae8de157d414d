"""What runs on SQLite runs on PostgreSQL, test for test."""


def test_the_same_tests_run_on_both_databases(collected_by_kind):
    assert sorted(collected_by_kind["sqlite"]) == sorted(collected_by_kind["postgresql"])
