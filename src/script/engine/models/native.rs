//! The module `_djr_models`: what the classes of models are made of.

pub(in crate::script::engine) use _djr_models::module_def;

#[rustpython_vm::pymodule]
mod _djr_models {
    use std::sync::Arc;

    use rustpython_vm::builtins::{PyDictRef, PyTypeRef};
    use rustpython_vm::class::PyClassImpl as _;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    use crate::apps::{App, AppSource};
    use crate::models::{Model, ModelKey, Registry};
    use crate::script::engine::interpreter::ThreadInterpreter;
    use crate::script::engine::models::instance_attributes::{self, KnownRow};
    use crate::script::engine::models::literal_facts::{Facts, list, text, texts};
    use crate::script::engine::models::{constraints, facts, row_text};

    fn registry() -> Option<Arc<Registry>> {
        Some(Arc::clone(&ThreadInterpreter::current()?.site().models))
    }

    /// The apps, in order: label, the module that they are in Python, their directory.
    #[pyfunction]
    fn apps(vm: &VirtualMachine) -> PyResult {
        let Some(this) = ThreadInterpreter::current() else {
            return Ok(list(std::iter::empty(), vm));
        };
        let site = this.site();
        let apps = site.apps.iter().map(|one| app(one, vm));
        let apps = apps.collect::<PyResult<Vec<_>>>()?;
        Ok(list(apps.into_iter(), vm))
    }

    fn app(app: &App, vm: &VirtualMachine) -> PyResult {
        let label = app.label.as_str();
        let facts = Facts::new(vm);
        facts.set("label", label)?;
        match &app.source {
            AppSource::Embedded(_) => {
                facts.set("name", format!("django.contrib.{label}"))?;
                facts.set("path", "")?;
            }
            AppSource::Disk(path) => {
                facts.set("name", label)?;
                facts.set("path", path.to_string_lossy().into_owned())?;
            }
        }
        Ok(facts.done())
    }

    /// The names of the models of an app, as they are written, in the order of its file.
    #[pyfunction]
    fn names(app_label: String, vm: &VirtualMachine) -> PyObjectRef {
        let registry = registry();
        let models = registry.iter().flat_map(|registry| registry.models());
        let own = models.filter(|model| model.app_label == app_label);
        list(own.map(|model| text(&model.name, vm)), vm)
    }

    /// What the model `posts.Post` is, whatever the case of its name; `None` where there is none.
    #[pyfunction]
    fn facts(label: String, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let Some((registry, key)) = registry().zip(ModelKey::parse(&label)) else {
            return Ok(None);
        };
        let found = registry.shared(&key);
        found
            .map(|model| facts::facts(&registry, model, vm))
            .transpose()
    }

    /// The label of the model of users.
    #[pyfunction]
    fn user_model() -> Option<String> {
        registry()?.user_model().map(Model::label)
    }

    /// The field that users log in with.
    #[pyfunction]
    fn username_field() -> Option<String> {
        Some(registry()?.username_field().to_owned())
    }

    /// The field with the address of a user.
    #[pyfunction]
    fn email_field() -> Option<String> {
        Some(
            ThreadInterpreter::current()?
                .site()
                .settings
                .auth
                .email_field
                .clone(),
        )
    }

    /// The fields that `createsuperuser` asks for beside these.
    #[pyfunction]
    fn required_fields(vm: &VirtualMachine) -> PyObjectRef {
        let site = ThreadInterpreter::current().map(ThreadInterpreter::site);
        let names = site.map(|site| site.settings.auth.required_fields.clone());
        texts(&names.unwrap_or_default(), vm)
    }

    #[pyattr(name = "KnownRow")]
    fn known_row_type(_vm: &VirtualMachine) -> PyTypeRef {
        KnownRow::make_static_type()
    }

    /// The value of the primary key of an instance.
    #[pyfunction]
    fn primary_key(instance: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        instance_attributes::primary_key(&instance, vm)
    }

    /// What the template `str` or `url` of the model `label` writes of `instance`.
    ///
    /// `None` while the site is not composed.
    #[pyfunction]
    fn rendered(
        label: String,
        option: String,
        instance: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<Option<String>> {
        row_text::rendered(&label, &option, &instance, vm)
    }

    /// Whether a row with these values breaks the constraint `name` of the model `label`.
    #[pyfunction]
    fn breaks_constraint(
        label: String,
        name: String,
        values: PyDictRef,
        exclude: Vec<String>,
        using: String,
        vm: &VirtualMachine,
    ) -> PyResult<bool> {
        constraints::is_broken(
            &constraints::GivenRow {
                label,
                name,
                values,
                exclude,
                using,
            },
            vm,
        )
    }
}
