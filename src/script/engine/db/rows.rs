//! Rows as instances of Python's model classes.
//!
//! An instance is made as Django's `from_db` makes it, with the rows that were read along where Django keeps them:
//! single ones in `_state.fields_cache`, several in `_prefetched_objects_cache`, those with a name of their own under it.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use rustpython_vm::builtins::{PyDictRef, PyStrInterned, PyTypeRef};
use rustpython_vm::{AsObject as _, PyObjectRef, PyResult, VirtualMachine};

use crate::db::DatabaseAlias;
use crate::models::{Model, ModelKey, Registry};
use crate::query::{ModelInstance, RelatedAccessor, RelatedRows};
use crate::script::engine::db::value::to_python;
use crate::script::engine::interpreter::ThreadInterpreter;

/// Django's module that knows of these objects.
const QUERY: &str = "django.db.models.query";

/// Makes the instances of one query.
pub(super) struct InstanceMaker<'a> {
    vm: &'a VirtualMachine,
    registry: &'a Registry,
    alias: PyObjectRef,
    /// The names of their own that rows are found under.
    own_names: HashSet<String>,
    classes: RefCell<HashMap<ModelKey, Rc<ModelClass>>>,
    /// Rows that several others share, by their places in memory.
    shared: RefCell<HashMap<*const ModelInstance, PyObjectRef>>,
}

/// What rows are instances of, and whether these are made without its help.
pub(super) struct RowClass {
    pub(super) class: PyObjectRef,
    pub(super) is_plain: bool,
}

/// The class of the instances of a model.
struct ModelClass {
    class: PyTypeRef,
    /// Whether instances are made without its help.
    is_plain: bool,
    /// The attributes of its fields with a column, by the places of the fields.
    attributes: Vec<Attribute>,
}

struct Attribute {
    place: usize,
    name: &'static PyStrInterned,
}

