//! Locks that `djr users unlock` lifts.
//!
//! The server alone knows whom it refuses, in its memory. A command writes into a table whom to let in again, and
//! the server looks into that table before it refuses anybody.

use std::net::IpAddr;

use crate::db::sql::{
    CreateTable, DeleteStatement, InsertStatement, OrderBy, SelectStatement, SqlColumnType,
    SqlExpression, SqlLookup, SqlStatement as _,
};
use crate::db::{Connection, DatabaseError, Row};

const TABLE: &str = "djr_auth_unlocks";

/// Rows that are kept: more than anybody lifts between two refusals.
const KEPT: i64 = 10_000;

/// A lock that is lifted.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Unlock {
    /// The account, normalised; none for all that an address may do.
    pub account: Option<String>,
    /// Where attempts come from; none for an account wherever they come from.
    pub address: Option<IpAddr>,
}

/// A lock that a command lifted, in the order of the table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RequestedUnlock {
    /// Its number; later ones are higher.
    pub id: i64,
    /// The lock.
    pub unlock: Unlock,
}

/// Has every server on this database lift `unlocks`.
pub fn request_unlocks(connection: &Connection, unlocks: &[Unlock]) -> Result<(), DatabaseError> {
    connection.transaction(|connection| {
        if !connection.has_table(TABLE)? {
            CreateTable::new(TABLE)
                .key_column("id", SqlColumnType::Integer)
                .column("account", SqlColumnType::Text)
                .column("address", SqlColumnType::Text)
                .execute(connection)?;
        }
        for unlock in unlocks {
            let account = unlock.account.clone().unwrap_or_default();
            let address = unlock.address.map(|address| address.to_string());
            InsertStatement::into(TABLE)
                .columns(["account", "address"])
                .row([
                    SqlExpression::value(account),
                    SqlExpression::value(address.unwrap_or_default()),
                ])
                .execute(connection)?;
        }
        let last = SqlExpression::value(connection.last_insert_id() - KEPT);
        let old = SqlExpression::column("id").compare(SqlLookup::Lte, last);
        DeleteStatement::from(TABLE)
            .filter(old)
            .execute(connection)?;
        Ok(())
    })
}

/// The locks that were lifted after the one of number `seen`.
pub fn unlocks_after(
    connection: &Connection,
    seen: i64,
) -> Result<Vec<RequestedUnlock>, DatabaseError> {
    let newer = SqlExpression::column("id").compare(SqlLookup::Gt, SqlExpression::value(seen));
    let rows = SelectStatement::from(TABLE)
        .columns(["id", "account", "address"])
        .filter(newer)
        .order_by(OrderBy::ascending(SqlExpression::column("id")))
        .rows(connection);
    match rows {
        Ok(rows) => rows.iter().map(requested).collect(),
        // Nobody ever lifted a lock.
        Err(error) if error.is_missing_table() => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn requested(row: &Row) -> Result<RequestedUnlock, DatabaseError> {
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    let (account, address) = (given(row.get(1)?), given(row.get(2)?));
    Ok(RequestedUnlock {
        id: row.get(0)?,
        unlock: Unlock {
            account,
            address: address.and_then(|address| address.parse().ok()),
        },
    })
}
