//! The module `_djr_db`: what `django.db` asks of the site.

pub(in crate::script::engine) use _djr_db::module_def;

#[rustpython_vm::pymodule]
mod _djr_db {
    use rustpython_vm::builtins::{PyDictRef, PyTypeRef};
    use rustpython_vm::class::PyClassImpl as _;
    use rustpython_vm::{FromArgs, PyObjectRef, PyResult, VirtualMachine};

    use crate::db::{Connection, DatabaseAlias, introspection, record_statements};
    use crate::query::Query;
    use crate::script::engine::db::native_query::NativeQuery;
    use crate::script::engine::db::writes::{self, Conflicts};
    use crate::script::engine::db::{
        arguments, change_values, cursor, database, on_commit, recorded, related, transactions,
    };

    #[pyattr(name = "Query")]
    fn query_type(_vm: &VirtualMachine) -> PyTypeRef {
        NativeQuery::make_static_type()
    }

    /// All rows of the model called `label`.
    #[pyfunction]
    fn query(label: String, using: String, vm: &VirtualMachine) -> PyResult<NativeQuery> {
        let site = database::site(vm)?;
        Ok(NativeQuery {
            query: Query::of(change_values::model_of(&site, &label, vm)?),
            alias: DatabaseAlias::new(using),
        })
    }

    /// The names of the databases of the settings.
    #[pyfunction]
    fn aliases(vm: &VirtualMachine) -> PyResult {
        let site = database::site(vm)?;
        let names = site.connections.aliases();
        let names = names.map(|alias| alias.as_str().to_owned());
        Ok(arguments::texts(names.collect(), vm))
    }

    /// How many rows this thread has written to `alias` since it opened it.
    #[pyfunction]
    fn rows_written(alias: String, vm: &VirtualMachine) -> PyResult<i64> {
        let connection = database::connection(&DatabaseAlias::new(alias), vm)?;
        Ok(connection.rows_written())
    }

    /// Has whoever asks the database `alias` on this thread be told `message`; with `None` it may be asked again.
    #[pyfunction]
    fn forbid(alias: String, message: Option<String>) {
        database::forbid(DatabaseAlias::new(alias), message);
    }

    #[pyfunction]
    fn insert(
        label: String,
        values: PyDictRef,
        using: String,
        vm: &VirtualMachine,
    ) -> PyResult<PyDictRef> {
        writes::insert(&label, &values, &DatabaseAlias::new(using), vm)
    }

    #[pyfunction]
    fn update_row(
        label: String,
        key: PyObjectRef,
        values: PyDictRef,
        using: String,
        vm: &VirtualMachine,
    ) -> PyResult<usize> {
        writes::update_row(&label, &key, &values, &DatabaseAlias::new(using), vm)
    }

    /// Rows to be inserted at once.
    #[derive(FromArgs)]
    struct InsertMany {
        #[pyarg(positional)]
        label: String,
        #[pyarg(positional)]
        rows: Vec<PyDictRef>,
        #[pyarg(positional)]
        using: String,
        #[pyarg(any, default = false)]
        ignore_conflicts: bool,
        #[pyarg(any, default = false)]
        update_conflicts: bool,
        #[pyarg(any, default)]
        unique_fields: Vec<String>,
        #[pyarg(any, default)]
        update_fields: Vec<String>,
    }

    #[pyfunction]
    fn insert_many(args: InsertMany, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let conflicts = Conflicts {
            is_ignored: args.ignore_conflicts,
            is_updated: args.update_conflicts,
            unique_fields: args.unique_fields,
            update_fields: args.update_fields,
        };
        let alias = DatabaseAlias::new(args.using);
        writes::insert_many(&args.label, &args.rows, conflicts, &alias, vm)
    }

    #[pyfunction]
    fn delete_rows(
        label: String,
        keys: Vec<PyObjectRef>,
        using: String,
        vm: &VirtualMachine,
    ) -> PyResult {
        writes::delete(&label, &keys, false, &DatabaseAlias::new(using), vm)
    }

