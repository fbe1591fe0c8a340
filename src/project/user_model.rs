//! From the user model, and the settings that name its fields, to the table of users or all that is wrong.

use crate::auth::{UserAttribute, UserConstraints, UserField, UserFields, UserTable};
use crate::diagnostic::{Finding, Findings};
use crate::models::{ConstraintKind, Field, FieldKind, Model, ModelSet as _, Registry};
use crate::query::omitted_value;
use crate::settings::Settings;

/// The field that keeps an attribute, where the model has one.
type AttributeFields = [(UserAttribute, Option<UserField>); UserAttribute::ALL.len()];

/// Reads a user model; what is wrong with it is collected (Django's `auth.E001` to `E003`).
pub(super) struct UserModelReader<'m> {
    settings: &'m Settings,
    registry: &'m Registry,
    model: &'m Model,
    findings: Vec<Finding>,
}

impl<'m> UserModelReader<'m> {
    pub(super) fn new(settings: &'m Settings, registry: &'m Registry, model: &'m Model) -> Self {
        Self {
            settings,
            registry,
            model,
            findings: Vec::new(),
        }
    }

    /// The table of users.
    pub(super) fn table(mut self) -> Result<UserTable, Findings> {
        let key = self.key();
        let attributes = UserAttribute::ALL.map(|attribute| (attribute, self.attribute(attribute)));
        self.check_unique_username();
        let required_fields = self.required_fields();
        let custom_fields = self.custom_fields(&attributes);
        if let Some(findings) = Findings::new(std::mem::take(&mut self.findings)) {
            return Err(findings);
        }
        let key = key.ok_or_else(|| self.unfit("has no primary key"))?;
        let field_of = |attribute| {
            let mut fields = attributes.iter();
            fields.find(|(known, _)| *known == attribute)?.1.clone()
        };
        let table = UserTable::new(self.model.db_table(), UserFields::new(key, field_of));
        Ok(table
            .with_backends(self.settings.auth.backends.clone())
            .with_custom_fields(custom_fields)
            .with_constraints(UserConstraints::of(self.model))
            .with_required_fields(required_fields))
    }

    fn key(&mut self) -> Option<UserField> {
        let key = self.model.primary_key()?;
        if matches!(key.kind, FieldKind::CompositePrimaryKey { .. }) {
            let finding = self.unfit("has a key of several fields, which no session can hold");
            self.findings
                .push(finding.hint("a user has a key of one field, of any type"));
            return None;
        }
        self.with_kind(key)
    }

    /// The field that keeps `attribute`; one of another type is a field like any other.
    fn attribute(&mut self, attribute: UserAttribute) -> Option<UserField> {
        let auth = &self.settings.auth;
        let (name, setting) = match attribute {
            UserAttribute::Username => (auth.username_field.as_str(), "auth.username_field"),
            UserAttribute::Email => (auth.email_field.as_str(), "auth.email_field"),
            other => (other.usual_field(), ""),
        };
        let found = self.model.field(name).filter(|field| field.has_column());
        let found = found.and_then(|field| self.with_kind(field));
        let needed = match attribute {
            UserAttribute::Username | UserAttribute::Password => true,
            // Users need not have an address, but one that is named must be there.
            UserAttribute::Email => name != attribute.usual_field(),
            _ => false,
        };
        match found {
            Some(field) if attribute.fits(&field.kind) => Some(field),
            found if needed => {
                let finding = self.missing(name, setting, found.as_ref());
                self.findings.push(finding);
                None
            }
            _ => None,
        }
    }

    fn missing(&self, name: &str, setting: &'static str, found: Option<&UserField>) -> Finding {
        let problem = match found {
            Some(found) => {
                let kind = found.field.kind.class_name();
                format!("cannot keep this in `{name}`, which is of type {kind}")
            }
            None => format!("has no field `{name}`"),
        };
        let finding = self.unfit(&problem);
        if setting.is_empty() {
            return finding.hint("a user has a `password`, as in Django's `AbstractBaseUser`");
        }
        let location = self.settings.location(setting);
        let finding = location.into_iter().fold(finding, Finding::at);
        let (section, key) = setting.split_once('.').unwrap_or_default();
        let mut unique = self.model.columns().filter(|field| field.is_unique());
        let unique = unique.find_map(|field| (!field.primary_key).then_some(field.name.as_str()));
        let example = unique.unwrap_or("email");
        let hint = format!("`{key} = \"{example}\"` in `[{section}]` names the field that it is");
        finding.suggest_or(
            name,
            self.model.columns().map(|field| field.name.as_str()),
            hint,
        )
    }

