//! Who may see the page of an entry: `login_required`, `staff_required` and `permission_required`, for all methods or for some.
//!
//! ```toml
//! login_required = ["POST"]
//! permission_required = { POST = "posts.add_post", DELETE = ["posts.delete_post"] }
//! ```

use crate::diagnostic::{Finding, Location};
use crate::document::{Item, Problems, TableReader, Value};
use crate::http::Method;
use crate::text;

/// The methods that an entry can name.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// Who may see the page of a pattern; by default anybody.
#[derive(Clone, Debug, Default)]
pub struct AccessRule {
    /// What is asked, all of it.
    pub requirements: Vec<AccessRequirement>,
    /// Whether the entry, or one that includes it, has `login_required = false`: then the middleware of that name asks nothing.
    pub is_open: bool,
}

/// What a pattern asks of who sends a request.
#[derive(Clone, Debug)]
pub struct AccessRequirement {
    /// What they have to be or to have; whoever is not logged in has none of it.
    pub right: AccessRight,
    /// The methods that ask for it; all of them where none is named.
    pub methods: Vec<Method>,
    /// Where it was written.
    pub location: Location,
}

/// A right to see a page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AccessRight {
    /// That of every user.
    Login,
    /// That of members of the staff.
    Staff,
    /// That of users with this permission, called `app.codename`.
    Permission(String),
}

impl AccessRule {
    /// Adds what an entry asks to what those that include it ask.
    pub(super) fn read(&mut self, fields: &TableReader<'_>) {
        let problems = fields.problems();
        for (key, right) in [
            ("login_required", AccessRight::Login),
            ("staff_required", AccessRight::Staff),
        ] {
            let item = fields.item(key);
            if let (AccessRight::Login, Some(Value::Boolean(asks))) =
                (&right, item.map(|item| &item.value))
            {
                self.is_open = !asks;
            }
            let methods = item.and_then(|item| switched_on(key, item, problems));
            if let (Some(item), Some(methods)) = (item, methods) {
                self.add(right, methods, item);
            }
        }
        if let Some(item) = fields.item("permission_required") {
            self.permissions(item, problems);
        }
    }

    /// `"posts.add_post"`, a list of such names, or either for each method.
    fn permissions(&mut self, item: &Item, problems: &Problems) {
        let Value::Table(table) = &item.value else {
            return self.named_permissions(item, &[], problems);
        };
        if table.entries().is_empty() {
            problems.push(names_nothing(item, "permission_required"));
        }
        for entry in table.entries() {
            if let Some(method) = known_method(&entry.key) {
                self.named_permissions(&entry.item, &[method], problems);
            } else {
                let message = format!("unknown method `{}`", entry.key);
                let finding = entry.error("unknown-method", message);
                problems.push(suggest_method(finding, &entry.key));
            }
        }
    }

    /// One name may stand without its brackets.
    fn named_permissions(&mut self, item: &Item, methods: &[Method], problems: &Problems) {
        if item.listed().is_empty() {
            problems.push(names_nothing(item, "permission_required"));
        }
        for item in item.listed() {
            match item.as_str() {
                Some(name) if is_permission(name) => {
                    let right = AccessRight::Permission(name.to_owned());
                    self.add(right, methods.to_vec(), item);
                }
                Some(name) => {
                    let message = format!("`{name}` is not a permission");
                    let finding = item.error("bad-permission", message);
                    problems.push(finding.hint("a permission is called like `posts.add_post`"));
                }
                None => {
                    let message = format!(
                        "`permission_required` must be a string, a list of strings or a table of them by method, not {}",
                        item.value.type_name()
                    );
                    problems.push(item.error("wrong-type", message));
                }
            }
        }
    }

    fn add(&mut self, right: AccessRight, methods: Vec<Method>, item: &Item) {
        self.requirements.push(AccessRequirement {
            right,
            methods,
            location: item.origin.location(),
        });
    }
}

/// The methods for which `key` is switched on, all of them where it names none; `None` where it is off or a mistake.
fn switched_on(key: &str, item: &Item, problems: &Problems) -> Option<Vec<Method>> {
    match &item.value {
        Value::Boolean(on) => on.then(Vec::new),
        Value::Array(items) if items.is_empty() => {
            problems.push(names_nothing(item, key));
            None
        }
        Value::Array(items) => {
            let methods: Vec<_> = items
                .iter()
                .filter_map(|item| read_method(item, problems))
                .collect();
            // Without the names that are mistakes it would be asked of all.
            (!methods.is_empty()).then_some(methods)
        }
        other => {
            let message = format!(
                "`{key}` must be a boolean or a list of methods, not {}",
                other.type_name()
            );
            problems.push(item.error("wrong-type", message));
            None
        }
    }
}

/// The method that `item` names, or `None` with what is wrong reported.
pub(super) fn read_method(item: &Item, problems: &Problems) -> Option<Method> {
    let Some(name) = item.as_str() else {
        let message = format!("a method must be a string, not {}", item.value.type_name());
        problems.push(item.error("wrong-type", message));
        return None;
    };
    let method = known_method(name);
    if method.is_none() {
        let finding = item.error("unknown-method", format!("unknown method `{name}`"));
        problems.push(suggest_method(finding, name));
    }
    method
}

fn known_method(name: &str) -> Option<Method> {
    METHODS.contains(&name).then(|| Method::from_name(name))
}

/// `finding` with the method that `name` may be meant for.
fn suggest_method(finding: Finding, name: &str) -> Finding {
    let all = format!("the methods are {}", text::quoted(METHODS));
    finding.suggest_or(name, METHODS, all)
}

/// The finding for a list without anything in it, which would leave a page open that looks closed.
fn names_nothing(item: &Item, key: &str) -> Finding {
    let message = format!("`{key}` names nothing, and so asks nothing of anybody");
    item.error("empty-list", message)
        .hint("leave the key out for a page that is open")
}

/// Whether `name` reads as `app.codename`.
fn is_permission(name: &str) -> bool {
    let parts = name.split_once('.');
    parts.is_some_and(|(label, codename)| !label.is_empty() && !codename.is_empty())
}
