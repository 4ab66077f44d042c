"""Tables without their keepers: what ``bare(named tuple)`` makes of it, in compiled code alone.

numba hands a tuple of arrays from function to function by value, and counts every array in it in and out, with a lock
on the bus: that took forty times as long as the work itself. Here the tuple becomes one pointer to its fields, and each
array in it a plain pointer to its numbers: ``plan.fits[i]`` as before, but no length, no slices, no row and column.
Whoever calls compiled code holds the arrays for as long as it runs.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel import models
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, register_model
from numba.np.arrayobj import make_array

Tables = TypeVar("Tables")


class Bare(types.Type):
    """The type of what ``bare`` makes."""

    def __init__(self, given: Any) -> None:
        self.given = given
        self.kinds = {
            name: types.CPointer(kind.dtype) if isinstance(kind, types.Array) else kind
            for name, kind in zip(given.fields, given.types, strict=True)
        }
        super().__init__(f"Bare({given})")


@register_model(Bare)
class _Model(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Bare) -> None:
        inner = [manager[one].get_data_type() for one in kind.kinds.values()]
        super().__init__(manager, kind, ir.LiteralStructType(inner).as_pointer())


@infer_getattr
class _Fields(AttributeTemplate):
    key = Bare

    def generic_resolve(self, kind: Bare, name: str) -> Any:  # type: ignore[override]  # its argument has another name there
        return kind.kinds.get(name)


@lower_getattr_generic(Bare)
def _field(context: Any, builder: Any, kind: Bare, value: Any, name: str) -> Any:
    place = list(kind.kinds).index(name)
    return builder.load(cgutils.gep_inbounds(builder, value, 0, place))


def _bare(_: Any, given: Any) -> Any:
    kind = Bare(given)

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        room = cgutils.alloca_once(builder, context.get_value_type(kind).pointee)
        for place, one in enumerate(given.types):
            value = builder.extract_value(arguments[0], place)
            if isinstance(one, types.Array):
                value = make_array(one)(context, builder, value).data
            builder.store(value, cgutils.gep_inbounds(builder, room, 0, place))
        return room

    return kind(given), make


def _lowest(_: Any, word: Any) -> Any:
    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.int64), make


_made: Any = intrinsic

bare: Callable[[Tables], Tables] = _made(_bare)
"""The fields of a named tuple of arrays and numbers, behind one pointer; good while the caller runs."""

lowest: Callable[[int], int] = _made(_lowest)
"""The place of the lowest bit that is set."""
