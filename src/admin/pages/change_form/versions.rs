//! What the rows of a page held when it was shown: a digest of each value, signed, in a hidden element of the form.
//!
//! Whoever sends the form says so which version he saw. What another person wrote since then differs from its digest.

use std::collections::HashMap;

use md5::{Digest as _, Md5};

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::crypto;
use crate::forms::{FormWithInlines, ModelForm};
use crate::json::Json;
use crate::models::Field;
use crate::signing::Signer;
use crate::values::{FieldValue, to_text};

/// The name of the hidden element.
pub(super) const VERSION: &str = "_version";

/// Hexadecimal digits of a digest.
const DIGITS: usize = 16;

/// The digests of the rows of a page, by the places of the rows, and in these by fields.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Versions(HashMap<String, String>);

impl Versions {
    /// Of the rows that `forms` show; they are not bound.
    pub(super) fn of(forms: &FormWithInlines) -> Self {
        let mut found = HashMap::new();
        for (place, form) in placed_forms(forms) {
            found.insert(place, digests(form));
        }
        Self(found)
    }

    /// Those that were sent; none where nothing was, and empty ones where somebody altered them.
    pub(super) fn sent(request: &AdminRequest<'_, '_>, admin: &ModelAdmin, text: &str) -> Self {
        let document = signer(request, admin)
            .unsign(text)
            .ok()
            .and_then(Json::parse);
        let Some(Json::Object(pairs)) = document else {
            return Self::default();
        };
        let pairs = pairs
            .into_iter()
            .filter_map(|(place, digests)| Some((place, digests.as_str()?.to_owned())));
        Self(pairs.collect())
    }

    /// What the hidden element holds.
    pub(super) fn signed(&self, request: &AdminRequest<'_, '_>, admin: &ModelAdmin) -> String {
        let mut pairs: Vec<_> = self.0.iter().collect();
        pairs.sort();
        let pairs = pairs.into_iter();
        let pairs = pairs.map(|(place, digests)| (place.clone(), Json::from(digests.as_str())));
        let document = Json::Object(pairs.collect()).to_python();
        signer(request, admin).sign(&document)
    }

    /// Whether the field `name` of `form` held `texts` when the page was shown.
    pub(super) fn has_shown(
        &self,
        place: &str,
        form: &ModelForm,
        name: &str,
        texts: &[String],
    ) -> bool {
        let seen = self.0.get(place).map_or("", String::as_str);
        let at = version_fields(form).position(|field| field.name == name);
        let seen = at.and_then(|at| seen.split('.').nth(at));
        seen == Some(digest(texts).as_str())
    }

    /// The names of the fields of `form` whose values are others now than they were; `form` is not bound.
    pub(super) fn changed_fields(&self, place: &str, form: &ModelForm) -> Vec<String> {
        let before = self.0.get(place).map_or("", String::as_str);
        let now = digests(form);
        let before: Vec<_> = before.split('.').collect();
        let names = version_fields(form).map(|field| field.name.clone());
        let changed = names.zip(now.split('.')).enumerate();
        let changed = changed.filter(|(at, (_, now))| before.get(*at) != Some(now));
        changed.map(|(_, (name, _))| name).collect()
    }
}

/// The forms of rows that are there, by their places.
pub(super) fn placed_forms(forms: &FormWithInlines) -> impl Iterator<Item = (String, &ModelForm)> {
    let own = std::iter::once((String::new(), &forms.form));
    let inner = forms.inlines.iter().flat_map(|set| {
        let prefix = set.set.prefix();
        let forms = set.set.forms.iter();
        forms.map(move |form| (place(prefix, form), form))
    });
    own.chain(inner).filter(|(_, form)| !form.is_new())
}

/// The place of the row of an inline.
fn place(prefix: &str, form: &ModelForm) -> String {
    format!("{prefix}/{}", to_text(form.instance.key()))
}

/// The fields of the model that `form` has, in its order.
pub(super) fn version_fields(form: &ModelForm) -> impl Iterator<Item = &Field> {
    let names = form.form.definition().field_names();
    let fields = names.filter_map(|name| form.instance.model().field(name));
    fields.filter(|field| !field.primary_key)
}

fn digests(form: &ModelForm) -> String {
    let digests = version_fields(form).map(|field| digest(&value_texts(form, field)));
    digests.collect::<Vec<_>>().join(".")
}

fn digest(texts: &[String]) -> String {
    let mut hasher = Md5::new();
    for text in texts {
        hasher.update(text.len().to_be_bytes());
        hasher.update(text);
    }
    let mut digest = crypto::hex(&hasher.finalize());
    digest.truncate(DIGITS);
    digest
}

/// What the row of `form` holds in `field`: of a relation to many, the keys in their order.
fn value_texts(form: &ModelForm, field: &Field) -> Vec<String> {
    match form.form.initial_keys(&field.name) {
        Some(keys) => sorted_texts(keys),
        None => match form.instance.get(&field.name) {
            Some(FieldValue::Null) | None => Vec::new(),
            Some(value) => vec![to_text(value)],
        },
    }
}

/// `keys` as texts, in their order.
pub(super) fn sorted_texts(keys: &[FieldValue]) -> Vec<String> {
    let mut texts: Vec<_> = keys.iter().map(to_text).collect();
    texts.sort();
    texts
}

fn signer(request: &AdminRequest<'_, '_>, admin: &ModelAdmin) -> Signer {
    let place = request.object_id();
    let salt = format!("djr.admin.version.{}.{place}", admin.model.label());
    Signer::new(&request.request.state.keys, &salt)
}
