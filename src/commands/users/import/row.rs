//! From a row of the file to a user, with all that is wrong about it.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::auth::{
    UserAttribute, UserChanges, check_sendable, encoded_algorithm, is_encoded, is_password_usable,
};
use crate::clock::{Moment, Zone};
use crate::commands::accounts::Accounts;
use crate::commands::groups::group_name_problem;
use crate::commands::users::import::column::ImportColumn;
use crate::commands::users::import::outcome::location_in;
use crate::diagnostic::Finding;
use crate::json::Json;
use crate::models::FieldKind;
use crate::serializers::{ColumnName, ImportPart, RecordError, RecordPosition};
use crate::text;

/// A password of the file.
#[derive(Clone, Debug)]
pub(super) enum ImportedPassword {
    Encoded(String),
    Plain(String),
}

/// A user as the file describes it.
#[derive(Clone, Debug, Default)]
pub(super) struct ImportRow {
    pub(super) position: RecordPosition,
    pub(super) username: String,
    pub(super) changes: UserChanges,
    pub(super) password: Option<ImportedPassword>,
    pub(super) groups: Vec<String>,
    pub(super) date_joined: Option<Moment>,
    pub(super) last_login: Option<Moment>,
}

/// The rows that were read, and what is wrong with them.
pub(super) struct RowReader<'a> {
    pub(super) plain_passwords: bool,
    accounts: &'a Accounts,
    zone: &'a Zone,
    path: &'a Path,
    found: Vec<ImportRow>,
    lines: HashMap<String, usize>,
    unknown: HashSet<String>,
    /// Whether the first line does not name the columns; what is wrong with the rows says nothing then.
    lacks_names: bool,
    rejects: Vec<Finding>,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(accounts: &'a Accounts, zone: &'a Zone, path: &'a Path) -> Self {
        Self {
            plain_passwords: false,
            accounts,
            zone,
            path,
            found: Vec::new(),
            lines: HashMap::new(),
            unknown: HashSet::new(),
            lacks_names: false,
            rejects: Vec::new(),
        }
    }

    /// The rows, and what is wrong with them.
    pub(super) fn finish(self) -> (Vec<ImportRow>, Vec<Finding>) {
        (self.found, self.rejects)
    }

    /// Adds the names of the columns, or a row of the file.
    pub(super) fn add(&mut self, part: Result<ImportPart, RecordError>) {
        let record = match part {
            Ok(ImportPart::Columns(columns)) => return self.check_columns(columns),
            Ok(ImportPart::Record(_)) if self.lacks_names => return,
            Ok(ImportPart::Record(record)) => record,
            Err(error) => {
                let location = location_in(self.path, error.position);
                let finding = Finding::error("malformed-row", error.message).at(location);
                let finding = error.hint.into_iter().fold(finding, Finding::hint);
                return self.rejects.push(finding);
            }
        };
        let position = record.position;
        let mut row = ImportRow {
            position,
            ..ImportRow::default()
        };
        for (name, value) in record.values {
            let accounts = self.accounts;
            match ImportColumn::named(accounts, &name) {
                Some(column) => {
                    if let Err(problem) = self.read(&mut row, column, value) {
                        self.reject(position, "invalid-value", format!("`{name}`: {problem}"));
                    }
                }
                None => self.reject_column(position, name),
            }
        }
        if row.username.is_empty() {
            // A blank one, too: of other mistakes in it was told already.
            let missing = self.accounts.table.clean(UserAttribute::Username, "");
            let problem = missing.err().map(|error| error.problem).unwrap_or_default();
            let name = self.username_field();
            return self.reject(position, "invalid-username", format!("`{name}`: {problem}"));
        }
        match self.lines.insert(row.username.clone(), position.line) {
            Some(first) => {
                let message = format!("`{}` stands in line {first} too", row.username);
                self.reject(position, "username-twice", message);
            }
            None => self.found.push(row),
        }
    }

    /// A file without names has values in their place.
    fn check_columns(&mut self, columns: Vec<ColumnName>) {
        let is_meant = |column: &ColumnName| {
            let mut names = ImportColumn::names(self.accounts);
            ImportColumn::named(self.accounts, &column.name).is_some()
                || column.name == UserAttribute::Username.usual_field()
                || text::nearest(&column.name, &mut names).is_some()
        };
        if columns.iter().any(is_meant) {
            for column in columns {
                if ImportColumn::named(self.accounts, &column.name).is_none() {
                    self.reject_column(column.position, column.name);
                }
            }
            return;
        }
        let position = columns.first().map(|column| column.position);
        let message = "the first line does not name a column";
        let finding = Finding::error("unknown-column", message)
            .at(location_in(self.path, position.unwrap_or_default()))
            .hint("put names over the columns, such as `username,email`; `djr users import --help` names them all");
        self.rejects.push(finding);
        self.lacks_names = true;
    }

    fn reject(&mut self, position: RecordPosition, code: &'static str, message: impl Into<String>) {
        let location = location_in(self.path, position);
        self.rejects
            .push(Finding::error(code, message).at(location));
    }

    fn username_field(&self) -> &'a str {
        let field = self.accounts.table.fields().get(UserAttribute::Username);
        field.map_or("username", |field| &field.field.name)
    }

    /// A name that is not a column is reported once, not with every row.
    fn reject_column(&mut self, position: RecordPosition, name: String) {
        if self.unknown.contains(&name) {
            return;
        }
        let finding = Finding::error("unknown-column", format!("there is no column `{name}`"));
        let names = ImportColumn::names(self.accounts);
        let finding = if name == UserAttribute::Username.usual_field() {
            finding.hint(format!(
                "users of this project log in with `{}`",
                self.username_field()
            ))
        } else {
            let help = "`djr users import --help` names the columns";
            finding.suggest_or(&name, names, help)
        };
        self.rejects
            .push(finding.at(location_in(self.path, position)));
        self.unknown.insert(name);
    }

    /// Reads one value into `row`; `Err` says what is wrong, without the value: it may be a password.
    fn read(
        &self,
        row: &mut ImportRow,
        column: ImportColumn<'_>,
        value: Json,
    ) -> Result<(), String> {
        let attribute = match column {
            ImportColumn::Attribute(attribute) => attribute,
            ImportColumn::Groups => {
                row.groups = groups(value)?;
                return Ok(());
            }
            ImportColumn::CustomField(field) => {
                let text = match value {
                    Json::String(_) | Json::Null => text_of(value)?,
                    document if field.kind == FieldKind::Json => document.to_python(),
                    value => text_of(value)?,
                };
                // An empty cell of a spreadsheet leaves open what has a default.
                if text.is_empty() && !field.field.blank && !field.is_required() {
                    return Ok(());
                }
                let value = self.accounts.field_value(field, &text, self.zone)?;
                row.changes
                    .custom_values
                    .push((field.field.column(), value));
                return Ok(());
            }
        };
        let changes = &mut row.changes;
        match attribute {
            UserAttribute::Username => {
                let typed = text_of(value)?;
                row.username = self.accounts.table.normalize_username(&typed);
                // A blank one is reported with the row as a whole, as is a row without the column.
                if !typed.is_empty() {
                    self.text(attribute, &typed)?;
                }
            }
            UserAttribute::Email => changes.email = Some(self.text(attribute, &text_of(value)?)?),
            UserAttribute::FirstName => {
                changes.first_name = Some(self.text(attribute, &text_of(value)?)?);
            }
            UserAttribute::LastName => {
                changes.last_name = Some(self.text(attribute, &text_of(value)?)?);
            }
            UserAttribute::IsActive => changes.is_active = boolean(value)?,
            UserAttribute::IsStaff => changes.is_staff = boolean(value)?,
            UserAttribute::IsSuperuser => changes.is_superuser = boolean(value)?,
            UserAttribute::Password => row.password = self.password(text_of(value)?)?,
            UserAttribute::DateJoined => row.date_joined = self.moment(value)?,
            UserAttribute::LastLogin => row.last_login = self.moment(value)?,
        }
        Ok(())
    }

    /// A text as the model keeps it.
    fn text(&self, attribute: UserAttribute, typed: &str) -> Result<String, String> {
        let cleaned = self.accounts.table.clean(attribute, typed);
        cleaned.map_err(|error| error.problem)
    }

    fn password(&self, text: String) -> Result<Option<ImportedPassword>, String> {
        if text.is_empty() {
            return Ok(None);
        }
        if self.plain_passwords {
            check_sendable(&text).map_err(|reason| reason.to_string())?;
            return Ok(Some(ImportedPassword::Plain(text)));
        }
        if !is_encoded(&text) {
            return Err(
                "this is not an encoded hash; `--plain-passwords` hashes passwords".to_owned(),
            );
        }
        if !self.accounts.hashers.can_afford(&text) {
            return Err("a login with this hash would take too much time or memory".to_owned());
        }
        let known = encoded_algorithm(&text);
        match known.filter(|_| is_password_usable(&text)) {
            Some(algorithm) if !self.accounts.hashers.has(algorithm) => Err(format!(
                "nobody can log in with a hash of `{algorithm}`: `[auth] password_hashers` lacks it"
            )),
            _ => Ok(Some(ImportedPassword::Encoded(text))),
        }
    }

    fn moment(&self, value: Json) -> Result<Option<Moment>, String> {
        let text = text_of(value)?;
        if text.is_empty() {
            return Ok(None);
        }
        let moment = Moment::parse(&text, self.zone);
        let expected = "this is not a date and time such as `2026-11-20T17:22:29Z`";
        moment.map(Some).ok_or_else(|| expected.to_owned())
    }
}

