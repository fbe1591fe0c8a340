//! Plans of statements that stay the same whatever values are bound.

use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// What has plans depend on values: an index of some rows only, which serves the statement that names the same value
/// as its condition, and columns that do not tell cases apart, in which a pattern may be looked up.
const DEPENDS_ON_VALUES: &str = "SELECT EXISTS (SELECT 1 FROM sqlite_master \
     WHERE type = 'index' AND sql LIKE '%WHERE%' OR sql LIKE '%NOCASE%')";

/// Has statements keep their plans, where no value could make a difference.
///
/// SQLite plans a statement anew each time that it runs, if it compares a column with a value that is bound: the
/// value might be one that is frequent. That takes as long as finding a row by its key, and more for several tables.
pub(super) fn keep_plans(connection: &Connection) -> rusqlite::Result<()> {
    let depends: bool = connection.query_row(DEPENDS_ON_VALUES, [], |row| row.get(0))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, !depends)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::keep_plans;

    const QUERY: &str = "SELECT a.x FROM a JOIN b ON b.id = a.b_id WHERE a.id = ? ORDER BY a.x";

    fn database(more: &str) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let tables = "CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT, b_id INTEGER); \
                      CREATE TABLE b (id INTEGER PRIMARY KEY); CREATE INDEX ax ON a (x);";
        connection
            .execute_batch(&format!("{tables}{more}"))
            .unwrap();
        connection
    }

    fn planned_anew(connection: &rusqlite::Connection) -> i32 {
        let run = |id: i64| {
            let mut statement = connection.prepare_cached(QUERY).unwrap();
            let rows = statement.query_map([id], |row| row.get::<_, String>(0));
            assert_eq!(rows.unwrap().count(), 0);
            statement.get_status(StatementStatus::RePrepare)
        };
        (1..5).map(run).last().unwrap()
    }

    #[test]
    fn a_statement_is_planned_once() {
        let connection = database("");
        assert!(
            planned_anew(&connection) > 0,
            "SQLite itself keeps plans now"
        );
        connection.flush_prepared_statement_cache();
        keep_plans(&connection).unwrap();
        assert_eq!(planned_anew(&connection), 0);
    }

    #[test]
    fn a_value_that_an_index_is_made_for_finds_it() {
        let connection = database("CREATE INDEX some ON a (b_id) WHERE x = 'open';");
        keep_plans(&connection).unwrap();
        let sql = "EXPLAIN QUERY PLAN SELECT id FROM a WHERE b_id = ? AND x = ? ORDER BY b_id";
        let mut statement = connection.prepare(sql).unwrap();
        let plan: String = statement.query_row((1, "open"), |row| row.get(3)).unwrap();
        assert!(plan.contains("some"), "{plan}");
    }
}
