//! The calls of a query set's native half.

use rustpython_vm::builtins::PyDictRef;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{FromArgs, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine, pyclass};

use crate::db::DatabaseAlias;
use crate::models::expression::{Condition, DateComponent, SetOperation};
use crate::query::Query;
use crate::script::engine::db::conditions::{TreeReader, never};
use crate::script::engine::db::native_query::NativeQuery;
use crate::script::engine::db::rows::RowClass;
use crate::script::engine::db::{
    arguments, change_values, cursor, database, known_paths, prefetches, query_results, related,
};

impl NativeQuery {
    fn changed(&self, change: impl FnOnce(Query) -> Query) -> Self {
        Self {
            query: change(self.query.clone()),
            alias: self.alias.clone(),
        }
    }

    /// What `change` makes of the query with what a reader reads; names in it must lead somewhere.
    fn read(
        &self,
        vm: &VirtualMachine,
        change: impl FnOnce(&TreeReader<'_>, Query) -> PyResult<Query>,
    ) -> PyResult<Self> {
        let site = database::site(vm)?;
        let reader = TreeReader::new(&site, Some(self.query.model()), vm);
        let mut query = change(&reader, self.query.clone())?;
        if reader.has_own_sql.get() {
            query = query.with_own_sql();
        }
        let paths = reader.paths.take();
        known_paths::check(&query, paths, reader.has_text.get(), &site.models, vm)?;
        Ok(Self {
            query,
            alias: self.alias.clone(),
        })
    }
}

/// A statement of one's own, and what its rows are instances of.
#[derive(FromArgs)]
struct RawArgs {
    #[pyarg(positional)]
    sql: String,
    #[pyarg(positional)]
    values: PyObjectRef,
    #[pyarg(positional)]
    class: PyObjectRef,
    #[pyarg(positional)]
    is_plain: bool,
    /// Which columns are which fields, beside those that are called as they are.
    #[pyarg(positional)]
    fields: PyDictRef,
}

#[pyclass]
impl NativeQuery {
    #[pygetset]
    fn db(&self) -> String {
        self.alias.as_str().to_owned()
    }

    #[pygetset]
    fn label(&self, vm: &VirtualMachine) -> PyResult<String> {
        let site = database::site(vm)?;
        let model = site.models.shared(self.query.model());
        Ok(model.map_or_else(|| self.query.model().to_string(), |model| model.label()))
    }

    #[pygetset]
    fn is_sliced(&self) -> bool {
        self.query.is_sliced()
    }

    #[pygetset]
    fn is_combined(&self) -> bool {
        self.query.is_combined()
    }

    #[pygetset]
    fn has_values(&self) -> bool {
        self.query.has_values()
    }

    #[pygetset]
    fn is_distinct(&self) -> bool {
        self.query.is_distinct()
    }

    /// Whether the rows come in an order.
    #[pygetset]
    fn ordered(&self, vm: &VirtualMachine) -> PyResult<bool> {
        let site = database::site(vm)?;
        let model = site.models.shared(self.query.model());
        Ok(model.is_some_and(|model| self.query.is_ordered(model)))
    }

    /// Whether they are rows as they are: chosen by conditions, and nothing is computed of them.
    #[pygetset]
    fn is_plain(&self) -> bool {
        self.query.is_plain()
    }

    /// Whether other rows are read along in queries of their own.
    #[pygetset]
    fn reads_along(&self) -> bool {
        self.query.has_prefetches()
    }

    #[pymethod]
    fn using(&self, alias: String) -> Self {
        Self {
            query: self.query.clone(),
            alias: DatabaseAlias::new(alias),
        }
    }

    #[pymethod]
    fn filter(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        self.read(vm, |reader, query| Ok(query.filter(reader.filter(&args)?)))
    }

    /// The same rows; what the next call of `filter` says of related rows is about any of them.
    #[pymethod]
    fn restarted(&self) -> Self {
        self.changed(Query::restarted)
    }

