//! `filter(title__startswith="A")` and `Q` as conditions.

use std::cell::{Cell, RefCell};

use rustpython_vm::builtins::{PyInt, PyStr, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::clock::Zone;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::models::{FieldKind, Literal, ModelKey};
use crate::script::PythonSite;
use crate::script::engine::db::native_query::NativeQuery;
use crate::script::engine::db::{arguments, value};
use crate::values::{FieldValue, to_literal};

/// Reads what Python says of the rows of one model.
pub(super) struct TreeReader<'a> {
    pub(super) vm: &'a VirtualMachine,
    site: &'a PythonSite,
    pub(super) zone: &'a Zone,
    model: Option<&'a ModelKey>,
    /// The paths that were named, to be looked at when all is read.
    pub(super) paths: RefCell<Vec<String>>,
    /// Whether a value must be looked at whose kind the path alone does not say.
    pub(super) has_text: Cell<bool>,
    /// Whether there is SQL of somebody's own.
    pub(super) has_own_sql: Cell<bool>,
}

impl<'a> TreeReader<'a> {
    /// A reader of what is said of rows of `model`.
    pub(super) fn new(
        site: &'a PythonSite,
        model: Option<&'a ModelKey>,
        vm: &'a VirtualMachine,
    ) -> Self {
        Self {
            vm,
            site,
            zone: &site.settings.project.time_zone,
            model,
            paths: RefCell::default(),
            has_text: Cell::default(),
            has_own_sql: Cell::default(),
        }
    }

    /// The condition that the arguments of `filter` say.
    pub(super) fn filter(&self, arguments: &FuncArgs) -> PyResult<Condition> {
        let mut parts = Vec::with_capacity(arguments.args.len() + arguments.kwargs.len());
        for argument in &arguments.args {
            parts.push(self.condition(argument)?);
        }
        for (key, value) in &arguments.kwargs {
            parts.push(self.comparison(key, value)?);
        }
        Ok(joined(parts))
    }

    /// The condition in `object`: a `Q`, a pair of a lookup and a value, or an expression that is true or not.
    pub(super) fn condition(&self, object: &PyObjectRef) -> PyResult<Condition> {
        let vm = self.vm;
        if let Some(pair) = object.downcast_ref::<PyTuple>()
            && let [key, value] = pair.as_slice()
        {
            return self.comparison(&arguments::text_of(key, vm)?, value);
        }
        match arguments::form(object, vm).as_deref() {
            Some("Q") => self.combined(object),
            Some("Negated") => {
                let inner = self.condition(&object.get_attr("expression", vm)?)?;
                Ok(Condition::Not(Box::new(inner)))
            }
            Some("Lookup") if !arguments::is_true(object, "_djr_is_own", vm)? => {
                self.lookup(object)
            }
            Some(_) => Ok(Condition::Holds(Box::new(self.expression(object)?))),
            None if object.is(&vm.ctx.true_value) => Ok(Condition::All(Vec::new())),
            None if object.is(&vm.ctx.false_value) => Ok(never()),
            None => {
                let class = object.class().name().to_owned();
                let message = format!(
                    "a condition is made of lookups, Q and expressions, and not of {class}"
                );
                Err(vm.new_type_error(message))
            }
        }
    }

    fn combined(&self, object: &PyObject) -> PyResult<Condition> {
        let vm = self.vm;
        let children = arguments::list(object, "children", vm)?;
        let parts = children.iter().map(|child| self.condition(child));
        let parts = parts.collect::<PyResult<Vec<_>>>()?;
        let condition = match arguments::text(object, "connector", vm)?.as_str() {
            "OR" if parts.len() > 1 => Condition::Any(parts),
            "XOR" if parts.len() > 1 => Condition::Xor(parts),
            _ => joined(parts),
        };
        let is_empty = condition == Condition::All(Vec::new());
        Ok(if !is_empty && arguments::is_true(object, "negated", vm)? {
            Condition::Not(Box::new(condition))
        } else {
            condition
        })
    }