    #[pyfunction]
    fn delete_cascade(
        label: String,
        keys: Vec<PyObjectRef>,
        using: String,
        vm: &VirtualMachine,
    ) -> PyResult {
        writes::delete(&label, &keys, true, &DatabaseAlias::new(using), vm)
    }

    /// The attribute of a row by whose value those are found that belong to it.
    #[pyfunction]
    fn related_by(label: String, accessor: String, vm: &VirtualMachine) -> PyResult<String> {
        let site = database::site(vm)?;
        let model = change_values::model_of(&site, &label, vm)?;
        Ok(related::accessor(&site, model, &accessor, vm)?.near_attribute())
    }

    /// Says whether statements are recorded; returns whether they were before.
    #[pyfunction]
    fn record_queries(is_recording: bool) -> bool {
        record_statements(is_recording)
    }

    /// The statements that were recorded, with how long they took.
    #[pyfunction]
    fn recorded_queries(using: String, vm: &VirtualMachine) -> PyResult {
        recorded::queries(&using, vm)
    }

    #[pyfunction]
    fn forget_recorded_queries(using: String) {
        recorded::forget(&using);
    }

    #[pyfunction]
    fn execute(using: String, sql: String, values: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let executed = cursor::execute(&DatabaseAlias::new(using), &sql, &values, vm)?;
        Ok(executed.into_python(vm))
    }

    #[pyfunction]
    fn begin(using: String, vm: &VirtualMachine) -> PyResult<bool> {
        transactions::begin(&DatabaseAlias::new(using), vm)
    }

    #[pyfunction]
    fn commit(using: String, vm: &VirtualMachine) -> PyResult<()> {
        transactions::change(&DatabaseAlias::new(using), vm, Connection::commit)
    }

    #[pyfunction]
    fn rollback(using: String, vm: &VirtualMachine) -> PyResult<()> {
        transactions::change(&DatabaseAlias::new(using), vm, Connection::rollback)
    }

    #[pyfunction]
    fn savepoint(using: String, number: u64, vm: &VirtualMachine) -> PyResult<String> {
        transactions::savepoint(&DatabaseAlias::new(using), number, vm)
    }

    #[pyfunction]
    fn savepoint_commit(using: String, savepoint: String, vm: &VirtualMachine) -> PyResult<()> {
        transactions::end_savepoint(&DatabaseAlias::new(using), &savepoint, false, vm)
    }

    #[pyfunction]
    fn savepoint_rollback(using: String, savepoint: String, vm: &VirtualMachine) -> PyResult<()> {
        transactions::end_savepoint(&DatabaseAlias::new(using), &savepoint, true, vm)
    }

    #[pyfunction]
    fn in_transaction(using: String, vm: &VirtualMachine) -> PyResult<bool> {
        let connection = database::connection(&DatabaseAlias::new(using), vm)?;
        Ok(connection.is_in_transaction())
    }

    #[pyfunction]
    fn needs_rollback(using: String) -> bool {
        database::needs_rollback(&DatabaseAlias::new(using))
    }

    #[pyfunction]
    fn set_needs_rollback(using: String, value: bool) {
        database::set_needs_rollback(&DatabaseAlias::new(using), value);
    }

    #[pyfunction]
    fn call_on_commit(using: String, function: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let alias = DatabaseAlias::new(using);
        let connection = database::connection(&alias, vm)?;
        on_commit::on_commit(&alias, &connection, function, vm)
    }

    #[pyfunction]
    fn waiting_for_commit(using: String) -> Vec<PyObjectRef> {
        on_commit::waiting(&DatabaseAlias::new(using))
    }

    #[pyfunction]
    fn table_names(using: String, vm: &VirtualMachine) -> PyResult {
        let names = database::with(&DatabaseAlias::new(using), vm, |_, connection| {
            Ok(introspection::table_names(connection)?)
        })?;
        Ok(arguments::texts(names, vm))
    }
}