fn text_of(value: Json) -> Result<String, String> {
    match value {
        Json::String(text) | Json::Number(text) => Ok(text),
        Json::Null => Ok(String::new()),
        Json::Boolean(value) => Ok(value.to_string()),
        Json::Utf16(_) => Err("this holds half of a character".to_owned()),
        Json::Array(_) | Json::Object(_) => Err("this is not a text".to_owned()),
    }
}

/// True or false, in the words of spreadsheets too; nothing leaves it open.
fn boolean(value: Json) -> Result<Option<bool>, String> {
    match text_of(value)?.trim().to_lowercase().as_str() {
        "" => Ok(None),
        "true" | "t" | "yes" | "y" | "1" => Ok(Some(true)),
        "false" | "f" | "no" | "n" | "0" => Ok(Some(false)),
        _ => Err("this is neither `true` nor `false`".to_owned()),
    }
}

fn groups(value: Json) -> Result<Vec<String>, String> {
    let names: Vec<String> = match value {
        Json::Array(names) => names.into_iter().map(text_of).collect::<Result<_, _>>()?,
        value => text_of(value)?
            .split(';')
            .map(|name| name.trim().to_owned())
            .collect(),
    };
    let names: Vec<_> = names.into_iter().filter(|name| !name.is_empty()).collect();
    let mut problems = names.iter().filter_map(|name| group_name_problem(name));
    problems.next().map_or(Ok(names.clone()), Err)
}