    /// A lookup that is an expression: `GreaterThan(F("price"), 3)`.
    fn lookup(&self, object: &PyObject) -> PyResult<Condition> {
        let vm = self.vm;
        let left = object.get_attr("lhs", vm)?;
        let name = arguments::text(object, "lookup_name", vm)?;
        if arguments::form(&left, vm).as_deref() != Some("F") {
            let message = format!(
                "the left side of `{name}` must be an F here: annotate the value, and name it"
            );
            return Err(vm.new_type_error(message));
        }
        let field = arguments::text(&left, "name", vm)?;
        self.comparison(&format!("{field}__{name}"), &object.get_attr("rhs", vm)?)
    }

    /// `key`, which may end with a lookup, and the value on its right side.
    fn comparison(&self, key: &str, right: &PyObjectRef) -> PyResult<Condition> {
        let vm = self.vm;
        let named = key.rsplit_once("__");
        let named = named.and_then(|(path, last)| Some((path, Lookup::named(last)?)));
        let (path, lookup) = named.unwrap_or((key, Lookup::Exact));
        self.paths.borrow_mut().push(path.to_owned());
        if vm.is_none(right) && !matches!(lookup, Lookup::Exact | Lookup::IExact) {
            let message = if lookup == Lookup::IsNull {
                "`isnull` is compared with True or False"
            } else {
                "`None` can only be looked for by `exact`; `isnull` says the same"
            };
            return Err(vm.new_value_error(message));
        }
        if lookup == Lookup::IsNull && !is_boolean(right, vm) {
            return Err(vm.new_value_error("`isnull` is compared with True or False"));
        }
        let form = arguments::form(right, vm);
        let is_query = form.is_some_and(|form| form == "QuerySet" || form == "Template");
        let operands = if lookup.takes_list() && !is_query {
            match self.listed(path, lookup, right)? {
                Some(operands) => operands,
                None => return Ok(never()),
            }
        } else if let Some(bound) = beyond(right) {
            return Ok(out_of_range(path, lookup, bound));
        } else {
            vec![self.operand(path, right)?]
        };
        Ok(Condition::Compare(Comparison {
            field: path.to_owned(),
            lookup,
            operands,
        }))
    }

    /// The operands of a lookup that takes several; none where they are all beyond what the database has.
    fn listed(
        &self,
        path: &str,
        lookup: Lookup,
        right: &PyObject,
    ) -> PyResult<Option<Vec<Expression>>> {
        let vm = self.vm;
        let elements = arguments::elements(right, vm)?;
        let is_range = lookup == Lookup::Range;
        if is_range && elements.len() != 2 {
            return Err(vm.new_value_error("`range` takes two values"));
        }
        let mut operands = Vec::with_capacity(elements.len());
        for element in &elements {
            if lookup == Lookup::In && (vm.is_none(element) || beyond(element).is_some()) {
                continue;
            }
            match beyond(element) {
                Some(bound) => {
                    let end = if bound == Bound::Above {
                        i64::MAX
                    } else {
                        i64::MIN
                    };
                    operands.push(Expression::Value(Literal::Integer(end)));
                }
                None => operands.push(self.operand(path, element)?),
            }
        }
        Ok(Some(operands))
    }

    /// What the field at `path` is compared with.
    fn operand(&self, path: &str, object: &PyObjectRef) -> PyResult<Expression> {
        let vm = self.vm;
        if object.downcast_ref::<PyStr>().is_none() && object.downcast_ref::<PyInt>().is_none() {
            if let Some(query) = NativeQuery::of_query_set(object, vm)? {
                return Ok(Expression::subquery(query.into()));
            }
            if arguments::form(object, vm).is_some() {
                return self.expression(object);
            }
            if let Some(key) = self.key_of(path, object)? {
                return Ok(Expression::Value(key));
            }
        }
        let literal = self.literal(object)?;
        if !self.is_of_path(path, &literal) {
            self.has_text.set(true);
        }
        Ok(Expression::Value(literal))
    }

