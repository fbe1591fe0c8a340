//! The attributes of a user, as options.

use clap::Args;

use crate::auth::{User, UserAttribute, UserChanges, UserField};
use crate::clock::Zone;
use crate::commands::CommandError;
use crate::commands::accounts::{Accounts, RoleArgs, without_attribute};
use crate::db::SqlValue;
use crate::diagnostic::{Finding, Findings};
use crate::models::ModelSet as _;
use crate::query::{Query, is_one_of};
use crate::text;
use crate::values::{FieldValue, clean, to_column};

/// Attributes of a user; what is not given stays as it is.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct ProfileArgs {
    /// The email address; may be empty
    #[arg(long)]
    pub(crate) email: Option<String>,
    /// The first name
    #[arg(long, value_name = "NAME")]
    first_name: Option<String>,
    /// The last name
    #[arg(long, value_name = "NAME")]
    last_name: Option<String>,
    #[command(flatten)]
    custom: CustomFieldArgs,
}

/// Values of fields of the project's own user model.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct CustomFieldArgs {
    /// A field of the project's own user model; may be repeated
    #[arg(long = "field", value_name = "NAME=VALUE")]
    fields: Vec<String>,
}

impl CustomFieldArgs {
    /// The columns and their values; fails with all that is wrong at once.
    pub(crate) fn values(
        &self,
        accounts: &Accounts,
        zone: &Zone,
    ) -> Result<Vec<(String, SqlValue)>, Findings> {
        let (mut values, mut findings) = (Vec::<(String, SqlValue)>::new(), Vec::new());
        for assignment in &self.fields {
            match accounts.parse_assignment(assignment, zone) {
                Ok((column, _)) if values.iter().any(|(known, _)| *known == column) => {
                    let name = assignment.split('=').next().unwrap_or_default();
                    let message = format!("`{name}` is given two values");
                    findings.push(Finding::error("field-twice", message));
                }
                Ok(assigned) => values.push(assigned),
                Err(finding) => findings.push(finding),
            }
        }
        match Findings::new(findings) {
            Some(findings) => Err(findings),
            None => Ok(values),
        }
    }
}

impl ProfileArgs {
    /// What is to be different; fails with all that is wrong at once.
    pub(crate) fn changes(
        &self,
        accounts: &Accounts,
        roles: &RoleArgs,
        zone: &Zone,
    ) -> Result<UserChanges, CommandError> {
        let mut findings = roles.unknown_to(&accounts.table);
        let mut clean = |attribute, option, given: &Option<String>| {
            let given = given.as_deref()?;
            let cleaned = accounts.clean(attribute, option, given);
            cleaned.map_err(|finding| findings.push(finding)).ok()
        };
        let email = clean(UserAttribute::Email, "--email", &self.email);
        let first_name = clean(UserAttribute::FirstName, "--first-name", &self.first_name);
        let last_name = clean(UserAttribute::LastName, "--last-name", &self.last_name);
        let mut custom_values = Vec::new();
        match self.custom.values(accounts, zone) {
            Ok(values) => custom_values = values,
            Err(wrong) => findings.extend(wrong.into_inner()),
        }
        if let Some(findings) = Findings::new(findings) {
            return Err(findings.into());
        }
        Ok(UserChanges {
            email,
            first_name,
            last_name,
            is_active: roles.is_active(),
            is_staff: roles.is_staff(),
            is_superuser: roles.is_superuser(),
            custom_values,
            ..UserChanges::default()
        })
    }
}

impl Accounts {
    /// A text that `option` gave for `attribute`, as it is kept.
    pub(crate) fn clean(
        &self,
        attribute: UserAttribute,
        option: &str,
        given: &str,
    ) -> Result<String, Finding> {
        if !self.table.has(attribute) {
            return Err(without_attribute(option, attribute));
        }
        let cleaned = self.table.clean(attribute, given);
        cleaned.map_err(|error| Finding::error(error.code(), error.to_string()))
    }

    /// The names of the fields that a new user needs and that have no value in `changes`.
    pub(crate) fn missing_fields(&self, changes: &UserChanges) -> Vec<&UserField> {
        let is_given = |field: &UserField| {
            let column = field.field.column();
            let name = &field.field.name;
            let texts = [
                (UserAttribute::FirstName, &changes.first_name),
                (UserAttribute::LastName, &changes.last_name),
            ];
            let mut texts = texts.iter();
            changes
                .custom_values
                .iter()
                .any(|(known, _)| *known == column)
                || texts.any(|(attribute, text)| {
                    let field = self.table.fields().get(*attribute);
                    field.is_some_and(|field| field.field.name == *name)
                        && text.as_ref().is_some_and(|text| !text.is_empty())
                })
        };
        let address = self.table.required_email();
        let address = address.filter(|_| changes.email.as_deref().unwrap_or_default().is_empty());
        let others = self.table.required().filter(|field| !is_given(field));
        address.into_iter().chain(others).collect()
    }

