//! Schemas of the shape of well-known programs: taken over, then changed on filled tables, without loss.

mod edit;
mod schemas;

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::adoption::{adopted, sql};
use crate::support::Project;
use edit::{Edit, Remove, Rename};

/// The rows of each table by column, each with its type, in an order of their own.
type Rows = BTreeMap<String, BTreeMap<String, Vec<String>>>;

fn rows(file: &Connection) -> Rows {
    let mut found = Rows::new();
    let tables = "SELECT name FROM pragma_table_list WHERE type IN ('table', 'virtual') AND schema = 'main' \
         AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'django%' AND name NOT LIKE 'auth%' AND name NOT LIKE 'djr%'";
    for table in strings(file, tables) {
        let columns = format!("SELECT name FROM pragma_table_xinfo('{table}') WHERE hidden <> 1");
        let computed = format!("SELECT name FROM pragma_table_xinfo('{table}') WHERE hidden > 1");
        let computed = ("(computed)".to_owned(), strings(file, &computed));
        let columns = strings(file, &columns).into_iter().map(|column| {
            let sql = format!("SELECT typeof(\"{column}\") || ' ' || quote(\"{column}\") FROM \"{table}\" ORDER BY rowid");
            let by_key = sql.replace(" ORDER BY rowid", "");
            let statement = if file.prepare(&sql).is_ok() { sql } else { by_key };
            (column.to_lowercase(), strings(file, &statement))
        });
        let columns = columns.chain([computed]).collect();
        found.insert(table, columns);
    }
    found
}

/// The names of triggers, views and declared indexes.
fn objects(file: &Connection) -> Vec<String> {
    let sql = "SELECT type || ' ' || name FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL \
         AND tbl_name NOT LIKE 'auth%' AND tbl_name NOT LIKE 'django%' ORDER BY 1";
    strings(file, sql)
}

fn strings(file: &Connection, sql: &str) -> Vec<String> {
    let mut statement = file.prepare(sql).unwrap();
    let rows = statement.query_map((), |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// Takes a schema over, makes the changes one after the other, and compares what was there before.
fn survives(script: &str, edits: &[Edit]) -> Project {
    let project = adopted(&sql(script));
    project.djr(["check", "--database"]).success();
    let file = project.database();
    let (before, objects_before) = (rows(&file), objects(&file));
    let broken_before = strings(&file, "SELECT \"table\" FROM pragma_foreign_key_check");
    drop(file);
    for edit in edits {
        edit.make_migrations(&project);
        project.djr(["migrate"]).success();
    }
    project.djr(["check", "--database"]).success();
    let file = project.database();
    let after = rows(&file);
    for (table, columns) in &before {
        assert!(!after[table].contains_key("rowid"), "{table}");
        for (column, values) in columns {
            compare(edits, column, values, &after[table]);
        }
    }
    let objects_after = objects(&file);
    for object in &objects_before {
        assert!(objects_after.contains(object), "{object} is gone");
        if let Some(view) = object.strip_prefix("view ") {
            file.prepare(&format!("SELECT * FROM \"{view}\"")).unwrap();
        }
    }
    assert_eq!(strings(&file, "PRAGMA integrity_check"), ["ok"]);
    let broken = strings(&file, "SELECT \"table\" FROM pragma_foreign_key_check");
    assert_eq!(broken, broken_before);
    drop(file);
    project
}

fn compare(edits: &[Edit], column: &str, values: &[String], after: &BTreeMap<String, Vec<String>>) {
    let mut name = column.to_owned();
    for edit in edits {
        match edit {
            Rename(_, _, [old, new])
                if !after.contains_key(&name) && old.eq_ignore_ascii_case(&name) =>
            {
                name = new.to_lowercase();
            }
            Remove(_, _, removed)
                if !after.contains_key(&name) && removed.eq_ignore_ascii_case(&name) =>
            {
                return;
            }
            _ => {}
        }
    }
    let found = after.get(&name);
    assert_eq!(found.map(Vec::as_slice), Some(values), "{name}");
}
