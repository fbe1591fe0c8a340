//! What a model says of the row of a form, beside the rows there are: what is wrong becomes errors of the form.

use std::sync::Arc;

use crate::forms::field::FormFieldKind;
use crate::forms::form_value::FormValue;
use crate::forms::model_form::{ModelForm, ModelFormError};
use crate::forms::model_rules::{ModelRule, RuleViolation};
use crate::models::{Field, Model, UniqueForDate};

impl ModelForm {
    /// Adds what is wrong with the row, beside the rows there are, to the errors of the form: first what breaks the
    /// constraints of the model, then what is not unique.
    pub(super) fn validate(&mut self) -> Result<(), ModelFormError> {
        if !self.form.is_bound() {
            return Ok(());
        }
        let rules = Arc::clone(&self.options.rules);
        for rules in [&rules.constraints, &rules.uniques] {
            for violation in self.broken(rules)? {
                self.add_violation(violation);
            }
        }
        Ok(())
    }

    /// What is wrong by those of `rules` that the form is asked about.
    fn broken(&self, rules: &[ModelRule]) -> Result<Vec<RuleViolation>, ModelFormError> {
        let model = &self.options.model;
        let excluded = self.excluded(model);
        let asked: Vec<_> = rules
            .iter()
            .filter(|rule| !rule.touches(&excluded))
            .collect();
        let mut broken = Vec::new();
        if asked.is_empty() {
            return Ok(broken);
        }
        let registry = &self.database.registry;
        self.database.with(|connection| {
            for rule in asked {
                if rule.is_broken(registry, connection, &self.instance)? {
                    broken.push(rule.violation(model));
                }
            }
            Ok(broken)
        })
    }

    /// Makes what is wrong with the row an error of the form, in the form's own words.
    pub(super) fn add_violation(&mut self, violation: RuleViolation) {
        let RuleViolation { field, error } = violation;
        let error = match self.form.definition.position(&field) {
            Some(index) => self.form.definition.fields[index].in_own_words(error),
            None => self.options.in_own_words(error),
        };
        self.form.add_error(&field, error);
    }

    /// The fields that are not judged: those that the form does not write, that are wrong, or that are left empty
    /// although the model would not have it so. What the database computes is judged by what it is computed from.
    fn excluded<'m>(&self, model: &'m Model) -> Vec<&'m str> {
        let is_excluded = |field: &&Field| {
            let name = field.name.as_str();
            let index = self.form.definition.position(name);
            let Some(index) = index.filter(|_| self.options.fields.iter().any(|own| own == name))
            else {
                return true;
            };
            let form_field = &self.form.definition.fields[index];
            let value = self.form.value(name);
            let is_parent = matches!(form_field.kind, FormFieldKind::InlineForeignKey);
            let is_empty = !is_parent && value.is_none_or(FormValue::is_empty);
            !self.form.errors(name).is_empty() || (!field.blank && !form_field.required && is_empty)
        };
        let excluded = model.fields.iter().filter(is_excluded);
        excluded.map(|field| field.name.as_str()).collect()
    }

    /// The sets of fields that no two rows may have in common, of those that the form is asked about.
    pub(in crate::forms) fn unique_fields(&self) -> Vec<Vec<String>> {
        let excluded = self.excluded(&self.options.model);
        let is_asked = |fields: &&[String]| {
            let mut fields = fields.iter();
            fields.all(|name| !excluded.contains(&name.as_str()))
        };
        let sets = self.options.rules.unique_sets().filter(is_asked);
        sets.map(<[String]>::to_vec).collect()
    }

    /// The fields whose values must differ within a part of a day, of those that the form is asked about.
    pub(in crate::forms) fn dates_to_check(&self) -> Vec<UniqueForDate> {
        let excluded = self.excluded(&self.options.model);
        let is_asked = |unique: &&UniqueForDate| {
            let mut fields = [&unique.field, &unique.unique_for].into_iter();
            fields.all(|name| !excluded.contains(&name.as_str()))
        };
        let dates = self.options.rules.unique_dates().filter(is_asked);
        dates.cloned().collect()
    }
}
