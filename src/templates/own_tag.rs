//! Tags that a project defines in its code, which templates call as functions of Jinja.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Kwargs, Object, ObjectRepr, Value};
use minijinja::{AutoEscape, Error, ErrorKind, State};

use crate::templates::context::{PageContext, RecordingContext};

/// What a tag of a project does: a function of the page and of the arguments, those by name last.
///
/// The first argument of a tag with a block is what stands in the block.
pub type OwnTagFunction = Arc<dyn Fn(&TagPage<'_>, &[Value]) -> Result<Value, Error> + Send + Sync>;

/// A tag that a project defines in its code.
#[derive(Clone)]
pub struct OwnTag {
    /// Its name.
    pub name: String,
    /// The name of the tag that ends its block in Django's own language; `None` for a tag without a block.
    pub end_name: Option<String>,
    /// What it does.
    pub run: OwnTagFunction,
}

/// The page that a tag stands in.
pub struct TagPage<'s>(&'s dyn PageState);

/// The engine's state without its lifetimes.
trait PageState {
    fn is_escaped(&self) -> bool;
    fn context(&self) -> PageContext;
}

impl PageState for State<'_, '_> {
    fn is_escaped(&self) -> bool {
        !matches!(self.auto_escape(), AutoEscape::None)
    }

    fn context(&self) -> PageContext {
        let root = self.lookup(RecordingContext::ITSELF);
        let names = self.known_variables();
        PageContext::new(root, names.iter().map(AsRef::as_ref), |name| {
            self.lookup(name)
        })
    }
}

impl TagPage<'_> {
    /// Whether the page escapes what is printed.
    pub fn is_escaped(&self) -> bool {
        self.0.is_escaped()
    }

    /// The names that the page knows where the tag stands.
    pub fn context(&self) -> PageContext {
        self.0.context()
    }
}

impl OwnTag {
    /// The function that templates call.
    pub(super) fn into_value(self) -> Value {
        Value::from_object(TagFunction(self))
    }

    /// What a tag says that has a block or lacks it, against what it was made for.
    pub(super) fn wrong_block(&self) -> String {
        let name = &self.name;
        match self.end_name {
            Some(_) => {
                format!("`{name}` needs a block: `{{% call {name}(...) %}}...{{% endcall %}}`")
            }
            None => format!("`{name}` takes no block: write `{{{{ {name}(...) }}}}`"),
        }
    }
}

/// The tag as a value of the engine.
pub(super) struct TagFunction(OwnTag);

impl TagFunction {
    /// What is called so in templates.
    pub(super) fn name(&self) -> &str {
        &self.0.name
    }
}

impl fmt::Debug for TagFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TagFunction").field(&self.0.name).finish()
    }
}

impl Object for TagFunction {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn call(self: &Arc<Self>, state: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (caller, mut args) = without_caller(args)?;
        if caller.is_some() != self.0.end_name.is_some() {
            return Err(Error::new(
                ErrorKind::InvalidOperation,
                self.0.wrong_block(),
            ));
        }
        if let Some(caller) = caller {
            let content = caller.call(state, &[])?;
            args.insert(0, Value::from_safe_string(content.to_string()));
        }
        (self.0.run)(&TagPage(state), &args)
    }
}

/// What makes the block of a call, and the other arguments.
fn without_caller(args: &[Value]) -> Result<BlockAndArguments, Error> {
    let kwargs = args.last().filter(|last| last.is_kwargs());
    let Some(kwargs) = kwargs else {
        return Ok((None, args.to_vec()));
    };
    let named = Kwargs::try_from(kwargs.clone())?;
    let caller: Option<Value> = named.get("caller")?;
    let mut left = args[..args.len() - 1].to_vec();
    let others = named.args().filter(|name| *name != "caller");
    let others = others.map(|name| Ok((name.to_owned(), named.peek::<Value>(name)?)));
    let others = others.collect::<Result<Vec<_>, Error>>()?;
    if !others.is_empty() {
        left.push(Value::from(others.into_iter().collect::<Kwargs>()));
    }
    Ok((caller, left))
}

type BlockAndArguments = (Option<Value>, Vec<Value>);

/// The tags of a project by name, for what is told of templates.
pub(super) type OwnTags = BTreeMap<String, OwnTag>;
