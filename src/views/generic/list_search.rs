//! `search = ["title", "body"]`: what a visitor looks for, word by word, as the search of Django's admin.

use crate::models::Literal;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::query::Query;
use crate::templates::Context;
use crate::views::generic::model_view::ModelViewEntry;
use crate::views::queries::fitting;
use crate::views::{HttpError, Request};

/// How many different words are looked for: more would only make the database work.
const MAX_WORDS: usize = 20;

/// What a visitor may look for.
#[derive(Debug)]
pub(super) struct ListSearch {
    fields: Vec<SearchField>,
    parameter: String,
    /// Whether a field is another model's, so that one row may be found by several of its rows.
    crosses_relations: bool,
}

/// A field that is searched, and how.
#[derive(Debug)]
struct SearchField {
    path: String,
    lookup: Lookup,
}

impl ListSearch {
    /// Reads `search` and `search_param`; `^title` finds what begins with a word, `=title` what is that word.
    pub(super) fn read(read: &ModelViewEntry<'_, '_, '_>) -> Option<Self> {
        let fields = read.entry.fields;
        let parameter = fields.or("search_param", "q".to_owned());
        let item = fields.item("search").cloned()?;
        let names = fields.optional::<Vec<String>>("search")?;
        let reader = read.reader();
        let mut found = Vec::new();
        for name in &names {
            let field = search_field(name);
            if !reader.check_path(&field.path, &item) {
                return None;
            }
            found.push(field);
        }
        let crosses_relations = found.iter().any(|field| field.path.contains("__"));
        Some(Self {
            fields: found,
            parameter,
            crosses_relations,
        })
    }

    /// Those rows of `query` that the visitor looks for; the template is told the words as `search`.
    pub(super) fn apply(
        &self,
        request: &Request<'_>,
        query: Option<Query>,
        context: &mut Context,
    ) -> Result<Option<Query>, HttpError> {
        let fields = request.get()?;
        let text = fields.get(&self.parameter).unwrap_or_default();
        context.set("search", text);
        let mut words: Vec<&str> = Vec::new();
        for word in text.split_whitespace() {
            // SQLite's text ends at a null byte, and no text of a form holds one.
            if word.contains('\0') {
                return Ok(None);
            }
            if words.len() < MAX_WORDS && !words.contains(&word) {
                words.push(word);
            }
        }
        let (Some(query), false) = (query.clone(), words.is_empty()) else {
            return Ok(query);
        };
        let query = words
            .into_iter()
            .fold(query, |query, word| query.filter(self.finds(word)));
        let query = if self.crosses_relations {
            query.distinct()
        } else {
            query
        };
        fitting(request, query)
    }

    fn finds(&self, word: &str) -> Condition {
        let fields = self.fields.iter();
        let parts = fields.map(|field| {
            Condition::Compare(Comparison {
                field: field.path.clone(),
                lookup: field.lookup,
                operands: vec![Expression::Value(Literal::String(word.to_owned()))],
            })
        });
        Condition::Any(parts.collect())
    }
}

fn search_field(name: &str) -> SearchField {
    let (path, lookup) = match name.split_at_checked(1) {
        Some(("^", path)) => (path, Lookup::IStartsWith),
        Some(("=", path)) => (path, Lookup::IExact),
        _ => (name, Lookup::IContains),
    };
    SearchField {
        path: path.to_owned(),
        lookup,
    }
}
