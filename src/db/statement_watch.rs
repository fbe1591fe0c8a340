//! What the connections of a thread run, told to who watches: the log of statements, the panel of a page.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::db::literal::sql_literal;
use crate::db::{DatabaseAlias, SqlValue};

/// A statement that ran.
#[derive(Clone, Debug)]
pub struct ExecutedStatement {
    /// Its text.
    pub sql: String,
    /// The values in its places.
    pub values: Vec<SqlValue>,
    /// The database it ran on.
    pub alias: DatabaseAlias,
    /// How long it took, its rows read.
    pub duration: Duration,
    /// Whether it failed.
    pub failed: bool,
    /// Why it ran, where that is known: see [`with_statement_cause`].
    pub cause: Option<Arc<str>>,
}

impl ExecutedStatement {
    /// Whether it reads or changes rows, so that there is a plan for it.
    pub fn has_plan(&self) -> bool {
        let first = self.sql.split_whitespace().next().unwrap_or_default();
        let words = ["SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"];
        words.iter().any(|word| first.eq_ignore_ascii_case(word))
    }

    /// The statement with its values in their places, whole.
    pub fn with_values(&self) -> String {
        let mut values = self.values.iter();
        let mut written = String::with_capacity(self.sql.len());
        let mut quote = None;
        let mut letters = self.sql.chars().peekable();
        while let Some(letter) = letters.next() {
            match (quote, letter) {
                (None, '\'' | '"') => quote = Some(letter),
                (Some(open), _) if open == letter => quote = None,
                (None, '?') => {
                    let mut number = String::new();
                    while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                        number.push(digit);
                    }
                    let value = match number.parse::<usize>() {
                        Ok(number) => self.values.get(number.wrapping_sub(1)),
                        Err(_) => values.next(),
                    };
                    written.push_str(&value.map_or_else(String::new, whole_literal));
                    continue;
                }
                _ => {}
            }
            written.push(letter);
        }
        written
    }

    /// The values as they are written in SQL, long ones cut.
    pub fn literals(&self) -> Vec<String> {
        self.values.iter().map(sql_literal).collect()
    }
}

fn whole_literal(value: &SqlValue) -> String {
    match value {
        SqlValue::Text(text) => format!("'{}'", text.replace('\'', "''")),
        other => sql_literal(other),
    }
}

/// Is told of each statement when it has run.
type Observer = Rc<dyn Fn(ExecutedStatement)>;

thread_local! {
    /// Whether somebody watches: all that a statement costs while nobody does.
    static IS_WATCHED: Cell<bool> = const { Cell::new(false) };
    static OBSERVER: RefCell<Option<Observer>> = const { RefCell::new(None) };
    /// Whether statements are recorded.
    static IS_RECORDING: Cell<bool> = const { Cell::new(false) };
    static RECORDED: RefCell<VecDeque<ExecutedStatement>> = const { RefCell::new(VecDeque::new()) };
    /// Why statements run now.
    static CAUSE: RefCell<Option<Arc<str>>> = const { RefCell::new(None) };
}

/// Does `work`; who watches is told `cause` with each statement of it.
pub fn with_statement_cause<T>(cause: Option<&Arc<str>>, work: impl FnOnce() -> T) -> T {
    if cause.is_none() || !IS_WATCHED.get() {
        return work();
    }
    let before = CAUSE.replace(cause.cloned());
    let result = work();
    CAUSE.replace(before);
    result
}

/// Does `work`, and tells `observer` of each statement that connections of this thread run meanwhile.
///
/// Statements that the observer itself runs are not told.
pub fn watch_statements<T>(
    observer: impl Fn(ExecutedStatement) + 'static,
    work: impl FnOnce() -> T,
) -> T {
    let _restore = Restore(set_observer(Some(Rc::new(observer))));
    work()
}

fn set_observer(observer: Option<Observer>) -> Option<Observer> {
    IS_WATCHED.set(observer.is_some() || IS_RECORDING.get());
    OBSERVER.replace(observer)
}

/// How many statements are kept that were recorded.
const RECORDED_AT_MOST: usize = 9000;

/// Says whether the statements that connections of this thread run from now on are recorded; returns whether they
/// were before.
pub fn record_statements(is_recording: bool) -> bool {
    let was_recording = IS_RECORDING.replace(is_recording);
    IS_WATCHED.set(is_recording || OBSERVER.with_borrow(Option::is_some));
    was_recording
}

