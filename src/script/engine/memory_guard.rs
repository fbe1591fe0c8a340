//! What asks for more memory at once than there is raises `MemoryError`.
//!
//! Rust ends the process where the system refuses an allocation, and that cannot be caught. So operations whose result
//! may be much larger than what they are given are looked at before they begin: their cost is worked out, and refused
//! where `[server] memory_limit` does not leave as much. Iterators without an end look for the watchdog at each step,
//! so that a native loop over them is ended as code is.

use std::cell::Cell;
use std::sync::OnceLock;

use rustpython_vm::builtins::{PyType, PyTypeRef};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::protocol::{PyIterReturn, PySequence};
use rustpython_vm::{Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::script::engine::allocation_cost::{self, Cost, UNCHECKED};
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::memory_watch;

/// Raises `MemoryError` where `[server] memory_limit` does not leave so many bytes.
fn refuse(bytes: usize, vm: &VirtualMachine) -> PyResult<()> {
    if bytes < UNCHECKED {
        return Ok(());
    }
    let site = ThreadInterpreter::current().map(ThreadInterpreter::site);
    let limit = site.map_or(0, |site| site.settings.server.memory_limit);
    if u64::try_from(bytes).is_ok_and(|bytes| bytes <= memory_watch::bytes_left(limit)) {
        return Ok(());
    }
    let message = format!(
        "{} MiB at once are more than `[server] memory_limit` leaves",
        bytes >> 20
    );
    Err(vm.new_memory_error(message))
}

thread_local! {
    /// Whether the types of this thread are guarded, which all its interpreters share.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Guards what an interpreter of this thread can do.
pub(super) fn guard(vm: &VirtualMachine) -> PyResult<()> {
    if !IS_GUARDED.replace(true) {
        guard_types(vm)?;
    }
    for (module, name, cost) in FUNCTIONS {
        guard_function(module, name, *cost, vm)?;
    }
    Ok(())
}

/// Functions of modules, of which each interpreter has its own.
const FUNCTIONS: &[(&str, &str, Cost)] = &[
    ("posix", "urandom", allocation_cost::first),
    ("_struct", "pack", allocation_cost::digits),
];

fn guard_function(
    module: &'static str,
    name: &'static str,
    cost: Cost,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let module = vm.import(module, 0)?;
    let original = module.get_attr(name, vm)?;
    let guarded = vm.new_function(name, move |args: FuncArgs, vm: &VirtualMachine| {
        refuse(cost(&args), vm)?;
        original.call(args, vm)
    });
    module.set_attr(name, guarded, vm)
}

type Repeat = fn(PySequence<'_>, isize, &VirtualMachine) -> PyResult;
type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;
type Init = fn(PyObjectRef, FuncArgs, &VirtualMachine) -> PyResult<()>;
type Binary = fn(&PyObject, &PyObject, &VirtualMachine) -> PyResult;
type Ternary = fn(&PyObject, &PyObject, &PyObject, &VirtualMachine) -> PyResult;
type NextItem = fn(&PyObject, &VirtualMachine) -> PyResult<PyIterReturn>;

/// Has `$cost` refused before what a slot of a type did is done.
macro_rules! guard_slot {
    ($slot:expr, $type:ty, |$($name:ident: $of:ty),+| -> $result:ty, $cost:expr) => {{
        static ORIGINAL: OnceLock<$type> = OnceLock::new();
        fn guarded($($name: $of,)+ vm: &VirtualMachine) -> PyResult<$result> {
            ($cost)($(&$name,)+ vm)?;
            match ORIGINAL.get() {
                Some(original) => original($($name,)+ vm),
                None => Err(vm.new_system_error("a slot of a type was lost")),
            }
        }
        if let Some(original) = $slot.load() {
            // The same for each thread.
            ORIGINAL.set(original).ok();
            $slot.store(Some(guarded));
        }
    }};
}

macro_rules! guard_repeat {
    ($class:expr) => {{
        guard_repeat!($class, repeat);
        guard_repeat!($class, inplace_repeat);
    }};
    ($class:expr, $slot:ident) => {
        guard_slot!(
            $class.slots.as_sequence.$slot,
            Repeat,
            |sequence: PySequence<'_>, times: isize| -> PyObjectRef,
            |sequence: &PySequence<'_>, times: &isize, vm: &VirtualMachine| {
                refuse(allocation_cost::repeated_sequence(*sequence, *times, vm), vm)
            }
        )
    };
}

macro_rules! guard_binary {
    ($slot:expr, $cost:path) => {
        guard_slot!(
            $slot,
            Binary,
            |left: &PyObject, right: &PyObject| -> PyObjectRef,
            |left: &&PyObject, right: &&PyObject, vm: &VirtualMachine| refuse($cost(left, right), vm)
        )
    };
}

macro_rules! guard_next {
    ($class:expr) => {
        guard_slot!(
            $class.slots.iternext,
            NextItem,
            |iterator: &PyObject| -> PyIterReturn,
            |_: &&PyObject, vm: &VirtualMachine| vm.check_signals()
        )
    };
}

fn guard_types(vm: &VirtualMachine) -> PyResult<()> {
    let types = &vm.ctx.types;
    guard_repeat!(types.str_type);
    guard_repeat!(types.bytes_type);
    guard_repeat!(types.bytearray_type);
    guard_repeat!(types.list_type);
    guard_repeat!(types.tuple_type);
    guard_repeat!(class_of("_collections", "deque", vm)?);
    guard_repeat!(class_of("array", "array", vm)?);
    guard_binary!(
        types.int_type.slots.as_number.lshift,
        allocation_cost::shifted
    );
    guard_binary!(
        types.str_type.slots.as_number.remainder,
        allocation_cost::percent
    );
    guard_binary!(
        types.bytes_type.slots.as_number.remainder,
        allocation_cost::percent
    );
    guard_slot!(
        types.int_type.slots.as_number.power,
        Ternary,
        |base: &PyObject, exponent: &PyObject, modulus: &PyObject| -> PyObjectRef,
        |base: &&PyObject, exponent: &&PyObject, modulus: &&PyObject, vm: &VirtualMachine| {
            let is_whole = vm.is_none(modulus);
            refuse(if is_whole { allocation_cost::power(base, exponent) } else { 0 }, vm)
        }
    );
    guard_slot!(
        types.bytes_type.slots.new,
        New,
        |class: PyTypeRef, args: FuncArgs| -> PyObjectRef,
        |_: &PyTypeRef, args: &FuncArgs, vm: &VirtualMachine| refuse(allocation_cost::first(args), vm)
    );
    guard_slot!(
        types.bytearray_type.slots.init,
        Init,
        |object: PyObjectRef, args: FuncArgs| -> (),
        |_: &PyObjectRef, args: &FuncArgs, vm: &VirtualMachine| refuse(allocation_cost::first(args), vm)
    );
    guard_iterators(vm)?;
    guard_methods(vm)
}

/// Iterators that may have no end, or one that nobody lives to see.
fn guard_iterators(vm: &VirtualMachine) -> PyResult<()> {
    let types = &vm.ctx.types;
    guard_next!(types.callable_iterator);
    guard_next!(types.range_iterator_type);
    guard_next!(types.long_range_iterator_type);
    guard_next!(class_of("itertools", "count", vm)?);
    guard_next!(class_of("itertools", "cycle", vm)?);
    guard_next!(class_of("itertools", "repeat", vm)?);
    guard_next!(class_of("itertools", "product", vm)?);
    guard_next!(class_of("itertools", "permutations", vm)?);
    guard_next!(class_of("itertools", "combinations", vm)?);
    guard_next!(class_of("itertools", "combinations_with_replacement", vm)?);
    Ok(())
}

fn guard_methods(vm: &VirtualMachine) -> PyResult<()> {
    let types = &vm.ctx.types;
    let repeated: [&'static Py<PyType>; 5] = [
        types.str_type,
        types.bytes_type,
        types.bytearray_type,
        types.list_type,
        types.tuple_type,
    ];
    for class in repeated {
        for name in ["__mul__", "__rmul__", "__imul__"] {
            guard_method(class, name, allocation_cost::repeated_self, vm);
        }
    }
    for class in &repeated[..3] {
        for name in ["ljust", "rjust", "center", "zfill"] {
            guard_method(class, name, allocation_cost::width, vm);
        }
        guard_method(class, "expandtabs", allocation_cost::tabs, vm);
        guard_method(class, "join", allocation_cost::joined, vm);
        guard_method(class, "replace", allocation_cost::replaced, vm);
    }
    for class in [types.str_type, types.int_type, types.float_type] {
        guard_method(class, "__format__", allocation_cost::digits, vm);
    }
    guard_method(types.int_type, "to_bytes", allocation_cost::width, vm);
    for (module, class, name, cost) in METHODS {
        guard_method(class_of(module, class, vm)?, name, *cost, vm);
    }
    Ok(())
}

/// Methods of types that are in modules.
const METHODS: &[(&str, &str, &str, Cost)] = &[
    ("_io", "BytesIO", "seek", allocation_cost::place),
    ("_io", "StringIO", "seek", allocation_cost::place),
    ("_io", "FileIO", "read", allocation_cost::width),
    ("_io", "BufferedReader", "read", allocation_cost::width),
    ("_random", "Random", "getrandbits", allocation_cost::bits),
];

/// A type of a module; types live as long as their thread.
fn class_of(
    module: &'static str,
    name: &'static str,
    vm: &VirtualMachine,
) -> PyResult<&'static Py<PyType>> {
    let class = vm.import(module, 0)?.get_attr(name, vm)?;
    let class = class.downcast::<PyType>();
    let class = class.map_err(|_| vm.new_type_error(format!("{module}.{name} is not a type")))?;
    Ok(Box::leak(Box::new(class)))
}

fn guard_method(class: &'static Py<PyType>, name: &'static str, cost: Cost, vm: &VirtualMachine) {
    let interned = vm.ctx.intern_str(name);
    let Some(original) = class.get_attr(interned) else {
        return;
    };
    let guarded = vm.new_method(name, class, move |args: FuncArgs, vm: &VirtualMachine| {
        refuse(cost(&args), vm)?;
        original.call(args, vm)
    });
    class.set_attr(interned, guarded.into());
}
