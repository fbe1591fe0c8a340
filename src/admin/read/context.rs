//! What the table of a model is read with.

use std::sync::Arc;

use crate::admin::options::ActionFinder;
use crate::document::{Item, Problems, TableReader};
use crate::forms::Forms;
use crate::models::{Model, Registry};
use crate::views::QueryReader;

/// The model whose table is read, and what it may name.
#[derive(Clone, Debug)]
pub(super) struct AdminContext<'c> {
    /// All models.
    pub(super) registry: &'c Arc<Registry>,
    /// The forms of the apps.
    pub(super) forms: &'c Forms,
    /// The model.
    pub(super) model: &'c Arc<Model>,
    /// Where mistakes go.
    pub(super) problems: &'c Problems,
    /// What stands in the place of a value that is not there, where the model says nothing else.
    pub(super) empty_value: String,
    /// What finds the functions that actions name.
    pub(super) actions: ActionFinder<'c>,
}

impl<'c> AdminContext<'c> {
    /// The same for rows of `model`, on the page of a row of this one.
    pub(super) fn of(&self, model: &'c Arc<Model>) -> Self {
        Self {
            model,
            ..self.clone()
        }
    }

    /// Whether it is the model of the users.
    pub(super) fn is_user_model(&self) -> bool {
        let users = self.registry.user_model();
        users.is_some_and(|users| self.model.is(&users.key()))
    }

    /// Reads conditions and orders of the model.
    pub(super) fn queries(&self) -> QueryReader<'_> {
        QueryReader {
            registry: self.registry,
            model: self.model,
            problems: self.problems,
        }
    }
}

/// The items of the list under `key`.
pub(super) fn items(keys: &TableReader<'_>, key: &'static str) -> Vec<Item> {
    keys.or(key, Vec::new())
}
