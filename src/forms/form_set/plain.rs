//! Sets of plain forms.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::forms::form::Form;
use crate::forms::form_set::definition::FormSetDefinition;
use crate::forms::form_set::set::{FormPlace, FormSet};
use crate::forms::form_value::FormValue;
use crate::forms::page_choices::PageChoices;
use crate::http::FormData;

/// The values that one form of a set starts with, by the names of its fields.
pub type InitialValues = BTreeMap<String, FormValue>;

/// A set of plain forms in the making.
#[derive(Clone, Debug)]
pub struct PlainFormSet {
    set: FormSet,
    initial: Vec<InitialValues>,
    rows: Option<Arc<PageChoices>>,
}

impl PlainFormSet {
    /// A set of the forms of `definition`; each of `initial` is a form that is there already.
    pub fn new(definition: &Arc<FormSetDefinition>, initial: Vec<InitialValues>) -> Self {
        Self {
            set: FormSet::blank(definition),
            initial,
            rows: None,
        }
    }

    /// With the rows that fields are chosen from.
    #[must_use]
    pub fn rows(mut self, rows: Arc<PageChoices>) -> Self {
        self.rows = Some(rows);
        self
    }

    /// With another prefix.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        prefix.clone_into(&mut self.set.prefix);
        self
    }

    /// The set that nobody has filled in.
    pub fn unbound(self) -> FormSet {
        let mut set = self.set.clone();
        let total = set.set_counts(self.initial.len());
        set.forms = (0..total)
            .map(|index| self.form(&set.place(index, self.initial.len()), index))
            .collect();
        self.finished(set)
    }

    /// The set with what was sent, each form cleaned.
    pub fn bind(self, data: impl Into<FormData>) -> FormSet {
        let data = data.into();
        let mut set = self.set.clone();
        let counts = set.bind_management(&data);
        let forms = (0..counts.made).map(|index| {
            let form = self.form(&set.place(index, counts.initial), index);
            form.bind(data.clone())
        });
        set.forms = forms.collect();
        set.check_number(counts);
        self.finished(set)
    }

    fn form(&self, place: &FormPlace, index: usize) -> Form {
        let form = Form::of(&place.definition);
        let form = match &self.rows {
            Some(rows) => form.rows(Arc::clone(rows)),
            None => form,
        };
        let mut form = place.prepared(form);
        for (name, value) in self.initial.get(index).into_iter().flatten() {
            form.set_initial(name, value.clone());
        }
        form
    }

    fn finished(&self, mut set: FormSet) -> FormSet {
        let place = set.empty_place();
        set.empty_form = self.form(&place, usize::MAX);
        set
    }
}
