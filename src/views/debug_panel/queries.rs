//! The statements of a request: grouped, with their plans, and without what is secret.

use std::collections::HashMap;

use crate::db::ExecutedStatement;
use crate::templates::value::{Value, map};
use crate::views::Request;
use crate::views::debug_panel::trace::NotedEvents;
use crate::views::request_report::{MASK, shown};

/// Statements whose plan is asked for.
const MOST_PLANS: usize = 50;

/// Letters of a secret that is looked for: shorter ones stand in anything.
const SHORTEST_SECRET: usize = 6;

/// The statements as the panel shows them; values that hold one of `secrets` are masked.
pub(super) fn queries(
    request: &Request<'_>,
    noted: &NotedEvents,
    secrets: &[String],
) -> Vec<Value> {
    let counts: HashMap<_, _> = counted(statements(noted)).into_iter().collect();
    let mut plans: HashMap<&str, Vec<String>> = HashMap::new();
    let shown = noted.statements.iter().map(|statement| {
        let sql = statement.sql.as_str();
        if plans.len() < MOST_PLANS && !plans.contains_key(sql) {
            plans.insert(sql, plan(request, statement));
        }
        let times = counts.get(sql).copied().unwrap_or(1);
        let params = statement.literals();
        let params = params.iter().map(|param| without_secrets(param, secrets));
        map([
            ("sql", Value::from(sql)),
            ("params", Value::from(params.collect::<Vec<_>>())),
            ("milliseconds", Value::from(milliseconds(statement))),
            ("alias", Value::from(statement.alias.as_str())),
            ("times", Value::from(times)),
            ("failed", Value::from(statement.failed)),
            (
                "plan",
                Value::from(plans.get(sql).cloned().unwrap_or_default()),
            ),
        ])
    });
    shown.collect()
}

/// What rows of lists asked for one by one: how often, and what mends it.
pub(super) fn repeated(noted: &NotedEvents) -> Vec<Value> {
    let causes = noted
        .statements
        .iter()
        .filter_map(|ran| ran.cause.as_deref());
    let found = counted(causes).into_iter().filter(|(_, times)| *times > 1);
    let shown = found
        .map(|(cause, times)| map([("text", Value::from(cause)), ("times", Value::from(times))]));
    shown.collect()
}

/// How many statements ran that had run before.
pub(super) fn duplicates(noted: &NotedEvents) -> usize {
    noted.statements.len() - counted(statements(noted)).len()
}

fn statements(noted: &NotedEvents) -> impl Iterator<Item = &str> {
    noted
        .statements
        .iter()
        .map(|statement| statement.sql.as_str())
}

/// Each of `texts` once, in their order, and how often it is there.
fn counted<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<(&'t str, usize)> {
    let mut found: Vec<(&str, usize)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for text in texts {
        let place = *places.entry(text).or_insert(found.len());
        match found.get_mut(place) {
            Some((_, times)) => *times += 1,
            None => found.push((text, 1)),
        }
    }
    found
}

fn milliseconds(statement: &ExecutedStatement) -> String {
    format!("{:.2}", statement.duration.as_secs_f64() * 1000.0)
}

/// How the database finds the rows; nothing where it has no plan.
fn plan(request: &Request<'_>, statement: &ExecutedStatement) -> Vec<String> {
    if statement.failed || !statement.has_plan() {
        return Vec::new();
    }
    let connection = request.connections.get(&statement.alias);
    let plan = connection.and_then(|open| open.query_plan(&statement.sql, &statement.values));
    plan.unwrap_or_default()
}

/// `param` unless it holds a secret of the request, or looks like the hash of a password.
fn without_secrets(param: &str, secrets: &[String]) -> String {
    let is_secret =
        |secret: &String| secret.len() >= SHORTEST_SECRET && param.contains(secret.as_str());
    let is_hash = param.matches('$').count() >= 2;
    if is_hash || secrets.iter().any(is_secret) {
        return MASK.to_owned();
    }
    shown(param)
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn secrets_of_the_request_and_hashes_of_passwords_are_masked() {
        let secrets = ["abcdefgh".to_owned(), "1".to_owned()];
        for (param, shown) in [
            ("'abcdefgh'", "********"),
            ("'xabcdefghy'", "********"),
            ("'pbkdf2_sha256$1000$salt$hash'", "********"),
            ("'costs $5'", "'costs $5'"),
            ("1", "1"),
            ("'a\nb'", "'a\\nb'"),
        ] {
            assert_eq!(without_secrets(param, &secrets), shown);
        }
    }
}
