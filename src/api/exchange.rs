//! The actions on rows: list, create, retrieve, update, delete (`rest_framework.mixins`).

use crate::api::addresses::{self, KEY};
use crate::api::answer::{ApiAnswer, ApiError, STYLE};
use crate::api::entry::ApiModel;
use crate::api::paging::ListPart;
use crate::api::place::EntryPlace;
use crate::api::serializer::{
    Representation, SerializerContext, ValidatedFields, equals, is_integer,
};
use crate::api::stored_files::RowFiles;
use crate::api::{body, filter_field, filters, python, write};
use crate::db::{Connection, DatabaseAlias};
use crate::json::JsonWriter;
use crate::models::ModelSet as _;
use crate::models::expression::Expression;
use crate::query::{ModelInstance, Query, QueryError};
use crate::values::{self, FieldValue};
use crate::views::{ParameterValue, Request, fitting, parameter};

/// A request for rows of a model.
#[derive(Clone, Copy)]
pub(super) struct Exchange<'e, 's> {
    pub(super) model: &'e ApiModel,
    pub(super) request: &'e Request<'s>,
    pub(super) place: EntryPlace,
}

impl<'e, 's> Exchange<'e, 's> {
    /// The rows that the parameters ask for, in parts.
    pub(super) fn list(&self) -> Result<ApiAnswer, ApiError> {
        let Some(query) = self.asked_for()? else {
            return self.part(None, &[], 0);
        };
        let handle = self.request.connections.get(&DatabaseAlias::default())?;
        let registry = &self.request.state.models;
        let count = match self.model.paging {
            crate::api::paging::Paging::None => 0,
            _ => u64::try_from(query.clone().on(registry)?.count(&handle)?).unwrap_or_default(),
        };
        let part = self.model.paging.part(self.request, count)?;
        let rows = match &part {
            Some(part) if part.start >= part.end => Vec::new(),
            Some(part) => self.read(&handle, query.slice(part.start, Some(part.end)))?,
            None => self.read(&handle, query)?,
        };
        self.part(part, &rows, count)
    }

    fn read(&self, connection: &Connection, query: Query) -> Result<Vec<ModelInstance>, ApiError> {
        let query = self.model.serializer.select(query);
        Ok(query
            .on(&self.request.state.models)?
            .instances(connection)?)
    }

    /// The answer with `rows`, which are a part of `count` rows or all there are.
    fn part(
        &self,
        part: Option<ListPart>,
        rows: &[ModelInstance],
        count: u64,
    ) -> Result<ApiAnswer, ApiError> {
        let mut writer = JsonWriter::new(STYLE);
        let part = match part {
            None => self.model.paging.part(self.request, count)?,
            part => part,
        };
        if let Some(part) = &part {
            writer.open(b'{');
            writer.key("count");
            writer.token(&count.to_string());
            for (name, address) in [("next", &part.next), ("previous", &part.previous)] {
                writer.key(name);
                match address {
                    Some(address) => writer.string(address),
                    None => writer.token("null"),
                }
            }
            writer.key("results");
        }
        writer.open(b'[');
        for row in rows {
            self.model
                .serializer
                .write(&mut writer, row, self.representation());
        }
        writer.close(b']');
        if part.is_some() {
            writer.close(b'}');
        }
        Ok(ApiAnswer::new(200, writer.into_text()))
    }

    /// The rows there are for who asks, narrowed and ordered by the parameters; none where no row can fit.
    fn asked_for(&self) -> Result<Option<Query>, ApiError> {
        let Some(query) = self.model.query.bind(self.request)? else {
            return Ok(None);
        };
        let parameters = self.request.get()?;
        let query = filter_field::apply(query, &self.model.filters, self.request)?;
        let sought = parameters.get("search").unwrap_or_default();
        if sought.contains('\0') && !self.model.search.is_empty() {
            let message = vec!["Null characters are not allowed."];
            let body = crate::json::Json::from(message);
            return Err(ApiError::Refused(ApiAnswer::json(400, &body)));
        }
        let query = filters::search(query, &self.model.search, sought);
        let order = parameters.get("ordering");
        let order = order.and_then(|text| filters::ordering(text, &self.model.ordering_fields));
        let query = match order {
            Some(terms) => query.order_by(terms),
            None => query,
        };
        Ok(fitting(self.request, query)?)
    }

    /// One row.
    pub(super) fn retrieve(&self) -> Result<ApiAnswer, ApiError> {
        let handle = self.request.connections.get(&DatabaseAlias::default())?;
        let row = self.row(&handle)?;
        Ok(self.written(200, &row))
    }

    /// Writes a new row.
    pub(super) fn create(&self) -> Result<ApiAnswer, ApiError> {
        let data = body::read(self.request)?;
        let handle = self.request.connections.get(&DatabaseAlias::default())?;
        let mut files = RowFiles::new(&self.request.state.form_database.storages);
        let row = handle.transaction(|connection| {
            let context = self.context(connection);
            let serializer = &self.model.serializer;
            let sent = serializer.validate(&context, &data, None, false)?;
            let key = self.write(&context, sent, None, &mut files)?;
            self.row_of_key(connection, Query::of(&self.model.serializer.model), &key)
        })?;
        files.saved.keep();
        let mut answer = self.written(201, &row);
        if let Some(url_name) = self.model.serializer.identity() {
            let address = addresses::of_row(self.request, url_name, row.key());
            answer
                .headers
                .extend(address.map(|address| ("Location", address)));
        }
        Ok(answer)
    }

