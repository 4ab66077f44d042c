"""People in buckets: ranges of person ids, whatever the order of the rows.

Memory holds one bucket; files sorted by person are read once all the same, because row groups that hold nobody of a
range are passed over.
"""

import duckdb

BUCKET = 1_000_000  # people
EVERYONE = "person IS NOT NULL"


def buckets(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Conditions on person, of which everyone meets one: about a million people each, by a sample of their ids."""
    [(people,)] = connection.execute("SELECT count(*) FROM raw_people").fetchall()
    number = -(-people // BUCKET)
    if number < 2:
        return [EVERYONE]
    some = f"SELECT person FROM raw_people WHERE hash(person) % {max(1, people // 100_000)} = 0 ORDER BY person"
    sample = [one for (one,) in connection.execute(some).fetchall()]
    cuts = [sample[len(sample) * place // number] for place in range(1, number)]
    return [
        " AND ".join([f"person >= {low}"] * (low is not None) + [f"person < {high}"] * (high is not None))
        for low, high in zip([None, *cuts], [*cuts, None], strict=True)
    ]