/// Does `work` with the statements that were recorded on this thread; it may forget them.
pub fn with_recorded_statements<T>(work: impl FnOnce(&mut VecDeque<ExecutedStatement>) -> T) -> T {
    RECORDED.with_borrow_mut(work)
}

/// Puts the observer back that was there before, however the work ends.
struct Restore(Option<Observer>);

impl Drop for Restore {
    fn drop(&mut self) {
        drop(set_observer(self.0.take()));
    }
}

/// Runs a statement and tells who watches.
pub(super) fn watched<T, E>(
    alias: &DatabaseAlias,
    sql: &str,
    values: &[SqlValue],
    run: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    if !IS_WATCHED.get() {
        return run();
    }
    let started = Instant::now();
    let outcome = run();
    let statement = ExecutedStatement {
        sql: sql.to_owned(),
        values: values.to_vec(),
        alias: alias.clone(),
        duration: started.elapsed(),
        failed: outcome.is_err(),
        cause: CAUSE.with_borrow(Clone::clone),
    };
    tell(statement);
    outcome
}

fn tell(statement: ExecutedStatement) {
    if IS_RECORDING.get() {
        RECORDED.with_borrow_mut(|recorded| {
            if recorded.len() == RECORDED_AT_MOST {
                recorded.pop_front();
            }
            recorded.push_back(statement.clone());
        });
    }
    let observer = set_observer(None);
    IS_WATCHED.set(false);
    if let Some(observer) = &observer {
        observer(statement);
    }
    drop(set_observer(observer));
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;
    use std::time::Duration;

    use super::watch_statements;
    use crate::db::{Connection, Database, Durability};

    fn connection() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(5));
        let transaction = database.open_for_migrations().unwrap();
        transaction.execute("CREATE TABLE a (x)", &[]).unwrap();
        transaction.commit().unwrap();
        let connection = database.open(Durability::Normal).unwrap();
        (folder, connection)
    }

    #[test]
    fn tells_statements_with_values_and_errors_and_none_of_its_own() {
        let (_folder, connection) = connection();
        let connection = Rc::new(connection);
        let seen = Rc::new(RefCell::new(Vec::new()));
        let (inner, told) = (Rc::clone(&connection), Rc::clone(&seen));
        let observer = move |statement: super::ExecutedStatement| {
            inner.query("SELECT 1", &[]).unwrap();
            let values = statement.literals();
            told.borrow_mut()
                .push((statement.sql, values, statement.failed));
        };
        connection.query("SELECT 0", &[]).unwrap();
        watch_statements(observer, || {
            connection
                .execute("INSERT INTO a VALUES (?)", &["it's".into()])
                .unwrap();
            connection.query("SELECT nothing FROM a", &[]).unwrap_err();
        });
        connection.query("SELECT 2", &[]).unwrap();
        let insert = "INSERT INTO a VALUES (?)".to_owned();
        let expected = [
            (insert, vec!["'it''s'".to_owned()], false),
            ("SELECT nothing FROM a".to_owned(), vec![], true),
        ];
        assert_eq!(*seen.borrow(), expected);
    }

    #[test]
    fn what_is_recorded_stays_until_it_is_forgotten() {
        let (_folder, connection) = connection();
        let insert = "INSERT INTO a VALUES (?), ('?'), (?1)";
        assert!(!super::record_statements(true));
        connection.execute(insert, &["it's".into()]).unwrap();
        assert!(super::record_statements(false));
        connection.query("SELECT 1", &[]).unwrap();
        let written = super::with_recorded_statements(|recorded| {
            recorded
                .drain(..)
                .map(|one| one.with_values())
                .collect::<Vec<_>>()
        });
        assert_eq!(
            written,
            ["INSERT INTO a VALUES ('it''s'), ('?'), ('it''s')"]
        );
    }

    #[test]
    fn a_panic_leaves_nobody_watching() {
        let (_folder, connection) = connection();
        let count = Rc::new(RefCell::new(0));
        let told = Rc::clone(&count);
        let work = std::panic::AssertUnwindSafe(|| {
            watch_statements(move |_| *told.borrow_mut() += 1, || panic!("expected"));
        });
        std::panic::catch_unwind(work).unwrap_err();
        connection.query("SELECT 1", &[]).unwrap();
        assert_eq!(*count.borrow(), 0);
    }

    #[test]
    fn a_plan_says_how_rows_are_found() {
        let (_folder, connection) = connection();
        let plan = connection.query_plan("SELECT x FROM a WHERE x = ?", &[1.into()]);
        assert_eq!(plan.unwrap(), ["SCAN a"]);
        assert!(connection.query_plan("SELECT", &[]).is_err());
    }
}
