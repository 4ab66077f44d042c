"""The same passes on Spark: a cluster by its master URL, the session there already is, or this machine.

Spark reads the large tables itself, from files or an object store, and adds up; only grains, the names of practices and
the small tables reach the driver, never a person's row. Needs the extra ``spark`` and Java 17. ``docs/spark.md``.
"""

import os
import shutil
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

from whatmatters.measurement.engines import DOERS, Grains, Plan
from whatmatters.measurement.engines.naming import named
from whatmatters.measurement.engines.passes import Passes, Step
from whatmatters.measurement.engines.views import connected, small
from whatmatters.measurement.facts import REQUIRED, SCHEMAS, Facts, FactsError, Source, check_columns, loose
from whatmatters.measurement.quality import latest_day, refuse_lost, refuse_small, refuse_twice

OF_PEOPLE = ("people", "registrations", "events")
KEPT = ("practices", "told", "lists", "lives", "home", "persons", "met", "amounts", "added")
"""What several passes read: worked out once, held in memory as far as it goes and then on disk."""
WORDS = {pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.date32(): "DATE"}
KINDS = {
    "tinyint": pa.int8(), "smallint": pa.int16(), "int": pa.int32(), "bigint": pa.int64(), "float": pa.float32(),
    "double": pa.float64(), "date": pa.date32(), "string": pa.string(), "void": pa.null(),
    "timestamp_ntz": pa.timestamp("us"),
}  # fmt: skip
LOCAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "3g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


def session(master: str = "") -> SparkSession:
    """The session that is there, or one on this ``master`` (without one, on all cores of this machine)."""
    there = SparkSession.getActiveSession()
    if there is not None:
        return there
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        raise ValueError("the engine spark needs Java 17: install openjdk-17-jre-headless, or set JAVA_HOME")
    building = SparkSession.builder.appName("whatmatters").master(master or "local[*]")
    if not master or master.startswith("local"):
        for key, value in LOCAL.items():
            building = building.config(key, value)
    try:
        made = building.getOrCreate()
    except (PySparkException, Py4JJavaError) as error:
        raise ValueError(f"Spark could not be started on {master or 'this machine'}: {_said(error)}") from error
    made.sparkContext.setLogLevel("ERROR")
    return made


def _fit(spark: SparkSession, facts: Facts) -> None:
    """On this machine: few tasks for few people, for planning hundreds of them anew costs more than what they do."""
    if str(spark.sparkContext.master).startswith("local") and not isinstance(facts.tables["people"], str):
        people = facts.rows("people")
        spark.conf.set("spark.sql.shuffle.partitions", str(2 + people // 250_000))
        spark.conf.set("spark.sql.adaptive.enabled", str(people > 1_000_000).lower())


@contextmanager
def _told() -> Iterator[None]:
    """What Spark could not do, without the values that its own words may hold; they are in its log."""
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        raise FactsError(f"Spark could not read the facts to the end ({_said(error)}): its log says where") from error


def _said(error: Exception) -> str:
    condition = error.getCondition() if isinstance(error, PySparkException) else None
    return condition or type(error).__name__


def ask(spark: SparkSession, select: str) -> list[tuple[object, ...]]:
    """The rows of a DuckDB select; for what is small."""
    return [tuple(row) for row in spark.sql(translated(select)).collect()]


def translated(select: str) -> str:
    return str(sqlglot.transpile(select, read="duckdb", write="spark")[0])


def grains(facts: Facts, plan: Plan) -> Iterator[Grains]:
    """See ``engines``."""
    spark = session()
    _fit(spark, facts)
    views(spark, facts)
    passes = Passes(plan)
    with _told(), _held() as held:
        held.extend(_make(spark, [*passes.of_run(), *passes.of_bucket()]))
        practices = [str(name) for (name,) in ask(spark, "SELECT practice FROM practices ORDER BY number")]
        for period in plan.periods:
            with _held() as of_period:
                steps = list(passes.of_period(period))
                of_period.extend(_make(spark, (step for step in steps if step.of != "result")))
                found = {
                    step.name: spark.sql(translated(step.select)).toArrow() for step in steps if step.of == "result"
                }
                doers = found["doers"].cast(DOERS)
                yield Grains(period, named(found["grains"], practices, plan.splits), doers)


def _make(spark: SparkSession, steps: Iterable[Step]) -> list[DataFrame]:
    """Each step as a view; returns the ones that are held."""
    held = []
    for step in steps:
        frame = spark.sql(translated(step.select))
        if step.name in KEPT:
            frame = frame.persist(StorageLevel.MEMORY_AND_DISK)
            held.append(frame)
        frame.createOrReplaceTempView(step.name)
    return held


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