    #[pymethod]
    fn exclude(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        self.read(vm, |reader, query| {
            let condition = reader.filter(&args)?;
            // As in Django a condition without parts leaves out nothing.
            Ok(if condition == Condition::All(Vec::new()) {
                query
            } else {
                query.exclude(condition)
            })
        })
    }

    #[pymethod]
    fn none(&self) -> Self {
        let whole = self.changed(|query| query);
        if whole.query.is_sliced() || whole.query.is_combined() {
            return self.changed(|query| Query::new(query.model().clone()).filter(never()));
        }
        whole.changed(|query| query.filter(never()))
    }

    #[pymethod]
    fn annotate(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        self.read(vm, |reader, mut query| {
            for (name, expression) in &args.kwargs {
                query = query.annotate(name, reader.expression(expression)?);
            }
            Ok(query)
        })
    }

    #[pymethod]
    fn alias(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        self.read(vm, |reader, mut query| {
            for (name, expression) in &args.kwargs {
                query = query.alias(name, reader.expression(expression)?);
            }
            Ok(query)
        })
    }

    #[pymethod]
    fn values(&self, paths: Vec<String>, vm: &VirtualMachine) -> PyResult<Self> {
        self.read(vm, |reader, query| {
            reader.paths.borrow_mut().extend(paths.iter().cloned());
            Ok(query.values(paths))
        })
    }

    #[pymethod]
    fn order_by(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        self.read(vm, |reader, query| {
            Ok(query.order_by(reader.order_terms(&args.args)?))
        })
    }

    #[pymethod]
    fn in_some_order(&self, vm: &VirtualMachine) -> PyResult<Self> {
        let site = database::site(vm)?;
        let model = site.models.shared(self.query.model());
        Ok(self.changed(|query| match model {
            Some(model) => query.in_some_order(model),
            None => query,
        }))
    }

    #[pymethod]
    fn reverse(&self) -> Self {
        self.changed(Query::reverse)
    }

    #[pymethod]
    fn distinct(&self) -> Self {
        self.changed(Query::distinct)
    }

    #[pymethod]
    fn slice(&self, start: u64, end: Option<u64>) -> Self {
        self.changed(|query| query.slice(start, end))
    }

    /// The rows of this and of others by a set operation.
    #[pymethod]
    fn combine(
        &self,
        operation: String,
        others: Vec<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let operation = match operation.as_str() {
            "union" => SetOperation::Union,
            "union all" => SetOperation::UnionAll,
            "intersection" => SetOperation::Intersection,
            _ => SetOperation::Difference,
        };
        let others = others.iter().map(|other| query_of(other, vm));
        let others = others.collect::<PyResult<Vec<_>>>()?;
        Ok(self.changed(|query| query.combine(operation, others)))
    }

    /// Those that belong to the row of the model called `label` which `value` finds: what it calls `accessor`.
    #[pymethod]
    fn belonging(
        &self,
        label: String,
        accessor: String,
        value: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let query = related::narrowed(self.query.clone(), &label, &accessor, &value, vm)?;
        Ok(self.changed(|_| query))
    }

    /// The rows that this and the other have together: `&`, `|` and `^`.
    #[pymethod]
    fn merge(&self, sign: String, other: PyRef<Self>, vm: &VirtualMachine) -> PyResult<Self> {
        let merged = match sign.as_str() {
            "&" => self.query.clone().and(&other.query),
            "|" => self.query.clone().or(&other.query),
            _ => self.query.clone().xor(&other.query),
        };
        let wrong = || vm.new_type_error("only plain query sets of one model can be combined");
        let query = merged.ok_or_else(wrong)?;
        Ok(self.changed(|_| query))
    }

    #[pymethod]
    fn select_related(&self, paths: Vec<String>) -> Self {
        self.changed(|query| query.select_related(paths))
    }

    #[pymethod]
    fn without_select_related(&self) -> Self {
        self.changed(Query::without_select_related)
    }

    #[pymethod]
    fn prefetch_related(&self, lookups: Vec<PyObjectRef>, vm: &VirtualMachine) -> PyResult<Self> {
        let prefetches = prefetches::prefetches(&lookups, vm)?;
        Ok(self.changed(|query| query.prefetch_related(prefetches)))
    }

