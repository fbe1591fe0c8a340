//! The engine: compiled templates, the functions and filters they have.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Rest, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior};

use crate::clock::Zone;
use crate::templates::context::RecordingContext;
use crate::templates::functions::{StaticUrl, TemplateFunctions};
use crate::templates::operators::{self, Rewritten};
use crate::templates::own_tag::{OwnTag, OwnTags};
use crate::templates::template_error::message_of;
use crate::templates::{
    Context, Excerpt, TemplateError, TemplateSources, UndefinedName, escaping, filters, functions,
    tag_scanner, used_templates,
};

/// A filter of a project's own: a function of the value, the arguments, and whether the page escapes what is printed.
pub type OwnFilterFunction =
    Arc<dyn Fn(&Value, &[Value], bool) -> Result<Value, Error> + Send + Sync>;

/// What answers a method of a value: a function of the value, the name of the method, and the arguments.
pub type MethodCaller = Arc<dyn Fn(&Value, &str, &[Value]) -> Result<Value, Error> + Send + Sync>;

/// All templates of a project, compiled when they are first used.
pub struct Templates {
    pub(super) environment: Environment<'static>,
    pub(super) sources: TemplateSources,
    /// The sources of templates that stand in no file, by name.
    pub(super) added: HashMap<String, String>,
    /// Whether undefined names are looked for.
    notes_undefined: bool,
    /// The tags of the project's own.
    pub(super) own_tags: OwnTags,
    static_url: Arc<StaticUrl>,
}

impl Templates {
    /// Templates from `sources`, that show times in `zone` and call `functions`.
    pub fn new(sources: TemplateSources, zone: &Zone, functions: TemplateFunctions) -> Self {
        let mut environment = Environment::new();
        // Without it errors know no place; it costs a copy of the source with an error.
        environment.set_debug(true);
        environment.set_undefined_behavior(UndefinedBehavior::Chainable);
        environment.set_auto_escape_callback(escaping::auto_escape);
        environment.set_formatter(escaping::format);
        let loaded = sources.clone();
        environment.set_path_join_callback(used_templates::noted);
        environment.set_loader(move |name| load(&loaded, name));
        // Every page knows by this name whether debugging is on.
        environment.remove_global("debug");
        let static_url = Arc::clone(&functions.static_url);
        functions::add(&mut environment, zone, functions);
        filters::add(&mut environment, zone);
        operators::add(&mut environment);
        Self {
            environment,
            sources,
            added: HashMap::new(),
            notes_undefined: false,
            own_tags: OwnTags::new(),
            static_url,
        }
    }

    /// The same; with `notes` it looks for undefined names, which takes time.
    #[must_use]
    pub fn noting_undefined(self, notes: bool) -> Self {
        Self {
            notes_undefined: notes,
            ..self
        }
    }

    /// Adds a filter of the project's own, in the place of one of the same name.
    pub fn add_filter(&mut self, name: String, run: OwnFilterFunction) {
        let filter = move |state: &mut State<'_, '_>, value: Value, arguments: Rest<Value>| {
            let is_escaped = !matches!(state.auto_escape(), AutoEscape::None);
            run(&value, &arguments, is_escaped)
        };
        self.environment.add_filter(name, filter);
    }

    /// Has `call` answer methods that values of the engine do not have; it says `UnknownMethod` of those it does not know.
    pub fn set_method_caller(&mut self, call: MethodCaller) {
        let call = move |_: &mut State<'_, '_>, value: &Value, name: &str, args: &[Value]| {
            call(value, name, args)
        };
        self.environment.set_unknown_method_callback(call);
    }

    /// Adds a tag of the project's own, in the place of a function of the same name.
    pub fn add_tag(&mut self, tag: OwnTag) {
        let value = tag.clone().into_value();
        self.environment.add_global(tag.name.clone(), value);
        self.own_tags.insert(tag.name.clone(), tag);
    }

    /// The URL of the static file `path`, as `static` writes it.
    pub fn static_url(&self, path: &str) -> String {
        (self.static_url)(path)
    }

    /// Whether there is a template called `name`.
    pub fn has(&self, name: &str) -> bool {
        self.sources.has(name)
    }

    /// Renders the template `name`; also returns the undefined names it used, where they are looked for.
    pub fn render(
        &self,
        name: &str,
        context: Context,
    ) -> Result<(String, Vec<UndefinedName>), TemplateError> {
        let recording = RecordingContext::new(context, self.notes_undefined);
        let template = self.environment.get_template(name);
        let page = template
            .and_then(|template| template.render(Value::from_dyn_object(Arc::clone(&recording))))
            .map_err(|error| self.explain(&error))?;
        let missed = recording.missed();
        let undefined = missed
            .into_iter()
            .filter_map(|name_used| self.undefined(name, name_used));
        Ok((page, undefined.collect()))
    }

    /// Where the template `page`, or another it builds on, uses the undefined `name`; `None` where that is meant.
    fn undefined(&self, page: &str, name: String) -> Option<UndefinedName> {
        if self.environment.globals().any(|(global, _)| global == name) {
            return None;
        }
        let compiled: Vec<_> = self
            .environment
            .templates()
            .map(|(name, _)| name.to_owned())
            .collect();
        let others = compiled
            .iter()
            .map(String::as_str)
            .filter(|other| *other != page);
        for template in std::iter::once(page).chain(others) {
            let Ok(Some(found)) = self.sources.find(template) else {
                continue;
            };
            match find_use(&found.text, &name) {
                Some(NameUse::Guarded) => return None,
                Some(NameUse::Plain(offset)) => {
                    let location = Excerpt::new(&found.path, &found.text, offset).location;
                    return Some(UndefinedName {
                        name,
                        location: Some(location),
                    });
                }
                None => {}
            }
        }
        Some(UndefinedName {
            name,
            location: None,
        })
    }
}

/// Renders `source`, a page of djr's own that calls nothing of a project.
pub fn render_page(source: &str, context: Context) -> Result<String, TemplateError> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(escaping::auto_escape);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_formatter(escaping::format);
    let context = Value::from_dyn_object(RecordingContext::new(context, false));
    environment
        .render_named_str("page.html", source, context)
        .map_err(|error| TemplateError::plain(message_of(&error)))
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates")
            .field("sources", &self.sources)
            .finish_non_exhaustive()
    }
}

/// How a template uses an undefined name.
enum NameUse {
    /// In `is defined` or before a default, where that is meant.
    Guarded,
    /// At this byte.
    Plain(usize),
}

fn find_use(source: &str, name: &str) -> Option<NameUse> {
    let mut guarded = false;
    for tag in tag_scanner::tags(source) {
        for (index, _) in tag.inner.match_indices(name) {
            let part_of_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
            let before = &tag.inner[..index];
            let after = &tag.inner[index + name.len()..];
            if before.ends_with(part_of_name)
                || after.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            {
                continue;
            }
            let next = after.trim_start();
            let default = ["is defined", "is undefined", "is not defined"]
                .iter()
                .any(|test| next.starts_with(test))
                || next
                    .strip_prefix('|')
                    .is_some_and(|filter| filter.trim_start().starts_with("default"));
            if !default {
                return Some(NameUse::Plain(tag.inner_start + index));
            }
            guarded = true;
        }
    }
    guarded.then_some(NameUse::Guarded)
}

fn load(sources: &TemplateSources, name: &str) -> Result<Option<String>, Error> {
    let found = sources.find(name).map_err(|error| {
        let message = format!("cannot read the template `{name}`: {error}");
        Error::new(ErrorKind::InvalidOperation, message)
    })?;
    Ok(found.map(|found| Rewritten::new(&found.text).text))
}