    /// Django's `auth.E003`: two users of one name could not be told apart.
    fn check_unique_username(&mut self) {
        let name = &self.settings.auth.username_field;
        let Some(field) = self.model.field(name) else {
            return;
        };
        let alone = |fields: &[String]| fields.len() == 1 && fields[0] == *name;
        let options = &self.model.options;
        let mut constraints = options.constraints.iter();
        let unique = field.is_unique()
            || options.unique_together.iter().any(|fields| alone(fields))
            || constraints.any(|constraint| match &constraint.kind {
                ConstraintKind::Unique(fields) => alone(fields),
                _ => false,
            });
        if !unique {
            let finding = self.unfit(&format!("logs in with `{name}`, which is not unique"));
            let finding = finding.hint(format!("write `unique = true` at `{name}`"));
            self.findings.push(finding);
        }
    }

    /// The fields a person is asked for, beside the one to log in with and the password.
    fn required_fields(&mut self) -> Vec<String> {
        let auth = &self.settings.auth;
        let setting = "auth.required_fields";
        let mut names = Vec::new();
        for name in &auth.required_fields {
            let problem = if *name == auth.username_field {
                // The usual address is asked for once, as what one logs in with.
                let usual = self.settings.location(setting).is_none();
                (!usual).then(|| format!("logs in with `{name}`, which is asked for anyway"))
            } else if self.model.field(name).is_none() {
                let usual = name == UserAttribute::Email.usual_field();
                (!usual).then(|| format!("has no field `{name}`"))
            } else {
                names.push(name.clone());
                None
            };
            if let Some(problem) = problem {
                let finding = self.unfit(&problem);
                let location = self.settings.location_in(setting, name);
                let finding = location.into_iter().fold(finding, Finding::at);
                let fields = self.model.columns().map(|field| field.name.as_str());
                let hint = "take it out of `required_fields` in `[auth]`";
                self.findings.push(finding.suggest_or(name, fields, hint));
            }
        }
        names
    }

    /// The fields that keep no attribute; a key that counts up by itself is none of them.
    fn custom_fields(&mut self, attributes: &AttributeFields) -> Vec<UserField> {
        let keeps_attribute = |field: &Field| {
            let mut fields = attributes.iter().filter_map(|(_, found)| found.as_ref());
            fields.any(|found| found.field.name == field.name)
        };
        let mut custom = Vec::new();
        for field in self.model.columns() {
            let counts_up = field.primary_key && field.kind.is_auto();
            if counts_up || field.generated().is_some() || keeps_attribute(field) {
                continue;
            }
            let Some(found) = self.with_kind(field) else {
                continue;
            };
            if let Err(error) = omitted_value(field, &found.kind, &found.zone) {
                let finding = self.unfit(&format!("has a wrong default: {error}"));
                self.findings.push(finding);
            }
            custom.push(found);
        }
        custom
    }

    /// The field with the kind of its values, references followed.
    fn with_kind(&mut self, field: &Field) -> Option<UserField> {
        match self.registry.value_kind(field) {
            Ok(kind) => Some(UserField {
                field: field.clone(),
                kind: kind.clone(),
                zone: self.registry.time_zone().clone(),
            }),
            Err(error) => {
                let finding = self.unfit(&format!("is wrong: {error}"));
                self.findings.push(finding);
                None
            }
        }
    }

    fn unfit(&self, problem: &str) -> Finding {
        let message = format!("`{}.{}` {problem}", self.model.app_label, self.model.name);
        let finding = Finding::error("unfit-user-model", message);
        let location = self.settings.location("auth.user_model");
        location.into_iter().fold(finding, Finding::at)
    }
}
