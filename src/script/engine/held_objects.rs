//! The Python objects in the pages that a thread makes right now.
//!
//! The engine's values may cross threads and Python objects may not: a value holds a number, under which the thread that
//! renders keeps the object until the page is made.

use std::cell::RefCell;

use rustpython_vm::vm::thread::with_current_vm;
use rustpython_vm::{PyObjectRef, VirtualMachine};

use crate::script::engine::interpreter::ThreadInterpreter;
use crate::templates::value::ObjectRepr;

thread_local! {
    static HELD: RefCell<HeldObjects> = const {
        RefCell::new(HeldObjects {
            first: 0,
            objects: Vec::new(),
            pages: 0,
        })
    };
}

/// The objects of the pages that this thread makes right now.
struct HeldObjects {
    first: u64,
    objects: Vec<PyObjectRef>,
    pages: usize,
}

/// Forgets the objects of a page when it is made.
pub(super) struct PageObjects;

impl PageObjects {
    /// Keeps objects until the page is made.
    pub(super) fn begin() -> Self {
        HELD.with_borrow_mut(|held| held.pages += 1);
        Self
    }
}

impl Drop for PageObjects {
    fn drop(&mut self) {
        let unused = HELD.with_borrow_mut(|held| {
            held.pages -= 1;
            if held.pages > 0 {
                return Vec::new();
            }
            held.first += u64::try_from(held.objects.len()).unwrap_or_default();
            std::mem::take(&mut held.objects)
        });
        drop(unused);
    }
}

/// Whether Python has a page made, and will see what its templates raise.
pub(super) fn is_in_page() -> bool {
    HELD.with_borrow(|held| held.pages > 0)
}

/// A Python object in a template.
#[derive(Debug)]
pub(super) struct PythonValue {
    number: u64,
    pub(super) repr: ObjectRepr,
}

impl PythonValue {
    /// Keeps `object` until the page is made.
    pub(super) fn hold(object: &PyObjectRef, repr: ObjectRepr) -> Self {
        let number = HELD.with_borrow_mut(|held| {
            held.objects.push(object.clone());
            held.first + u64::try_from(held.objects.len()).unwrap_or_default() - 1
        });
        Self { number, repr }
    }

    /// The object; `None` when the page is made already.
    pub(super) fn object(&self) -> Option<PyObjectRef> {
        HELD.with_borrow(|held| {
            let index = usize::try_from(self.number.checked_sub(held.first)?).ok()?;
            held.objects.get(index).cloned()
        })
    }

    /// What `ask` says of the object; `None` when the page is made already.
    pub(super) fn ask<T>(&self, ask: impl FnOnce(&PyObjectRef, &VirtualMachine) -> T) -> Option<T> {
        ThreadInterpreter::current()?;
        let object = self.object()?;
        Some(with_current_vm(|vm| ask(&object, vm)))
    }
}
