//! Templates that stand in no file of their own, such as those in the options of models.

use minijinja::value::Value;

use crate::templates::context::RecordingContext;
use crate::templates::operators::Rewritten;
use crate::templates::template_names::TemplateNames;
use crate::templates::{Context, TemplateError, Templates, UrlCall};

impl Templates {
    /// Adds the template `source` under `name`; fails where it cannot be compiled.
    pub fn add(&mut self, name: &str, source: &str) -> Result<(), TemplateError> {
        self.added.insert(name.to_owned(), source.to_owned());
        let added = self
            .environment
            .add_template_owned(name.to_owned(), Rewritten::new(source).text);
        added.map_err(|error| self.explain(&error))
    }

    /// What the page that is written in `source` shows, which stands in no file.
    pub fn render_text(&self, source: &str, context: Context) -> Result<String, TemplateError> {
        const NAME: &str = "text.html";
        let source = Rewritten::new(source).text;
        let template = self.environment.template_from_named_str(NAME, &source);
        let context = RecordingContext::new(context, false);
        template
            .and_then(|template| template.render(Value::from_dyn_object(context)))
            .map_err(|error| self.explain(&error))
    }

    /// What the template `name` writes, whose names are the attributes of `object`.
    pub fn render_object(&self, name: &str, object: Value) -> Result<String, TemplateError> {
        let template = self.environment.get_template(name);
        let text = template.and_then(|template| template.render(object));
        text.map_err(|error| self.explain(&error))
    }

    /// The names that the template `name` asks its object for.
    pub fn names_asked_for(&self, name: &str) -> Vec<String> {
        let Ok(template) = self.environment.get_template(name) else {
            return Vec::new();
        };
        let mut names: Vec<_> = template.undeclared_variables(false).into_iter().collect();
        names.retain(|name| !self.environment.globals().any(|(global, _)| global == name));
        names.sort_unstable();
        names
    }
}

/// The calls of `url` in the template `source`; none where it cannot be read.
pub fn url_calls(source: &str) -> Vec<UrlCall> {
    TemplateNames::read(source)
        .map(|names| names.urls)
        .unwrap_or_default()
}
