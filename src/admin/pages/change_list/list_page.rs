//! What the template of a list is told.

use crate::admin::options::ShowFacets;
use crate::admin::pages::change_list::cells::RowCells;
use crate::admin::pages::change_list::date_hierarchy::HierarchyLinks;
use crate::admin::pages::change_list::facets::facet_counts;
use crate::admin::pages::change_list::filters::OpenFilter;
use crate::admin::pages::change_list::headers::headers;
use crate::admin::pages::change_list::list_error::ListError;
use crate::admin::pages::change_list::list_request::FACETS;
use crate::admin::pages::change_list::list_rows::ListRows;
use crate::admin::pages::change_list::open_list::OpenList;
use crate::admin::pages::preserved_filters::preserved_query;
use crate::forms::ModelFormSet;
use crate::http::Response;
use crate::templates::Context;
use crate::templates::value::{Value, map};

impl OpenList<'_, '_, '_> {
    /// The page; `sent` are the forms of its rows as somebody sent them, with what is wrong with them.
    pub(super) fn page(&self, sent: Option<ModelFormSet>) -> Result<Response, ListError> {
        let (request, admin, asked) = (self.request, self.admin, &self.asked);
        let query = self.query();
        let found = ListRows::read(request, admin, asked, query.clone(), self.is_narrowed())?;
        let has_errors = sent.is_some();
        let forms = match sent {
            Some(forms) => Some(forms),
            None => self.row_forms(&found.query)?,
        };
        let actions = self.allowed_actions()?;
        let has_checkboxes = !actions.is_empty() && found.batch.len() > 0;
        let name = admin.model.verbose_name();
        let title = if self.may.change {
            format!("Select {name} to change")
        } else {
            format!("Select {name} to view")
        };
        let hierarchy = admin.list.date_hierarchy.as_ref();
        let hierarchy = hierarchy.map(|hierarchy| {
            let links = HierarchyLinks {
                request,
                hierarchy,
                asked,
                query: &query,
            };
            links.value(self.dates)
        });
        let rows = RowCells {
            request,
            admin,
            preserved: self.preserved_filters(),
            forms: forms.as_ref(),
            has_checkboxes,
        };
        let options = &admin.list.actions;
        let add_url = request.url(&admin.url_name("add"), &[])?;
        let context = request
            .page_context(&title)?
            .with("headers", headers(admin, asked))
            .with("rows", rows.value(&found.batch)?)
            .with("result_count", found.count)
            .with("full_result_count", found.full_count)
            .with("pages", found.pages(asked)?)
            .with("query", asked.search.as_str())
            .with("search_fields", !admin.list.search.is_empty())
            .with("search_help_text", admin.list.search_help_text.as_str())
            .with("kept", asked.kept_parameters(&["q"]))
            .with("has_add_permission", self.may.add)
            .with("has_change_permission", self.may.change)
            .with("is_narrowed", self.is_narrowed())
            .with("date_hierarchy", hierarchy.transpose()?.flatten())
            .with("show_all_query", found.show_all_query(admin, asked))
            .with("add_url", format!("{add_url}{}", self.preserved_filters()))
            .with("actions", actions)
            .with("actions_on_top", options.on_top && has_checkboxes)
            .with("actions_on_bottom", options.on_bottom && has_checkboxes)
            .with("has_counter", options.has_counter)
            .with("has_checkboxes", has_checkboxes)
            .with("has_errors", has_errors);
        let context = match forms {
            Some(forms) => {
                let is_multipart = forms.is_multipart();
                let context = context.with("is_multipart", is_multipart);
                context.with("formset", Value::from_object(forms.set))
            }
            None => context,
        };
        let context = self.with_filters(context)?;
        Ok(request.render_of_model(admin, "change_list.html", context)?)
    }

    /// What the addresses of the pages of rows end with, so that they lead back to the same part of the list.
    fn preserved_filters(&self) -> String {
        let query = self.asked.whole_query();
        let query = query.filter(|_| self.admin.list.preserve_filters);
        query.map_or_else(String::new, |query| preserved_query(&query))
    }

    /// `context` with the filters, and how many rows their choices leave.
    fn with_filters(&self, context: Context) -> Result<Context, ListError> {
        let (request, admin, asked) = (self.request, self.admin, &self.asked);
        let has_facets = match admin.list.facets {
            ShowFacets::Never => false,
            ShowFacets::Allow => asked.get(FACETS).is_some(),
            ShowFacets::Always => true,
        };
        let mut shown = Vec::new();
        for (at, filter) in self.filters.iter().enumerate() {
            let has_choices = filter.choice_conditions().next().is_some();
            let counts = if has_facets && has_choices {
                let others = self.conditions_beside(at);
                let others: Vec<_> = others.iter().collect();
                Some(facet_counts(request, admin, filter, &others)?)
            } else {
                None
            };
            shown.extend(filter.value(asked, counts.as_deref()));
        }
        let names: Vec<_> = self.filters.iter().flat_map(OpenFilter::names).collect();
        let mut filters = self.filters.iter();
        let is_filtered = filters.any(|filter| filter.condition().is_some());
        let clear = is_filtered.then(|| asked.with_all(&names, &[]));
        let toggle = (admin.list.facets == ShowFacets::Allow).then(|| {
            let value = if has_facets { "" } else { "True" };
            map([
                ("query", Value::from(asked.with(FACETS, value))),
                ("is_shown", Value::from(has_facets)),
            ])
        });
        Ok(context
            .with("filters", Value::from(shown))
            .with("clear_query", clear)
            .with("facets", toggle))
    }
}
