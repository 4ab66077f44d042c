"""A table of the facts as batches of numpy columns, in bounded memory, from whatever types are allowed."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from whatmatters.measurement.engines.kernel.tables import Narrow, Number, Whole
from whatmatters.measurement.facts import SCHEMAS, Facts, FactsError, settled

ROWS = 1 << 20
FIRST, LAST = (pa.scalar((day - date(1970, 1, 1)).days, pa.int32()) for day in (date.min, date.max))

Words: TypeAlias = dict[str | None, int]


def batches(
    facts: Facts, table: str, names: Sequence[str], parts: Sequence[Path] | None = None
) -> Iterator[pa.RecordBatch]:
    """These columns of a table, or of some parts of it: one batch at least. FactsError for a part cut short."""
    source = facts.tables[table]
    yield pa.RecordBatch.from_pylist([], pa.schema([SCHEMAS[table].field(name) for name in names]))
    if isinstance(source, pa.Table):
        yield from source.select(names).to_batches(max_chunksize=ROWS)
        return
    for part in source if parts is None else parts:
        try:
            with pq.ParquetFile(part, read_dictionary=list(names)) as file:
                yield from file.iter_batches(batch_size=ROWS, columns=list(names))
        except (pa.ArrowInvalid, OSError) as error:
            raise FactsError(f"the facts could not be read to the end: {part} is cut short or damaged") from error


def whole(column: pa.Array, null: int = 0) -> Whole:
    return np.asarray(settled(_plain(column), pa.int64()).fill_null(null))


def day(column: pa.Array, null: int) -> npt.NDArray[np.int32]:
    """Days from 1970-01-01, of the years 1 to 9999: a day beyond them comes before or after all that is asked."""
    days = _plain(column).cast(pa.date32()).cast(pa.int32())
    return np.asarray(
        pc.max_element_wise(FIRST, pc.min_element_wise(days, LAST, skip_nulls=False), skip_nulls=False).fill_null(null)
    )


def number(column: pa.Array) -> Number:
    """NaN for null and for what is no number one can count with."""
    values = np.asarray(_plain(column).cast(pa.float64()).fill_null(np.nan))
    return np.where(np.isfinite(values), values, np.nan)


def present(column: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(
        column.is_valid() if pa.types.is_dictionary(column.type) else pc.invert(column.is_null(nan_is_null=True))
    )


def words(column: pa.Array, known: Words) -> Narrow:
    """The number of each word, -1 for null; new words are numbered on from those known."""
    coded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column.cast(pa.string()))
    numbers = [-1 if word is None else known.setdefault(word, len(known)) for word in coded.dictionary.to_pylist()]
    found: Narrow = np.array([*numbers, -1], np.int32)[np.asarray(coded.indices.fill_null(-1))]
    return found


def _plain(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