    /// Writes a row anew; with `partial` only what was sent.
    pub(super) fn update(&self, partial: bool) -> Result<ApiAnswer, ApiError> {
        let handle = self.request.connections.get(&DatabaseAlias::default())?;
        // Whoever may not change the row is told that before the body is looked at.
        self.changeable_row(&handle)?;
        let data = body::read(self.request)?;
        let mut files = RowFiles::new(&self.request.state.form_database.storages);
        let row = handle.transaction(|connection| {
            let context = self.context(connection);
            let row = self.changeable_row(connection)?;
            let serializer = &self.model.serializer;
            let sent = serializer.validate(&context, &data, Some(&row), partial)?;
            let key = self.write(&context, sent, Some(&row), &mut files)?;
            self.row_of_key(connection, Query::of(&self.model.serializer.model), &key)
        })?;
        files.saved.keep();
        Ok(self.written(200, &row))
    }

    /// Writes what was sent as a new row, or as `instance`, once the whole row is right; returns its key.
    fn write(
        &self,
        context: &SerializerContext<'_, '_>,
        sent: ValidatedFields,
        instance: Option<&ModelInstance>,
        files: &mut RowFiles<'_>,
    ) -> Result<FieldValue, ApiError> {
        let serializer = &self.model.serializer;
        let sent = self.with_saved(sent)?;
        let mut row = write::row(context, serializer, &sent, instance)?;
        serializer.judge(context, &sent, &row)?;
        files.store(context, serializer, &sent, &mut row)?;
        write::save(context, serializer, &sent, row, instance)
    }

    /// Deletes a row.
    pub(super) fn destroy(&self) -> Result<ApiAnswer, ApiError> {
        let handle = self.request.connections.get(&DatabaseAlias::default())?;
        handle.transaction(|connection| {
            let row = self.changeable_row(connection)?;
            write::delete(&self.context(connection), &row)
        })?;
        Ok(ApiAnswer::empty())
    }

    fn context<'c>(&self, connection: &'c Connection) -> SerializerContext<'c, 's>
    where
        'e: 'c,
    {
        let registry = &self.request.state.models;
        SerializerContext {
            registry,
            connection,
            zone: registry.time_zone(),
            request: Some(self.request),
        }
    }

    fn representation(&self) -> Representation<'e, 's> {
        Representation {
            zone: self.request.state.models.time_zone(),
            request: Some(self.request),
        }
    }

    fn written(&self, status: u16, row: &ModelInstance) -> ApiAnswer {
        let mut writer = JsonWriter::new(STYLE);
        self.model
            .serializer
            .write(&mut writer, row, self.representation());
        ApiAnswer::new(status, writer.into_text())
    }

    /// What was sent, with the values that the server writes itself.
    fn with_saved(&self, mut sent: ValidatedFields) -> Result<ValidatedFields, ApiError> {
        let zone = self.request.state.models.time_zone();
        for saved in &self.model.save {
            let value = match &saved.value {
                Expression::Parameter(name) => match parameter(self.request, name)? {
                    ParameterValue::Value(value) => Some(value),
                    ParameterValue::NotAsked | ParameterValue::Missing => None,
                },
                Expression::Value(literal) => {
                    let field = self.model.serializer.model.field(&saved.field);
                    field.and_then(|field| values::from_literal(field.value_kind(), literal, zone))
                }
                _ => None,
            };
            // Without a user there is nobody to write down.
            let value = value.ok_or_else(ApiError::forbidden)?;
            sent.set(&saved.field, value);
        }
        Ok(sent)
    }

    /// The row that the path names, among those there are for who asks.
    pub(super) fn row(&self, connection: &Connection) -> Result<ModelInstance, ApiError> {
        let query = self.model.query.bind(self.request)?;
        match (query, self.key()?) {
            (Some(query), Some(key)) => self.row_of_key(connection, query, &key),
            _ => Err(self.no_such_row()),
        }
    }

    /// The same, provided that it may be changed.
    pub(super) fn changeable_row(
        &self,
        connection: &Connection,
    ) -> Result<ModelInstance, ApiError> {
        let row = self.row(connection)?;
        let Some(may) = &self.model.may else {
            return Ok(row);
        };
        let allowed = match may.bind(self.request)? {
            Some(query) => {
                let query = query.filter(equals("pk", row.key()));
                query.on(&self.request.state.models)?.exists(connection)?
            }
            None => false,
        };
        if allowed {
            Ok(row)
        } else {
            Err(ApiError::forbidden())
        }
    }

    fn row_of_key(
        &self,
        connection: &Connection,
        query: Query,
        key: &FieldValue,
    ) -> Result<ModelInstance, ApiError> {
        let query = query.filter(equals("pk", key)).slice(0, Some(1));
        let rows = self.read(connection, query)?;
        rows.into_iter().next().ok_or_else(|| self.no_such_row())
    }

    /// The key in the path; none where no row could have it.
    fn key(&self) -> Result<Option<FieldValue>, ApiError> {
        let mut kwargs = self.request.kwargs().iter();
        let text = kwargs
            .find(|(name, _)| name == KEY)
            .map(|(_, value)| value.to_string());
        let text = text.unwrap_or_default();
        let registry = &self.request.state.models;
        let field = self.model.serializer.model.primary_key();
        let kind = field.map(|field| registry.value_kind(field)).transpose();
        let Some(kind) = kind.map_err(QueryError::from)? else {
            return Ok(None);
        };
        if !is_integer(kind) {
            let key = values::from_text(kind, &text, registry.time_zone());
            return key.map(Some).map_err(|_| ApiError::new(404, "Not found."));
        }
        match python::int(&text) {
            None => Err(ApiError::new(404, "Not found.")),
            Some(number) => Ok(i64::try_from(number).ok().map(FieldValue::Integer)),
        }
    }

    fn no_such_row(&self) -> ApiError {
        let name = &self.model.serializer.model.name;
        ApiError::new(404, format!("No {name} matches the given query."))
    }
}
