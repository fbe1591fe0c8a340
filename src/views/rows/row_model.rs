//! What the rows of a model have, by name: worked out once, before the first request.

use std::collections::HashMap;
use std::sync::Arc;

use crate::models::{
    Choice, Field, FieldKind, Literal, Model, ModelKey, ModelSet as _, Registry, ReverseRelation,
};

/// A model, and what its rows have by which name.
#[derive(Debug)]
pub(super) struct RowModel {
    pub(super) model: Arc<Model>,
    pub(super) attributes: HashMap<String, RowAttribute>,
    /// Whether a template says what a row is as text, and where its page is.
    pub(super) has_str: bool,
    pub(super) has_url: bool,
}

/// What a name of a row stands for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum RowAttribute {
    /// The value of the field at this place.
    Value(usize),
    /// The file that the field at this place names.
    File(usize),
    /// The label of the value of the field at this place.
    Display(usize),
    /// The row that the field at this place refers to.
    Reference(usize),
    /// The only row that refers to this one.
    Single,
    /// All rows of a relation.
    Many,
}

/// A template of a model: what a row is as text, or where its page is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RowTemplate {
    /// The model.
    pub model: ModelKey,
    /// The option of the model that holds it: `str` or `url`.
    pub option: &'static str,
    /// What the template is called among those of the project.
    pub name: String,
    /// The template.
    pub source: String,
}

/// The templates in the options of all models.
pub fn row_templates(registry: &Registry) -> Vec<RowTemplate> {
    let models = registry.models();
    let templates = models.flat_map(|model| {
        let options = &model.options;
        let found = [
            ("str", &options.str_template),
            ("url", &options.url_template),
        ];
        found.into_iter().filter_map(|(option, source)| {
            Some(RowTemplate {
                model: model.key(),
                option,
                name: template_name(model, option),
                source: source.clone()?,
            })
        })
    });
    templates.collect()
}

/// What the template in `option` of `model` is called: one that holds text, of which nothing is escaped.
pub(super) fn template_name(model: &Model, option: &str) -> String {
    format!("{}.{}.{option}.txt", model.app_label, model.name)
}

/// All models of a project, and what their rows have: worked out once.
#[derive(Debug)]
pub struct RowModels(HashMap<ModelKey, Arc<RowModel>>);

impl RowModels {
    /// The models of `registry`.
    pub fn new(registry: &Registry) -> Self {
        Self(row_models(registry))
    }

    /// The model of this key.
    pub(super) fn get(&self, key: &ModelKey) -> Option<&Arc<RowModel>> {
        self.0.get(key)
    }

    /// The models and the names that templates may ask their rows for.
    pub fn names(&self) -> HashMap<ModelKey, Vec<String>> {
        let models = self.0.iter();
        let names = models.map(|(key, model)| {
            let mut names: Vec<_> = model.attributes.keys().cloned().collect();
            names.extend(["pk", "_meta"].map(ToOwned::to_owned));
            if model.has_url {
                names.push("get_absolute_url".to_owned());
            }
            (key.clone(), names)
        });
        names.collect()
    }
}

fn row_models(registry: &Registry) -> HashMap<ModelKey, Arc<RowModel>> {
    let mut models: HashMap<_, _> = registry
        .models()
        .filter_map(|model| registry.shared(&model.key()))
        .map(|model| (model.key(), RowModel::new(registry, model)))
        .collect();
    let sources = registry
        .models()
        .filter(|model| !registry.is_swapped(model));
    for way in sources.flat_map(|model| ReverseRelation::of(registry, model)) {
        let Some(target) = models.get_mut(&way.target) else {
            continue;
        };
        let is_single = matches!(way.field.kind, FieldKind::OneToOne(_));
        let attribute = if is_single {
            RowAttribute::Single
        } else {
            RowAttribute::Many
        };
        target.attributes.entry(way.accessor).or_insert(attribute);
    }
    let models = models.into_iter();
    models.map(|(key, model)| (key, Arc::new(model))).collect()
}

impl RowModel {
    fn new(registry: &Registry, model: &Arc<Model>) -> Self {
        let mut attributes = HashMap::new();
        let is_user = registry.user_model_key() == &model.key();
        for (place, field) in model.fields.iter().enumerate() {
            // A page has no use for a password, not even for its hash.
            if is_user && field.name == "password" {
                continue;
            }
            add_field(&mut attributes, place, field);
        }
        Self {
            model: Arc::clone(model),
            attributes,
            has_str: model.options.str_template.is_some(),
            has_url: model.options.url_template.is_some(),
        }
    }

    /// What `name` stands for; a field's value where it is `pk`.
    pub(super) fn attribute(&self, name: &str) -> Option<&RowAttribute> {
        self.attributes.get(name)
    }

    /// The field at `place`.
    pub(super) fn field(&self, place: usize) -> Option<&Field> {
        self.model.fields.get(place)
    }
}

fn add_field(attributes: &mut HashMap<String, RowAttribute>, place: usize, field: &Field) {
    if field.relation().is_some() {
        attributes.insert(field.name.clone(), RowAttribute::Reference(place));
        attributes.insert(field.attname(), RowAttribute::Value(place));
        return;
    }
    let attribute = match &field.kind {
        FieldKind::ManyToMany(_) => RowAttribute::Many,
        FieldKind::File { .. } | FieldKind::Image { .. } => RowAttribute::File(place),
        _ => RowAttribute::Value(place),
    };
    attributes.insert(field.name.clone(), attribute);
    if !field.choices.is_empty() {
        let name = format!("get_{}_display", field.name);
        attributes.insert(name, RowAttribute::Display(place));
    }
}

/// The label of `value` among the choices of `field`; none where it is not one of them.
pub(super) fn choice_label<'f>(field: &'f Field, value: &Literal) -> Option<&'f str> {
    let choices = field.choices.iter().flat_map(|choice| match choice {
        Choice::Value(value, label) => vec![(value, label)],
        Choice::Group(_, choices) => choices
            .iter()
            .map(|(value, label)| (value, label))
            .collect(),
    });
    // Of two choices of one value Django shows the last.
    let mut choices: Vec<_> = choices.collect();
    choices.reverse();
    let found = choices.into_iter().find(|(choice, _)| *choice == value);
    found.map(|(_, label)| label.as_str())
}