    /// Whether every value like `literal` can stand beside the field at `path`.
    fn is_of_path(&self, path: &str, literal: &Literal) -> bool {
        let model = self.model.and_then(|model| self.site.models.shared(model));
        let Some(field) = model.and_then(|model| match path {
            "pk" => model.primary_key(),
            _ => model.field(path),
        }) else {
            return false;
        };
        let kind = &field.kind;
        match literal {
            Literal::Null => true,
            Literal::Integer(_) => kind.is_integer(),
            Literal::String(_) => {
                matches!(
                    kind,
                    FieldKind::Char { .. } | FieldKind::Text { .. } | FieldKind::Slug { .. }
                )
            }
            _ => false,
        }
    }

    /// A value that no field says the kind of.
    pub(super) fn literal(&self, object: &PyObject) -> PyResult<Literal> {
        let found = value::of_object(object, self.zone, self.vm)?;
        Ok(match found {
            FieldValue::Text(text) => Literal::String(text),
            other => to_literal(&other),
        })
    }

    /// Where `object` is an instance of a model: what a reference at `path` to it holds.
    fn key_of(&self, path: &str, object: &PyObject) -> PyResult<Option<Literal>> {
        let vm = self.vm;
        let is_instance = vm.get_attribute_opt(object.to_owned(), "_state")?.is_some()
            && vm.get_attribute_opt(object.to_owned(), "_meta")?.is_some();
        if !is_instance {
            return Ok(None);
        }
        let attribute = self.referred_field(path).unwrap_or_else(|| "pk".to_owned());
        let key = object.get_attr(&*vm.ctx.new_str(attribute), vm)?;
        if vm.is_none(&key) {
            let message = "an object that rows are looked for by must be saved before";
            return Err(vm.new_value_error(message));
        }
        self.literal(&key).map(Some)
    }

    /// The field that the reference at `path` leads to, where that is not the primary key.
    fn referred_field(&self, path: &str) -> Option<String> {
        let registry = &self.site.models;
        let mut model = registry.shared(self.model?)?.as_ref();
        let mut names = path.split("__").peekable();
        while let Some(name) = names.next() {
            let field = model.field(name)?;
            let relation = field.relation()?;
            if names.peek().is_none() {
                return relation.to_field.clone();
            }
            model = crate::models::ModelSet::target(registry.as_ref(), &relation.to)?;
        }
        None
    }
}

/// One condition stands for itself.
fn joined(mut parts: Vec<Condition>) -> Condition {
    match parts.len() {
        1 => parts.remove(0),
        _ => Condition::All(parts),
    }
}

/// A condition that holds for no row.
pub(super) fn never() -> Condition {
    Condition::Compare(Comparison {
        field: "pk".to_owned(),
        lookup: Lookup::In,
        operands: Vec::new(),
    })
}

fn is_boolean(object: &PyObject, vm: &VirtualMachine) -> bool {
    object.is(&vm.ctx.true_value) || object.is(&vm.ctx.false_value)
}

/// On which side of the numbers that the database has a number lies.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Bound {
    Below,
    Above,
}

fn beyond(object: &PyObject) -> Option<Bound> {
    let number = object.downcast_ref::<PyInt>()?.as_bigint();
    if i64::try_from(number).is_ok() {
        return None;
    }
    let is_negative = number.to_string().starts_with('-');
    Some(if is_negative {
        Bound::Below
    } else {
        Bound::Above
    })
}

/// A field compared with a number that no row can hold: all rows with a value, or none.
fn out_of_range(path: &str, lookup: Lookup, bound: Bound) -> Condition {
    let is_all = match lookup {
        Lookup::Lt | Lookup::Lte => bound == Bound::Above,
        Lookup::Gt | Lookup::Gte => bound == Bound::Below,
        _ => false,
    };
    if is_all {
        Condition::Compare(Comparison::is_there(path))
    } else {
        never()
    }
}