impl<'a> InstanceMaker<'a> {
    /// A maker of instances that were read from `alias`; `own_names` are those of `to_attr`.
    pub(super) fn new<'n>(
        registry: &'a Registry,
        alias: &DatabaseAlias,
        own_names: impl Iterator<Item = &'n str>,
        vm: &'a VirtualMachine,
    ) -> Self {
        Self {
            vm,
            registry,
            alias: vm.ctx.intern_str(alias.as_str()).to_owned().into(),
            own_names: own_names.map(ToOwned::to_owned).collect(),
            classes: RefCell::default(),
            shared: RefCell::default(),
        }
    }

    /// Says what the rows of the model `key` are instances of.
    pub(super) fn set_class(&self, key: &ModelKey, class: RowClass) -> PyResult<()> {
        let vm = self.vm;
        let RowClass { class, is_plain } = class;
        let wrong = |_| vm.new_type_error("rows are instances of a class");
        let class = class.downcast().map_err(wrong)?;
        let fields = self.registry.shared(key).map(|model| &model.fields);
        let fields = fields.into_iter().flatten().enumerate();
        let columns = fields.filter(|(_, field)| field.has_column());
        let attributes = columns.map(|(place, field)| Attribute {
            place,
            name: vm.ctx.intern_str(field.attname()),
        });
        let made = ModelClass {
            class,
            is_plain,
            attributes: attributes.collect(),
        };
        self.classes.borrow_mut().insert(key.clone(), Rc::new(made));
        Ok(())
    }

    fn class_of(&self, model: &Model) -> PyResult<Rc<ModelClass>> {
        let vm = self.vm;
        let key = model.key();
        if let Some(known) = self.classes.borrow().get(&key) {
            return Ok(Rc::clone(known));
        }
        let found = own("class_of_rows", vm)?.call((model.label(),), vm)?;
        let parts = vm.extract_elements_with(&found, Ok)?;
        let [class, is_plain] = parts.as_slice() else {
            return Err(vm.new_type_error("a class of rows is told with how they are made"));
        };
        let class = RowClass {
            class: class.clone(),
            is_plain: is_plain.clone().is_true(vm)?,
        };
        self.set_class(&key, class)?;
        self.class_of(model)
    }

    /// The instances of `rows`, in their order.
    pub(super) fn instances(&self, rows: &[ModelInstance]) -> PyResult<Vec<PyObjectRef>> {
        rows.iter().map(|row| self.instance(row, None)).collect()
    }

    /// The instance of `row`; what it knows under `known` is given to it by others.
    fn instance(&self, row: &ModelInstance, known: Option<&str>) -> PyResult {
        let class = self.class_of(row.model())?;
        let instance = if class.is_plain {
            self.plain(row, &class)?
        } else {
            self.by_class(row, &class)?
        };
        self.give_related(row, &instance, known)?;
        Ok(instance)
    }

    fn plain(&self, row: &ModelInstance, class: &ModelClass) -> PyResult {
        let vm = self.vm;
        let dict = vm.ctx.new_dict();
        dict.set_item("_state", self.state()?, vm)?;
        for Attribute { place, name } in &class.attributes {
            if let Some(value) = row.at(*place) {
                dict.set_item(*name, to_python(value, vm)?, vm)?;
            }
        }
        for (name, value) in row.annotations() {
            dict.set_item(name, to_python(value, vm)?, vm)?;
        }
        Ok(vm.ctx.new_base_object(class.class.clone(), Some(dict)))
    }

    /// The `_state` of a row that is in the database.
    fn state(&self) -> PyResult {
        let vm = self.vm;
        let class = this(vm)?.own("django.db.models.base", "ModelState", vm)?;
        let wrong = |_| vm.new_type_error("ModelState is a class");
        let class: PyTypeRef = class.downcast().map_err(wrong)?;
        let dict = vm.ctx.new_dict();
        dict.set_item("db", self.alias.clone(), vm)?;
        dict.set_item("adding", vm.ctx.new_bool(false).into(), vm)?;
        Ok(vm.ctx.new_base_object(class, Some(dict)))
    }

    fn by_class(&self, row: &ModelInstance, class: &ModelClass) -> PyResult {
        let vm = self.vm;
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for Attribute { place, name } in &class.attributes {
            if let Some(value) = row.at(*place) {
                names.push((*name).to_object());
                values.push(to_python(value, vm)?);
            }
        }
        let names: PyObjectRef = vm.ctx.new_list(names).into();
        let values: PyObjectRef = vm.ctx.new_list(values).into();
        let from_db = class.class.as_object().get_attr("from_db", vm)?;
        let instance = from_db.call((self.alias.clone(), names, values), vm)?;
        for (name, value) in row.annotations() {
            instance.set_attr(vm.ctx.intern_str(name), to_python(value, vm)?, vm)?;
        }
        Ok(instance)
    }

    /// Gives `instance`, which is that of `row`, the rows that were read along.
    pub(super) fn give_related(
        &self,
        row: &ModelInstance,
        instance: &PyObjectRef,
        known: Option<&str>,
    ) -> PyResult<()> {
        let vm = self.vm;
        for (name, related) in row.related_rows() {
            if known == Some(name) {
                continue;
            }
            let back = self.back(row.model(), name);
            let back = back.as_deref();
            let is_own = self.own_names.contains(name);
            match related {
                RelatedRows::One(other) => {
                    let other = match other {
                        Some(other) => self.shared(other, back, instance)?,
                        None => vm.ctx.none(),
                    };
                    if is_own {
                        instance.set_attr(vm.ctx.intern_str(name), other, vm)?;
                    } else {
                        cached_fields(instance, vm)?.set_item(name, other, vm)?;
                    }
                }
                RelatedRows::Many(others) => {
                    let others = others.iter().map(|other| self.other(other, back, instance));
                    let others = vm.ctx.new_list(others.collect::<PyResult<_>>()?);
                    if is_own {
                        instance.set_attr(vm.ctx.intern_str(name), others, vm)?;
                    } else {
                        let name = name.to_owned();
                        own("keep_prefetched", vm)?.call((instance.clone(), name, others), vm)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The name under which rows that belong to one of `model` under `name` know it.
    fn back(&self, model: &Model, name: &str) -> Option<String> {
        let accessor = RelatedAccessor::find(self.registry, model, name);
        accessor.ok().and_then(|accessor| accessor.back)
    }

    fn shared(
        &self,
        row: &Arc<ModelInstance>,
        back: Option<&str>,
        instance: &PyObjectRef,
    ) -> PyResult {
        let place = Arc::as_ptr(row);
        if let Some(known) = self.shared.borrow().get(&place) {
            return Ok(known.clone());
        }
        let other = self.other(row, back, instance)?;
        self.shared.borrow_mut().insert(place, other.clone());
        Ok(other)
    }

    /// The instance of `row`, which knows `instance` as `back`.
    fn other(&self, row: &ModelInstance, back: Option<&str>, instance: &PyObjectRef) -> PyResult {
        let other = self.instance(row, back)?;
        if let Some(back) = back {
            cached_fields(&other, self.vm)?.set_item(back, instance.clone(), self.vm)?;
        }
        Ok(other)
    }
}

fn this(vm: &VirtualMachine) -> PyResult<&'static ThreadInterpreter> {
    ThreadInterpreter::current().ok_or_else(|| vm.new_runtime_error("no interpreter runs"))
}

fn own(name: &str, vm: &VirtualMachine) -> PyResult {
    this(vm)?.own(QUERY, name, vm)
}

/// `instance._state.fields_cache`.
fn cached_fields(instance: &PyObjectRef, vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let state = instance.get_attr("_state", vm)?;
    let wrong = |_| vm.new_type_error("`fields_cache` must be a dict");
    let Some(known) = state.dict() else {
        return state
            .get_attr("fields_cache", vm)?
            .downcast()
            .map_err(wrong);
    };
    if let Some(cache) = known.get_item_opt("fields_cache", vm)? {
        return cache.downcast().map_err(wrong);
    }
    // As the descriptor of the class makes it.
    let cache = vm.ctx.new_dict();
    known.set_item("fields_cache", cache.clone().into(), vm)?;
    Ok(cache)
}
