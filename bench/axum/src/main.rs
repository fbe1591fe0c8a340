//! The pages of bench/pages.py by hand: axum, rusqlite and minijinja, statements written out and prepared once.
//!
//! `axum-pages DATABASE PORT`. It is the limit that djr is measured against, so it does nothing but these pages:
//! no middleware, no sessions, no CSRF, no checks of what is sent.

use std::cell::OnceCell;
use std::error::Error;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Json, Redirect, Response};
use axum::routing::get;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

const PAGE_SIZE: i64 = 20;

static DATABASE: OnceLock<String> = OnceLock::new();

thread_local! {
    static CONNECTION: OnceCell<Connection> = const { OnceCell::new() };
}

#[derive(Serialize)]
struct Named {
    id: i64,
    name: String,
}

#[derive(Serialize)]
struct Post {
    id: i64,
    title: String,
    body: String,
    published_on: String,
    author: Named,
    category: Named,
}

#[derive(Deserialize)]
struct PageQuery {
    page: Option<i64>,
}

#[derive(Deserialize)]
struct NewPost {
    title: String,
    body: String,
    published_on: String,
    author: i64,
    category: i64,
}

struct AppError(Box<dyn Error>);

impl<E: Error + 'static> From<E> for AppError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, self.0.to_string()).into_response()
    }
}

const SELECT: &str = "SELECT p.id, p.title, p.body, p.published_on, a.id, a.name, c.id, c.name FROM blog_post p \
     JOIN blog_author a ON a.id = p.author_id JOIN blog_category c ON c.id = p.category_id";

fn with<T>(work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    CONNECTION.with(|cell| {
        let connection = match cell.get() {
            Some(connection) => connection,
            None => {
                let connection = Connection::open(DATABASE.get().map_or("", String::as_str))?;
                connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000;")?;
                cell.get_or_init(|| connection)
            }
        };
        work(connection)
    })
}

fn post(row: &Row<'_>) -> rusqlite::Result<Post> {
    Ok(Post {
        id: row.get(0)?,
        title: row.get(1)?,
        body: row.get(2)?,
        published_on: row.get(3)?,
        author: Named {
            id: row.get(4)?,
            name: row.get(5)?,
        },
        category: Named {
            id: row.get(6)?,
            name: row.get(7)?,
        },
    })
}

/// The number of all posts, and those of a page.
fn page(number: i64) -> rusqlite::Result<(i64, Vec<Post>)> {
    with(|connection| {
        let count = connection
            .prepare_cached("SELECT count(*) FROM blog_post")?
            .query_row([], |row| row.get(0))?;
        let sql = format!("{SELECT} ORDER BY p.published_on DESC, p.id DESC LIMIT ?1 OFFSET ?2");
        let mut statement = connection.prepare_cached(&sql)?;
        let offset = number.saturating_sub(1).max(0) * PAGE_SIZE;
        let posts = statement.query_map(params![PAGE_SIZE, offset], post)?;
        Ok((count, posts.collect::<Result<_, _>>()?))
    })
}

async fn list(
    State(templates): State<Arc<Environment<'static>>>,
    Query(query): Query<PageQuery>,
) -> Result<Html<String>, AppError> {
    let number = query.page.unwrap_or(1);
    let (count, posts) = page(number)?;
    let pages = (count + PAGE_SIZE - 1) / PAGE_SIZE;
    let template = templates.get_template("list.html")?;
    Ok(Html(template.render(
        context! { posts => Value::from(Serde(&posts)), number, pages },
    )?))
}

async fn list_json(Query(query): Query<PageQuery>) -> Result<Response, AppError> {
    let number = query.page.unwrap_or(1);
    let (count, results) = page(number)?;
    let link = |number: i64| format!("/api/posts/?page={number}");
    let next = (number * PAGE_SIZE < count).then(|| link(number + 1));
    let previous = (number > 1).then(|| link(number - 1));
    let body = serde_json::json!({ "count": count, "next": next, "previous": previous, "results": results });
    Ok(Json(body).into_response())
}

async fn detail(
    State(templates): State<Arc<Environment<'static>>>,
    Path(id): Path<i64>,
) -> Result<Html<String>, AppError> {
    let post = with(|connection| {
        let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE p.id = ?1"))?;
        statement.query_row([id], post)
    })?;
    let template = templates.get_template("detail.html")?;
    Ok(Html(
        template.render(context! { post => Value::from(Serde(&post)) })?,
    ))
}

async fn create(Form(new): Form<NewPost>) -> Result<Redirect, AppError> {
    let id = with(|connection| {
        connection
            .prepare_cached("INSERT INTO blog_post (title, body, published_on, author_id, category_id) VALUES (?, ?, ?, ?, ?)")?
            .insert(params![new.title, new.body, new.published_on, new.author, new.category])
    })?;
    Ok(Redirect::to(&format!("/posts/{id}/")))
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (database, port) = (
        arguments.next().ok_or("no database")?,
        arguments.next().ok_or("no port")?,
    );
    DATABASE.get_or_init(|| database);
    let mut templates = Environment::new();
    templates.add_template("list.html", include_str!("list.html"))?;
    templates.add_template("detail.html", include_str!("detail.html"))?;
    let app = Router::new()
        .route("/posts/", get(list))
        .route("/posts/{id}/", get(detail))
        .route("/posts/new/", axum::routing::post(create))
        .route("/api/posts/", get(list_json))
        .with_state(Arc::new(templates));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2)
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
        axum::serve(listener, app).await?;
        Ok(())
    })
}
