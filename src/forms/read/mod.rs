//! `forms.toml` of an app: its forms, read with all mistakes of the file.
//!
//! 1. [`load_forms`] reads each table of each file as a form.
//! 2. `field`, `widget`, `choices` and `model_choices` read the parts of one.

mod choices;
mod error_messages;
mod field;
mod form;
mod form_set;
#[cfg(test)]
mod mistake_tests;
mod model_choices;
mod model_form;
mod model_row_reader;
mod widget;

pub(super) use choices::{BLANK_LABEL, PathListing, form_choices};
#[cfg(test)]
pub(super) use field::fields as read_fields;
pub(super) use field::initial_of;
pub use field::{known_field_options, read_initial};
pub use form::{FORMS_FILE, FindFormCode, load_forms};
pub use form_set::{INLINE_EXTRA, ParentReference};
pub use model_form::form_of_fields;

use crate::clock::Zone;
use crate::document::{Item, Problems};
use crate::forms::widget::Widget;
use crate::models::{ModelSet as _, Registry};

/// What forms are read with.
#[derive(Clone, Copy, Debug)]
pub(in crate::forms) struct FormContext<'c> {
    /// The app whose file is read.
    pub app_label: &'c str,
    /// Where mistakes go.
    pub problems: &'c Problems,
    /// The models that forms may name; none where they could not be read, which is reported elsewhere.
    pub registry: Option<&'c Registry>,
    /// The zone of days and times.
    pub zone: &'c Zone,
    /// Whether the directories of a `FilePathField` are looked at.
    pub(super) reads_files: bool,
}

impl<'c> FormContext<'c> {
    /// Reads forms of the app `app_label`.
    pub(in crate::forms) fn new(
        app_label: &'c str,
        problems: &'c Problems,
        registry: Option<&'c Registry>,
        zone: &'c Zone,
    ) -> Self {
        Self {
            app_label,
            problems,
            registry,
            zone,
            reads_files: true,
        }
    }

    /// Reads a form of no app, of which only the keys are of interest.
    fn alone(problems: &'c Problems) -> Self {
        static UTC: std::sync::LazyLock<Zone> = std::sync::LazyLock::new(Zone::utc);
        Self {
            reads_files: false,
            ..Self::new("app", problems, None, &UTC)
        }
    }
}

/// The widget in `item` of a file of the app `app_label`; none, which is reported, where it is not one.
pub fn read_widget(
    app_label: &str,
    registry: &Registry,
    problems: &Problems,
    item: &Item,
) -> Option<Widget> {
    let zone = registry.time_zone();
    widget::widget(
        &FormContext::new(app_label, problems, Some(registry), zone),
        item,
    )
}
