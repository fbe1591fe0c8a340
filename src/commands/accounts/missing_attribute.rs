//! What users of a project do not have.

use crate::auth::UserAttribute;
use crate::diagnostic::Finding;

/// The finding that `option` sets what no user of this model has.
pub(crate) fn without_attribute(option: &str, attribute: UserAttribute) -> Finding {
    let field = attribute.usual_field();
    let message = format!("users of this project have no `{field}`, which `{option}` is about");
    let finding = Finding::error("no-such-attribute", message);
    match attribute {
        UserAttribute::Email => finding.hint(
            "`email_field` in `[auth]` names the field of the address, if it has another name",
        ),
        _ => finding,
    }
}
