//! What a template uses, and where: names, urls, files, and parts that are kept.

/// A name in a template.
#[derive(Clone, Debug)]
pub(super) struct UsedName {
    pub(super) kind: UsedNameKind,
    pub(super) name: String,
    /// Where it stands, in bytes.
    pub(super) offset: usize,
}

/// A call of `static`.
#[derive(Clone, Debug)]
pub(super) struct StaticCall {
    pub(super) path: String,
    pub(super) offset: usize,
}

/// A call of `cache`, and what stands in its block.
#[derive(Clone, Debug)]
pub(super) struct FragmentUse {
    pub(super) offset: usize,
    pub(super) has_block: bool,
    /// How many arguments it has in order; `None` where that is not known before the page is made.
    pub(super) arguments: Option<usize>,
    /// The name of its cache, where that is written out, and its place.
    pub(super) using: Option<(String, usize)>,
    /// Secrets of one client in the block.
    pub(super) secrets: Vec<UsedName>,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum UsedNameKind {
    /// With so many arguments; `None` where that is not known before the page is made.
    Filter(Option<usize>),
    Test,
    /// A function that is called.
    Function,
    /// A function that is called with a block.
    BlockFunction,
    /// A variable that is printed, or handed to a filter.
    Printed,
    Template,
}

/// A call of `url`.
#[derive(Clone, Debug)]
pub struct UrlCall {
    /// The name of the url.
    pub name: String,
    /// Its arguments in order.
    pub args: Vec<UrlCallArgument>,
    /// Its arguments by name.
    pub kwargs: Vec<(String, UrlCallArgument)>,
    /// Whether more arguments come from `*args` or `**kwargs`.
    pub is_open: bool,
    pub(super) offset: usize,
}

/// An argument of a call of `url`.
#[derive(Clone, Debug)]
pub struct UrlCallArgument {
    /// As it is written.
    pub text: String,
    /// Its value; `None` where that is not known before the page is made.
    pub value: Option<String>,
}
