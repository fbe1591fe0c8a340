//! Errors of the database and of the query layer as Django's exceptions.

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{PyObjectRef, VirtualMachine};

use crate::db::{DatabaseError, DatabaseErrorKind as ErrorKind};
use crate::diagnostic::Diagnostic as _;
use crate::models::expression::AggregateFunction;
use crate::query::QueryError;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::python_error;

/// Django's module of database errors.
const UTILS: &str = "django.db.utils";

/// Django's module of other errors.
const EXCEPTIONS: &str = "django.core.exceptions";

/// An exception of `django.db.utils`.
pub(super) fn database_error(name: &str, message: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
    python_error::exception_of(UTILS, name, message, vm)
}

/// What went wrong in the database, by the names of PEP 249.
pub(super) fn of_database(error: &DatabaseError, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let name = match error.kind() {
        ErrorKind::Integrity => "IntegrityError",
        ErrorKind::Data => "DataError",
        ErrorKind::Programming => "ProgrammingError",
        ErrorKind::Interface => "InterfaceError",
        ErrorKind::UnknownAlias => "ConnectionDoesNotExist",
        ErrorKind::Operational => "OperationalError",
    };
    database_error(name, &error.reason(), vm)
}

/// That the transaction which is open can only be rolled back.
pub(super) fn broken_transaction(vm: &VirtualMachine) -> PyBaseExceptionRef {
    let message =
        "an error broke this transaction: nothing can be asked before the end of its atomic block";
    database_error("TransactionManagementError", message, vm)
}

/// That a test asked a database that it has not named.
pub(super) fn forbidden(message: String, vm: &VirtualMachine) -> PyBaseExceptionRef {
    python_error::exception_of(
        "django.test.simple",
        "DatabaseOperationForbidden",
        &message,
        vm,
    )
}

/// Why a query could not be made or run.
pub(super) fn of_query(error: &QueryError, vm: &VirtualMachine) -> PyBaseExceptionRef {
    if let QueryError::Database(error) = error {
        return of_database(error, vm);
    }
    let message = message(error);
    if is_not_supported(error) {
        return database_error("NotSupportedError", &message, vm);
    }
    match error {
        QueryError::UnselectedOrder(_) | QueryError::NothingUpdated(_) => {
            database_error("DatabaseError", &message, vm)
        }
        QueryError::RefusedCall { .. }
        | QueryError::NotAnAggregate(_)
        | QueryError::AggregateOption { .. }
        | QueryError::UnboundParameter(_) => vm.new_type_error(message),
        QueryError::WrongValue {
            kind: Some(kind), ..
        } if !is_of_numbers(kind) => {
            python_error::exception_of(EXCEPTIONS, "ValidationError", &message, vm)
        }
        QueryError::UnknownName { what, .. } if *what == "relation" => {
            vm.new_attribute_error(message)
        }
        QueryError::WrongValue { .. }
        | QueryError::WrongModel { .. }
        | QueryError::AnnotationConflict { .. }
        | QueryError::AnnotationName(_)
        | QueryError::NotUnique { .. }
        | QueryError::TakenAttribute { .. }
        | QueryError::NoOuterQuery(_)
        | QueryError::UnknownZone(_)
        | QueryError::NotWritable(_)
        | QueryError::NoFields
        | QueryError::NotSupported(_)
        | QueryError::NoLatestBy(_)
        | QueryError::WrongArgument { .. }
        | QueryError::BeyondRelation { .. }
        | QueryError::InvalidDefault(_)
        | QueryError::UnreadableValue { .. } => vm.new_value_error(message),
        QueryError::RawWithoutKey(_) => {
            python_error::exception_of(EXCEPTIONS, "FieldDoesNotExist", &message, vm)
        }
        QueryError::NotFound(_) => {
            python_error::exception_of(EXCEPTIONS, "ObjectDoesNotExist", &message, vm)
        }
        QueryError::Multiple(_) => {
            python_error::exception_of(EXCEPTIONS, "MultipleObjectsReturned", &message, vm)
        }
        QueryError::Protected { .. } => protected(&message, vm),
        _ => python_error::exception_of(EXCEPTIONS, "FieldError", &message, vm),
    }
}

/// Whether Django says of this that SQLite cannot do it.
fn is_not_supported(error: &QueryError) -> bool {
    match error {
        QueryError::RefusedCall { after, .. } => *after == "a set operation",
        // Digits before the point are told as a wrong value.
        QueryError::NotSupported(what) => !what.starts_with("Round"),
        QueryError::WrongArgument { function, .. } => is_aggregate(function),
        QueryError::WrongValue { kind, .. } => *kind == Some("JSONField"),
        _ => false,
    }
}

fn is_aggregate(function: &str) -> bool {
    let mut all = AggregateFunction::ALL.iter();
    all.any(|known| known.name() == function)
}

/// Whether a field of this class says what is not one of its values by `ValueError`, as `int` and `float` do.
fn is_of_numbers(class: &str) -> bool {
    class.ends_with("IntegerField") || class.ends_with("AutoField") || class == "FloatField"
}

/// The error with what it says may help.
fn message(error: &QueryError) -> String {
    let hints = error.hints();
    if hints.is_empty() {
        return error.to_string();
    }
    format!("{error}: {}", hints.join("; "))
}

fn protected(message: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let rows: PyObjectRef = vm.ctx.new_list(Vec::new()).into();
    let this = ThreadInterpreter::current();
    let made = this
        .ok_or_else(|| vm.new_runtime_error("no interpreter runs"))
        .and_then(|this| this.own("django.db.models.deletion", "ProtectedError", vm))
        .and_then(|class| class.call((message.to_owned(), rows), vm));
    let made = made.and_then(|made| {
        let made = made.downcast();
        made.map_err(|_| vm.new_type_error("ProtectedError is not an exception"))
    });
    made.unwrap_or_else(|error| error)
}