    /// The option that gives `field` a value, as it is typed.
    pub(crate) fn assignment_of(&self, field: &UserField) -> String {
        let name = &field.field.name;
        let mut attributes = self.table.fields().attributes();
        let known = attributes.find(|(_, known)| known.field.name == *name);
        let option = known.and_then(|(attribute, _)| option_of(attribute));
        match option.filter(|_| self.table.settable(name).is_none()) {
            Some("--email") => "--email ADDRESS".to_owned(),
            Some(option) => option.to_owned(),
            None => format!("--field {name}=VALUE"),
        }
    }

    /// Fails where `changes` would give `user` another key: what refers to it would be lost.
    pub(crate) fn check_key(&self, user: &User, changes: &UserChanges) -> Result<(), Findings> {
        let key = &self.table.fields().key().field;
        let mut values = changes.custom_values.iter();
        let given = values.find(|(column, _)| *column == key.column());
        match given {
            Some((_, value)) if value != user.pk.value() => {
                let name = &key.name;
                let message = format!(
                    "`{name}` is the key of `{}`, and stays `{}`",
                    user.username, user.pk
                );
                Err(Finding::error("key-changed", message).into())
            }
            _ => Ok(()),
        }
    }

    /// The column and the value that `NAME=VALUE` gives a field.
    fn parse_assignment(
        &self,
        assignment: &str,
        zone: &Zone,
    ) -> Result<(String, SqlValue), Finding> {
        let Some((name, text)) = assignment.split_once('=') else {
            let message = format!("`{assignment}` gives no value to a field");
            return Err(Finding::error("invalid-field", message).hint("write `NAME=VALUE`"));
        };
        let field = self.table.settable(name);
        let field = field.ok_or_else(|| self.unknown_field(name))?;
        match self.field_value(field, text, zone) {
            Ok(value) => Ok((field.field.column(), value)),
            Err(problem) => {
                let message = format!("`{name}`: {problem}");
                Err(Finding::error("invalid-field", message))
            }
        }
    }

    /// `text` as a field keeps it; `Err` says what is wrong.
    pub(crate) fn field_value(
        &self,
        field: &UserField,
        text: &str,
        zone: &Zone,
    ) -> Result<SqlValue, String> {
        let value = clean(&field.field, &field.kind, text, zone)?;
        let relation = field.field.relation();
        let target = relation.and_then(|relation| self.registry.target(&relation.to));
        if let Some(target) = target
            && value != FieldValue::Null
        {
            let key = relation.and_then(|relation| relation.to_field.as_deref());
            let referred = is_one_of(key.unwrap_or("pk"), std::slice::from_ref(&value));
            let query = Query::of(target).filter(referred).on(&self.registry);
            let found = query.and_then(|query| query.exists(&self.connection));
            if !found.map_err(|error| error.to_string())? {
                return Err(format!("there is no `{}` {text}", target.name));
            }
        }
        Ok(to_column(&value))
    }

    fn unknown_field(&self, name: &str) -> Finding {
        let fields = self.table.fields();
        let mut attributes = fields.attributes();
        let known = attributes.find(|(_, field)| field.field.name == name);
        if let Some((attribute, _)) = known {
            let message = format!("`{name}` is not set by `--field`");
            let finding = Finding::error("unknown-field", message);
            let by_email = attribute == UserAttribute::Username && self.table.logs_in_by_email();
            let attribute = if by_email {
                UserAttribute::Email
            } else {
                attribute
            };
            return match option_of(attribute) {
                Some(option) => finding.hint(format!("`{option}` sets it")),
                None => finding,
            };
        }
        let message = format!("the user model has no field `{name}` of its own");
        let finding = Finding::error("unknown-field", message);
        let names = || self.table.custom_fields().map(|field| field.name.as_str());
        match text::did_you_mean(name, names()) {
            Some(hint) => finding.hint(hint),
            None if names().next().is_none() => {
                finding.hint("`--email`, `--first-name` and the like set the usual fields")
            }
            None => finding.hint(format!("its own fields: {}", text::quoted(names()))),
        }
    }
}

/// The option that sets `attribute`, in the commands that can.
fn option_of(attribute: UserAttribute) -> Option<&'static str> {
    Some(match attribute {
        UserAttribute::Email => "--email",
        UserAttribute::Password => "--password-file",
        UserAttribute::IsStaff => "--staff",
        UserAttribute::IsSuperuser => "--superuser",
        UserAttribute::IsActive => "--active",
        _ => return None,
    })
}
