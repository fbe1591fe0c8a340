//! From a row of the file to a user, with all that is wrong about it.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::auth::names::{normalize_email, normalize_username, validate_email, validate_username};
use crate::auth::{UserChanges, check_sendable, encoded_algorithm, is_encoded, is_password_usable};
use crate::clock::{Moment, Zone};
use crate::commands::accounts::Accounts;
use crate::commands::users::import::column::ImportColumn;
use crate::commands::users::import::outcome::line_location;
use crate::diagnostic::Finding;
use crate::json::Json;
use crate::models::FieldKind;
use crate::serializers::{ImportRecord, RecordError};

/// Characters of a first or a last name.
const NAME_LENGTH: usize = 150;

/// A password of the file.
#[derive(Clone, Debug)]
pub(super) enum ImportedPassword {
    Encoded(String),
    Plain(String),
}

/// A user as the file describes it.
#[derive(Clone, Debug, Default)]
pub(super) struct ImportRow {
    pub(super) line: usize,
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
            rejects: Vec::new(),
        }
    }

    /// The rows, and what is wrong with them.
    pub(super) fn finish(self) -> (Vec<ImportRow>, Vec<Finding>) {
        (self.found, self.rejects)
    }

    /// Adds a row of the file.
    pub(super) fn add(&mut self, record: Result<ImportRecord, RecordError>) {
        let record = match record {
            Ok(record) => record,
            Err(error) => return self.reject(error.line, "malformed-row", error.message),
        };
        let line = record.line;
        let mut row = ImportRow {
            line,
            ..ImportRow::default()
        };
        for (name, value) in record.values {
            let accounts = self.accounts;
            match ImportColumn::named(accounts, &name) {
                Some(column) => {
                    if let Err(problem) = self.read(&mut row, column, value) {
                        self.reject(line, "invalid-value", format!("`{name}`: {problem}"));
                    }
                }
                None => self.reject_column(line, name),
            }
        }
        if row.username.is_empty() {
            return self.reject(line, "invalid-username", "`username`: a username is needed");
        }
        match self.lines.insert(row.username.clone(), line) {
            Some(first) => {
                let message = format!("`{}` stands in line {first} too", row.username);
                self.reject(line, "username-twice", message);
            }
            None => self.found.push(row),
        }
    }

    fn reject(&mut self, line: usize, code: &'static str, message: impl Into<String>) {
        let location = line_location(self.path, line);
        self.rejects
            .push(Finding::error(code, message).at(location));
    }

    /// A name that is not a column is reported once, not with every row.
    fn reject_column(&mut self, line: usize, name: String) {
        if self.unknown.contains(&name) {
            return;
        }
        let finding = Finding::error("unknown-column", format!("there is no column `{name}`"));
        let names = ImportColumn::names(self.accounts);
        let help = "`djr users import --help` names the columns";
        let finding = finding.suggest_or(&name, names, help);
        self.rejects
            .push(finding.at(line_location(self.path, line)));
        self.unknown.insert(name);
    }

    /// Reads one value into `row`; `Err` says what is wrong, without the value: it may be a password.
    fn read(
        &self,
        row: &mut ImportRow,
        column: ImportColumn<'_>,
        value: Json,
    ) -> Result<(), String> {
        let changes = &mut row.changes;
        match column {
            ImportColumn::Username => {
                let text = text(value)?;
                row.username = normalize_username(&text);
                // A blank one is reported with the row as a whole, as is a row without the column.
                if !text.is_empty() {
                    validate_username(&text).map_err(|error| error.to_string())?;
                }
            }
            ImportColumn::Email => {
                let text = text(value)?;
                validate_email(&text).map_err(|error| error.to_string())?;
                changes.email = Some(normalize_email(&text));
            }
            ImportColumn::FirstName => changes.first_name = Some(name(value)?),
            ImportColumn::LastName => changes.last_name = Some(name(value)?),
            ImportColumn::IsActive => changes.is_active = boolean(value)?,
            ImportColumn::IsStaff => changes.is_staff = boolean(value)?,
            ImportColumn::IsSuperuser => changes.is_superuser = boolean(value)?,
            ImportColumn::Password => row.password = self.password(text(value)?)?,
            ImportColumn::Groups => row.groups = groups(value)?,
            ImportColumn::DateJoined => row.date_joined = self.moment(value)?,
            ImportColumn::LastLogin => row.last_login = self.moment(value)?,
            ImportColumn::CustomField(field) => {
                let text = match value {
                    Json::String(_) | Json::Null => text(value)?,
                    document if field.kind == FieldKind::Json => document.to_python(),
                    value => text(value)?,
                };
                let value = self.accounts.field_value(field, &text, self.zone)?;
                changes.custom_values.push((field.column(), value));
            }
        }
        Ok(())
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
        let known = encoded_algorithm(&text);
        match known.filter(|_| is_password_usable(&text)) {
            Some(algorithm) if !self.accounts.hashers.has(algorithm) => Err(format!(
                "nobody can log in with a hash of `{algorithm}`: `[auth] password_hashers` lacks it"
            )),
            _ => Ok(Some(ImportedPassword::Encoded(text))),
        }
    }

    fn moment(&self, value: Json) -> Result<Option<Moment>, String> {
        let text = text(value)?;
        if text.is_empty() {
            return Ok(None);
        }
        let moment = Moment::parse(&text, self.zone);
        let expected = "this is not a date and time such as `2026-11-20T17:22:29Z`";
        moment.map(Some).ok_or_else(|| expected.to_owned())
    }
}

fn text(value: Json) -> Result<String, String> {
    match value {
        Json::String(text) | Json::Number(text) => Ok(text),
        Json::Null => Ok(String::new()),
        Json::Boolean(value) => Ok(value.to_string()),
        Json::Utf16(_) => Err("this holds half of a character".to_owned()),
        Json::Array(_) | Json::Object(_) => Err("this is not a text".to_owned()),
    }
}

fn name(value: Json) -> Result<String, String> {
    let name = text(value)?;
    match name.chars().count() {
        0..=NAME_LENGTH => Ok(name),
        length => Err(format!(
            "this is {length} characters long, {NAME_LENGTH} are allowed"
        )),
    }
}

/// True or false, in the words of spreadsheets too; nothing leaves it open.
fn boolean(value: Json) -> Result<Option<bool>, String> {
    match text(value)?.trim().to_lowercase().as_str() {
        "" => Ok(None),
        "true" | "t" | "yes" | "y" | "1" => Ok(Some(true)),
        "false" | "f" | "no" | "n" | "0" => Ok(Some(false)),
        _ => Err("this is neither `true` nor `false`".to_owned()),
    }
}

fn groups(value: Json) -> Result<Vec<String>, String> {
    let names: Vec<String> = match value {
        Json::Array(names) => names.into_iter().map(text).collect::<Result<_, _>>()?,
        value => text(value)?
            .split(';')
            .map(|name| name.trim().to_owned())
            .collect(),
    };
    Ok(names.into_iter().filter(|name| !name.is_empty()).collect())
}