    #[pymethod]
    fn without_prefetch_related(&self) -> Self {
        self.changed(Query::without_prefetch_related)
    }

    #[pymethod]
    fn only(&self, names: Vec<String>) -> Self {
        self.changed(|query| query.only(names))
    }

    #[pymethod]
    fn defer(&self, names: Vec<String>) -> Self {
        self.changed(|query| query.defer(names))
    }

    #[pymethod]
    fn without_defer(&self) -> Self {
        self.changed(Query::without_defer)
    }

    /// The days of a field, cut off.
    #[pymethod]
    fn dates(
        &self,
        path: String,
        kind: String,
        descending: bool,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let mut known = DateComponent::ALL.iter();
        let found = known.find(|(name, _)| *name == kind);
        let unit = found.map(|(_, unit)| *unit);
        let unit =
            unit.ok_or_else(|| vm.new_value_error(format!("`{kind}` cannot be cut off to")))?;
        self.read(vm, |reader, query| {
            reader.paths.borrow_mut().push(path.clone());
            Ok(query.dates(&path, unit, descending))
        })
    }

    #[pymethod]
    fn count(&self, vm: &VirtualMachine) -> PyResult<i64> {
        query_results::count(self, vm)
    }

    #[pymethod]
    fn exists(&self, vm: &VirtualMachine) -> PyResult<bool> {
        query_results::exists(self, vm)
    }

    /// The rows as instances of `class`; `is_plain` where they can be made without its help.
    #[pymethod]
    fn rows(&self, class: PyObjectRef, is_plain: bool, vm: &VirtualMachine) -> PyResult {
        query_results::rows(self, RowClass { class, is_plain }, vm)
    }

    /// The values of the rows, each as a dictionary.
    #[pymethod]
    fn dicts(&self, vm: &VirtualMachine) -> PyResult {
        query_results::dicts(self, vm)
    }

    /// The values of the rows, each as a tuple.
    #[pymethod]
    fn tuples(&self, vm: &VirtualMachine) -> PyResult {
        query_results::tuples(self, vm)
    }

    /// The first value of each row.
    #[pymethod]
    fn flat(&self, vm: &VirtualMachine) -> PyResult {
        query_results::flat(self, vm)
    }

    /// The names of the values.
    #[pymethod]
    fn names(&self, vm: &VirtualMachine) -> PyResult {
        Ok(arguments::texts(query_results::names(self, vm)?, vm))
    }

    #[pymethod]
    fn aggregate(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        query_results::aggregate(self, &args, vm)
    }

    #[pymethod]
    fn sql(&self, vm: &VirtualMachine) -> PyResult<String> {
        query_results::sql(self, vm)
    }

    #[pymethod]
    fn explain(&self, vm: &VirtualMachine) -> PyResult<String> {
        query_results::explain(self, vm)
    }

    /// The rows that a statement of one's own selects.
    #[pymethod]
    fn raw(&self, args: RawArgs, vm: &VirtualMachine) -> PyResult {
        let statement = cursor::Statement::new(&args.sql, &args.values, vm)?;
        let class = RowClass {
            class: args.class,
            is_plain: args.is_plain,
        };
        query_results::raw(self, &statement, &args.fields, class, vm)
    }

    /// Gives `instances`, which are rows of the model, what belongs to them.
    #[pymethod]
    fn prefetch(
        &self,
        instances: Vec<PyObjectRef>,
        lookups: Vec<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let prefetches = prefetches::prefetches(&lookups, vm)?;
        let query = self.changed(|query| query.prefetch_related(prefetches));
        query_results::prefetch(&query, &instances, vm)
    }

    #[pymethod]
    fn update(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult<usize> {
        change_values::update(self, &args, vm)
    }

    /// How many rows are gone, and how many of which model.
    #[pymethod]
    fn delete(&self, vm: &VirtualMachine) -> PyResult {
        change_values::delete(self, vm)
    }
}

fn query_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<Query> {
    let found = NativeQuery::of_query_set(object, vm)?;
    found.ok_or_else(|| vm.new_type_error("a set operation joins query sets"))
}
