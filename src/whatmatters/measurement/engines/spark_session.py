"""The Spark there is, or one of our own, and the settings that hold while a plan is carried out on it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]  # has no stubs
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from whatmatters.measurement.facts import Facts

RUN = {
    # A join by person and one thing more is content with rows laid out by person alone.
    "spark.sql.requireAllClusterKeysForCoPartition": "false",
    # Packing what is held costs more than reading it packed saves.
    "spark.sql.inMemoryColumnarStorage.compressed": "false",
}
"""What holds while a plan is carried out, in whichever session; put back afterwards."""
LOCAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "3g",
    "spark.sql.codegen.cache.maxEntries": "1000",  # a period needs more than the 100 there are: each would compile anew
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
        raise ValueError(f"Spark could not be started on {master or 'this machine'}: {said(error)}") from error
    made.sparkContext.setLogLevel("ERROR")
    return made


def said(error: Exception) -> str:
    condition = error.getCondition() if isinstance(error, PySparkException) else None
    return condition or type(error).__name__


def _fitting(spark: SparkSession, facts: Facts) -> dict[str, str]:
    """On this machine: few tasks for few people, for planning hundreds of them anew costs more than what they do."""
    if not str(spark.sparkContext.master).startswith("local"):
        return {}
    given = facts.tables["people"]
    people = spark.read.parquet(given).count() if isinstance(given, str) else facts.rows("people")
    return {
        "spark.sql.shuffle.partitions": str(2 + people // 250_000),
        "spark.sql.adaptive.enabled": str(people > 1_000_000).lower(),
    }


@contextmanager
def fitted(spark: SparkSession, facts: Facts) -> Iterator[None]:
    """The settings of a run. The session may be another's: it has its own back in the end."""
    settings = RUN | _fitting(spark, facts)
    before = {key: spark.conf.get(key, None) for key in settings}
    try:
        for key, value in settings.items():
            spark.conf.set(key, value)
        yield
    finally:
        for key, was in before.items():
            if was is None:
                spark.conf.unset(key)
            else:
                spark.conf.set(key, was)


def parts(spark: SparkSession) -> int:
    """The same for every table, or rows of one person would not lie together. A platform may have a word for it."""
    asked = spark.conf.get("spark.sql.shuffle.partitions", None) or ""
    return int(asked) if asked.isdigit() else max(200, 3 * spark.sparkContext.defaultParallelism)
