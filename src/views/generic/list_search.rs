//! `search = ["title", "body"]`: what a visitor looks for, word by word, as the search of Django's admin.

use crate::query::Query;
use crate::templates::Context;
use crate::views::generic::model_view::ModelViewEntry;
use crate::views::queries::{SearchField, SearchTerms, fitting};
use crate::views::{HttpError, Request};

/// What a visitor may look for.
#[derive(Debug)]
pub(super) struct ListSearch {
    fields: Vec<SearchField>,
    parameter: String,
    /// Whether a field is another model's, so that one row may be found by several of its rows.
    crosses_relations: bool,
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
            let field = SearchField::parse(name);
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
        let terms = SearchTerms::parse(text);
        if terms.find_nothing() {
            return Ok(None);
        }
        let (Some(query), false) = (query.clone(), terms.is_empty()) else {
            return Ok(query);
        };
        let query = query.filter(terms.condition(&self.fields));
        let query = if self.crosses_relations {
            query.distinct()
        } else {
            query
        };
        fitting(request, query)
    }
}
