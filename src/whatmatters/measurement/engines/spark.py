"""The same passes on Spark: a cluster by its master URL, the session there already is, or this machine.

Spark reads the large tables itself, from files or an object store, and adds up; only grains, the names of practices and
the small tables reach the driver, never a person's row. Needs the extra ``spark`` and Java 17. ``docs/spark.md``.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pyarrow as pa
import sqlglot
from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]  # has no stubs
from pyspark import StorageLevel
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import DataFrame, SparkSession
from sqlglot import exp

from whatmatters.measurement.engines import DOERS, Grains, Plan
from whatmatters.measurement.engines.naming import named
from whatmatters.measurement.engines.passes import Passes, Step
from whatmatters.measurement.engines.spark_session import fitted, parts, said, session
from whatmatters.measurement.engines.views import connected, small
from whatmatters.measurement.facts import REQUIRED, SCHEMAS, Facts, FactsError, Source, check_columns, loose
from whatmatters.measurement.quality import latest_day, refuse_lost, refuse_small, refuse_twice

EPOCH = sqlglot.parse_one("DATE '1970-01-01'", read="duckdb")
OF_PEOPLE = ("people", "registrations", "events")
KEPT = ("practices", "told", "lists", "lives", "home", "persons", "met", "amounts")
"""What several passes read: worked out once, held in memory as far as it goes and then on disk."""
BY_PERSON = ("told", "lists", "lives")
"""Laid out by person once. Whatever a pass then does person by person, and joins by person, moves no row again."""
WORDS = {pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.date32(): "DATE"}
KINDS = {
    "tinyint": pa.int8(), "smallint": pa.int16(), "int": pa.int32(), "bigint": pa.int64(), "float": pa.float32(),
    "double": pa.float64(), "date": pa.date32(), "string": pa.string(), "void": pa.null(),
    "timestamp_ntz": pa.timestamp("us"),
}  # fmt: skip


@contextmanager
def _told() -> Iterator[None]:
    """What Spark could not do, without the values that its own words may hold; they are in its log."""
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        raise FactsError(f"Spark could not read the facts to the end ({said(error)}): its log says where") from error


def ask(spark: SparkSession, select: str) -> list[tuple[object, ...]]:
    """The rows of a DuckDB select; for what is small."""
    return [tuple(row) for row in spark.sql(translated(select)).collect()]


def translated(select: str) -> str:
    """In Spark's words. Its days between dates are worked out from time stamps in a zone, many times dearer."""
    tree = sqlglot.parse_one(select, read="duckdb")
    for days in list(tree.find_all(exp.DateDiff)):
        if days.expression == EPOCH:
            days.replace(exp.Anonymous(this="unix_date", expressions=[days.this]))
    return tree.sql("spark")


def grains(facts: Facts, plan: Plan) -> Iterator[Grains]:
    """See ``engines``."""
    spark = session()
    with _told(), fitted(spark, facts), _held() as held:
        views(spark, facts)
        passes = Passes(plan, at_once=True)
        _make(spark, passes.of_run(), held)
        # Asked for before anything is joined to it: Spark then knows that it is small, and moves no registration.
        practices = [str(name) for (name,) in ask(spark, "SELECT practice FROM practices ORDER BY number")]
        _make(spark, passes.of_bucket(), held)
        for period in plan.periods:
            with _held() as of_period:
                steps = list(passes.of_period(period))
                _make(spark, (step for step in steps if step.of != "result"), of_period)
                found = {
                    step.name: spark.sql(translated(step.select)).toArrow() for step in steps if step.of == "result"
                }
                doers = found["doers"].cast(DOERS)
                yield Grains(period, named(found["grains"], practices, plan.splits), doers)


