//! The attributes of a user, as options.

use clap::Args;

use crate::auth::UserChanges;
use crate::auth::names::{UserFieldError, normalize_email, validate_email};
use crate::clock::Zone;
use crate::commands::CommandError;
use crate::commands::accounts::{Accounts, RoleArgs};
use crate::db::SqlValue;
use crate::db::sql::SqlStatement as _;
use crate::diagnostic::{Finding, Findings};
use crate::models::{Field, ModelSet as _};
use crate::query::ModelSelect;
use crate::text;
use crate::values::{clean, to_column};

/// Characters of a first or a last name.
const NAME_LENGTH: usize = 150;

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
        let (mut values, mut findings) = (Vec::new(), Vec::new());
        for assignment in &self.fields {
            match accounts.parse_assignment(assignment, zone) {
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
        let mut findings = Vec::new();
        for name in [&self.first_name, &self.last_name].into_iter().flatten() {
            let length = name.chars().count();
            if length > NAME_LENGTH {
                let limit = NAME_LENGTH;
                let error = UserFieldError::TooLong { limit, length };
                findings.push(Finding::error("invalid-name", error.to_string()));
            }
        }
        if let Some(Err(error)) = self.email.as_deref().map(validate_email) {
            findings.push(Finding::error("invalid-email", error.to_string()));
        }
        let mut custom_values = Vec::new();
        match self.custom.values(accounts, zone) {
            Ok(values) => custom_values = values,
            Err(wrong) => findings.extend(wrong.into_inner()),
        }
        if let Some(findings) = Findings::new(findings) {
            return Err(findings.into());
        }
        Ok(UserChanges {
            email: self.email.as_deref().map(normalize_email),
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            is_active: roles.is_active(),
            is_staff: roles.is_staff(),
            is_superuser: roles.is_superuser(),
            custom_values,
            ..UserChanges::default()
        })
    }
}

impl Accounts {
    /// The fields that a new user needs and that have no value in `given`.
    pub(crate) fn missing_fields(&self, given: &[(String, SqlValue)]) -> Vec<&Field> {
        let said = |field: &Field| given.iter().any(|(column, _)| *column == field.column());
        self.table.required().filter(|field| !said(field)).collect()
    }

    /// Whether no user may be without an email address.
    pub(crate) fn requires_email(&self) -> bool {
        let model = self.registry.user_model();
        let email = model.and_then(|model| model.field("email"));
        email.is_some_and(|email| !email.blank)
    }

    /// The column and the value that `NAME=VALUE` gives a field of the model's own.
    fn parse_assignment(
        &self,
        assignment: &str,
        zone: &Zone,
    ) -> Result<(String, SqlValue), Finding> {
        let Some((name, text)) = assignment.split_once('=') else {
            let message = format!("`{assignment}` gives no value to a field");
            return Err(Finding::error("invalid-field", message).hint("write `NAME=VALUE`"));
        };
        let field = self.table.custom_fields().find(|field| field.name == name);
        let field = field.ok_or_else(|| self.unknown_field(name))?;
        match self.field_value(field, text, zone) {
            Ok(value) => Ok((field.column(), value)),
            Err(problem) => {
                let message = format!("`{name}`: {problem}");
                Err(Finding::error("invalid-field", message))
            }
        }
    }

    /// `text` as a field of the model's own keeps it; `Err` says what is wrong.
    pub(crate) fn field_value(
        &self,
        field: &Field,
        text: &str,
        zone: &Zone,
    ) -> Result<SqlValue, String> {
        let kind = self.registry.value_kind(field);
        let kind = kind.map_err(|error| error.to_string())?;
        let value = to_column(&clean(field, kind, text, zone)?);
        let target = field
            .relation()
            .and_then(|relation| self.registry.target(&relation.to));
        match target {
            Some(target) if value != SqlValue::Null => {
                let mut select = ModelSelect::new(&self.registry, target);
                let key = field
                    .relation()
                    .and_then(|relation| relation.to_field.clone());
                let key = key.as_deref().unwrap_or("pk");
                let asked = select.column(key).map(|_| ());
                let asked = asked.and_then(|()| select.filter_in(key, vec![value.clone()]));
                asked.map_err(|error| error.to_string())?;
                let found = select.statement().first_row(&self.connection);
                match found.map_err(|error| error.to_string())? {
                    Some(_) => Ok(value),
                    None => Err(format!("there is no `{}` {text}", target.name)),
                }
            }
            _ => Ok(value),
        }
    }

    fn unknown_field(&self, name: &str) -> Finding {
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
