//! Who asks, and whether they may (`rest_framework.authentication`, `rest_framework.permissions`).

use std::sync::Arc;

use crate::api::answer::ApiError;
use crate::auth::{ApiTokens, User};
use crate::http::Method;
use crate::models::Model;
use crate::views::{Request, has_right, required_access};

/// The words in front of a token.
const KEYWORDS: [&str; 2] = ["token", "bearer"];

/// Who may use an entry, by the names of Django REST framework.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ApiPermission {
    AllowAny,
    IsAuthenticated,
    IsAdminUser,
    IsAuthenticatedOrReadOnly,
    DjangoModelPermissions,
    DjangoModelPermissionsOrAnonReadOnly,
}

impl ApiPermission {
    /// All of them, by name.
    pub(super) const ALL: [(&'static str, Self); 6] = [
        ("AllowAny", Self::AllowAny),
        ("IsAuthenticated", Self::IsAuthenticated),
        ("IsAdminUser", Self::IsAdminUser),
        ("IsAuthenticatedOrReadOnly", Self::IsAuthenticatedOrReadOnly),
        ("DjangoModelPermissions", Self::DjangoModelPermissions),
        (
            "DjangoModelPermissionsOrAnonReadOnly",
            Self::DjangoModelPermissionsOrAnonReadOnly,
        ),
    ];
}

/// The user who sent `request`: by a token, or else by the session; none for a visitor.
///
/// Whoever comes by the session must come from a page of this site.
pub(super) fn authenticate(request: &Request<'_>) -> Result<Option<Arc<User>>, ApiError> {
    if let Some(token) = token(request)? {
        let table = &request.state.users;
        let user = request
            .connections
            .with(|connection| ApiTokens::new(connection).user(table, token))?;
        let user = user.ok_or_else(|| ApiError::unauthorized("Invalid token."))?;
        if !user.is_active {
            return Err(ApiError::unauthorized("User inactive or deleted."));
        }
        let user = Arc::new(user);
        request.user()?.authenticate(Arc::clone(&user));
        return Ok(Some(user));
    }
    let Some(session_user) = &request.user else {
        return Ok(None);
    };
    let Some(user) = session_user.get()?.filter(|user| user.is_active) else {
        return Ok(None);
    };
    if !request.method.is_safe() {
        let reason = match &request.csrf {
            Some(csrf) => csrf.forgery(),
            None => Some("the middleware `csrf` is missing".to_owned()),
        };
        if let Some(reason) = reason {
            return Err(ApiError::new(403, format!("CSRF Failed: {reason}")));
        }
    }
    Ok(Some(user))
}

/// The token that `request` holds, if it holds one.
fn token<'r>(request: &'r Request<'_>) -> Result<Option<&'r str>, ApiError> {
    let header = request.headers.get("Authorization").unwrap_or_default();
    let parts: Vec<_> = header.split_ascii_whitespace().collect();
    let is_token = parts
        .first()
        .is_some_and(|word| KEYWORDS.contains(&word.to_ascii_lowercase().as_str()));
    match parts.as_slice() {
        _ if !is_token => Ok(None),
        [_, token] => Ok(Some(token)),
        [_] => Err(ApiError::unauthorized(
            "Invalid token header. No credentials provided.",
        )),
        _ => Err(ApiError::unauthorized(
            "Invalid token header. Token string should not contain spaces.",
        )),
    }
}

/// Refuses those who may not use `method` on rows of `model`.
pub(super) fn check(
    permission: ApiPermission,
    request: &Request<'_>,
    user: Option<&User>,
    method: &Method,
    model: &Model,
) -> Result<(), ApiError> {
    let allowed = match permission {
        ApiPermission::AllowAny => true,
        ApiPermission::IsAuthenticated => user.is_some(),
        ApiPermission::IsAdminUser => user.is_some_and(|user| user.is_staff),
        ApiPermission::IsAuthenticatedOrReadOnly => user.is_some() || method.is_safe(),
        ApiPermission::DjangoModelPermissions => {
            user.is_some() && has_permission(request, method, model)?
        }
        ApiPermission::DjangoModelPermissionsOrAnonReadOnly => {
            has_permission(request, method, model)?
        }
    };
    pass(allowed && meets_entry(request, method)?, user)
}

/// Refuses those who may not see a place of an API that is not one of a model.
pub(super) fn check_entry(request: &Request<'_>) -> Result<(), ApiError> {
    let found = request.resolved();
    if found.is_none_or(|found| found.pattern.access.requirements.is_empty()) {
        return Ok(());
    }
    let user = authenticate(request)?;
    pass(meets_entry(request, &request.method)?, user.as_deref())
}

/// Whether the user of `request` has the rights that the entry asks for.
fn meets_entry(request: &Request<'_>, method: &Method) -> Result<bool, ApiError> {
    let Some(found) = request.resolved() else {
        return Ok(true);
    };
    for required in required_access(found.pattern, method) {
        if !has_right(request, &required.right)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn pass(allowed: bool, user: Option<&User>) -> Result<(), ApiError> {
    match user {
        _ if allowed => Ok(()),
        None => Err(ApiError::unauthorized(
            "Authentication credentials were not provided.",
        )),
        Some(_) => Err(ApiError::forbidden()),
    }
}

fn has_permission(request: &Request<'_>, method: &Method, model: &Model) -> Result<bool, ApiError> {
    let action = match method {
        Method::Get | Method::Head | Method::Options => return Ok(true),
        Method::Post => "add",
        Method::Put | Method::Patch => "change",
        Method::Delete => "delete",
        Method::Trace | Method::Other(_) => {
            return Err(ApiError::method_not_allowed(method.as_str()));
        }
    };
    let name = format!("{}.{action}_{}", model.app_label, model.name.to_lowercase());
    Ok(match &request.user {
        Some(user) => user.has_perm(&name)?,
        None => false,
    })
}
