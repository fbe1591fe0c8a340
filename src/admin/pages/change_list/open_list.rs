//! A list as somebody asks for it: what is offered, and which rows the address leaves.

use std::sync::Arc;

use crate::admin::access::ModelPermissions;
use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_list::address_lookups::lookup_condition;
use crate::admin::pages::change_list::date_hierarchy::{ChosenDates, parameters};
use crate::admin::pages::change_list::day_range::DayField;
use crate::admin::pages::change_list::filters::OpenFilter;
use crate::admin::pages::change_list::list_error::ListError;
use crate::admin::pages::change_list::list_query::{list_query, search};
use crate::admin::pages::change_list::list_request::ListRequest;
use crate::models::ModelSet as _;
use crate::models::expression::Condition;
use crate::query::Query;

/// A list as somebody asks for it.
#[derive(Debug)]
pub(super) struct OpenList<'l, 'r, 's> {
    pub(super) request: &'l AdminRequest<'r, 's>,
    pub(super) admin: &'l Arc<ModelAdmin>,
    /// What who asks may do with the rows.
    pub(super) may: ModelPermissions,
    /// What the address asks for.
    pub(super) asked: ListRequest,
    /// The filters, in their order.
    pub(super) filters: Vec<OpenFilter>,
    /// What is chosen of the hierarchy of dates.
    pub(super) dates: ChosenDates,
    /// What the address asks of rows beside filters and search.
    lookups: Vec<Condition>,
}

impl<'l, 'r, 's> OpenList<'l, 'r, 's> {
    /// The list of `admin` as `request` asks for it; fails with 403 for who may not look at its rows.
    pub(super) fn open(
        request: &'l AdminRequest<'r, 's>,
        admin: &'l Arc<ModelAdmin>,
    ) -> Result<Self, ListError> {
        let may = request.permissions(admin, None)?;
        request.require(may.view)?;
        let asked = ListRequest::read(request, admin)?;
        let filters = OpenFilter::all(request, admin, &asked)?;
        let hierarchy = admin.list.date_hierarchy.as_ref();
        let dates = hierarchy.map(|hierarchy| ChosenDates::read(hierarchy, &asked));
        let mut list = Self {
            request,
            admin,
            may,
            asked,
            filters,
            dates: dates.transpose()?.unwrap_or_default(),
            lookups: Vec::new(),
        };
        list.lookups = list.read_lookups()?;
        Ok(list)
    }

    fn read_lookups(&self) -> Result<Vec<Condition>, ListError> {
        let registry = &self.request.request.state.models;
        let hierarchy = self.admin.list.date_hierarchy.as_ref();
        let of_dates = hierarchy.map(parameters);
        let is_of_dates = |name: &str| of_dates.iter().flatten().any(|parameter| parameter == name);
        let lookups = self.asked.lookups().filter(|(name, _)| {
            !is_of_dates(name) && !self.filters.iter().any(|filter| filter.takes(name))
        });
        let conditions =
            lookups.map(|(name, value)| lookup_condition(registry, self.admin, name, value));
        let mut conditions: Vec<_> = conditions.collect::<Result<_, _>>()?;
        if let Some(hierarchy) = hierarchy {
            let field = DayField {
                path: &hierarchy.path,
                is_moment: hierarchy.is_moment,
                zone: registry.time_zone(),
            };
            conditions.extend(self.dates.condition(&field)?);
        }
        Ok(conditions)
    }

    /// What is asked of rows by all but the filter at place `except` and the search.
    fn conditions(&self, except: Option<usize>) -> Vec<&Condition> {
        let filters = self.filters.iter().enumerate();
        let filters = filters.filter(|(at, _)| Some(*at) != except);
        let filters = filters.filter_map(|(_, filter)| filter.condition());
        filters.chain(&self.lookups).collect()
    }

    /// The rows that are found, in their order, before a page of them is taken.
    pub(super) fn query(&self) -> Query {
        list_query(
            self.request,
            self.admin,
            &self.asked,
            &self.conditions(None),
        )
    }

    /// Whether all rows of the model are found.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.asked.terms.is_empty() || !self.conditions(None).is_empty()
    }

    /// What everything but the filter at place `at` asks of rows.
    pub(super) fn conditions_beside(&self, at: usize) -> Vec<Condition> {
        let conditions = self.conditions(Some(at)).into_iter().cloned();
        conditions.chain(search(self.admin, &self.asked)).collect()
    }
}