def _make(spark: SparkSession, steps: Iterable[Step], held: list[DataFrame]) -> None:
    """Each step as a view; to ``held`` come the ones that are."""
    for step in steps:
        frame = spark.sql(translated(step.select))
        if step.name in BY_PERSON:
            frame = frame.repartition(parts(spark), "person")
        if step.name in KEPT:
            held.append(frame.persist(StorageLevel.MEMORY_AND_DISK))
        frame.createOrReplaceTempView(step.name)


@contextmanager
def _held() -> Iterator[list[DataFrame]]:
    frames: list[DataFrame] = []
    try:
        yield frames
    finally:
        for frame in frames:
            frame.unpersist()


def views(spark: SparkSession, facts: Facts) -> None:
    """``raw_`` views of the tables of people, in the types of ``SCHEMAS``."""
    for name in OF_PEOPLE:
        _view(spark, name, _frame(spark, facts.tables[name]))


def checked(facts: Facts, as_at: date | None) -> date:
    """Refuses what ``quality`` refuses, on Spark for the large tables; how far the facts go."""
    spark = session()
    with connected(small(facts)) as connection:
        refuse_small(lambda select: connection.execute(select).fetchall())
    with _told():
        views(spark, facts)
        spark.sql("SELECT person FROM raw_people WHERE person IS NOT NULL").createOrReplaceTempView("people")
        refuse_twice(lambda select: ask(spark, select), "people", "person")
        return as_at or latest_day(lambda select: ask(spark, select))


def _view(spark: SparkSession, name: str, frame: DataFrame) -> None:
    found = {field.name: field.dataType.simpleString() for field in frame.schema}
    frame.createOrReplaceTempView(f"given_{name}")
    casts = []
    for field in SCHEMAS[name]:
        none = f"CASE WHEN NOT isnan(`{field.name}`) THEN `{field.name}` END"  # a float of pandas, where none is NaN
        value = none if field.type == pa.int64() and found[field.name] in ("float", "double") else f"`{field.name}`"
        casts.append(f"CAST({value} AS {WORDS.get(field.type, 'STRING')}) AS `{field.name}`")
    frame.selectExpr(*casts).createOrReplaceTempView(f"raw_{name}")


def _frame(spark: SparkSession, source: Source) -> DataFrame:
    if isinstance(source, pa.Table):
        return spark.createDataFrame(source)
    if isinstance(source, str):
        return spark.read.parquet(source)
    return spark.read.option("mergeSchema", "true").parquet(*map(str, source))


def read(url: str) -> Facts:
    """Facts in an object store: the large tables stay there, the small ones are brought here.

    Raises FactsError as ``facts.read`` does.
    """
    spark, tables = session(), dict[str, Any]()
    for name, schema in SCHEMAS.items():
        found = _there(spark, url, name)
        if found is None:
            if name in REQUIRED:
                raise FactsError(f"the table {name} is missing: {url} has neither {name}.parquet nor {name}/")
            tables[name] = schema.empty_table()
            continue
        where, frame = found
        fields = pa.schema([(field.name, _kind(field.dataType.simpleString())) for field in frame.schema])
        check_columns(name, fields, where)
        frame.createOrReplaceTempView(f"given_{name}")
        for column, kind in loose(name, [fields]).items():
            refuse_lost(lambda select: ask(spark, select), name, column, kind)
        tables[name] = where if name in OF_PEOPLE else frame.toArrow()
    return Facts(tables)


def _there(spark: SparkSession, url: str, name: str) -> tuple[str, DataFrame] | None:
    for where in (f"{url.rstrip('/')}/{name}.parquet", f"{url.rstrip('/')}/{name}"):
        try:
            return where, spark.read.parquet(where)
        except AnalysisException as error:
            if error.getCondition() not in ("PATH_NOT_FOUND", "UNABLE_TO_INFER_SCHEMA"):
                raise FactsError(f"{where} could not be read: {error.getCondition()}") from error
    return None


def _kind(name: str) -> pa.DataType:
    if name.startswith("decimal"):
        return pa.decimal128(38, 0)
    return KINDS.get(name, pa.binary())
