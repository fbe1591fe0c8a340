//! What `order_by` is given.

use rustpython_vm::builtins::PyStr;
use rustpython_vm::{PyObjectRef, PyResult};

use crate::models::expression::OrderTerm;
use crate::script::engine::db::arguments;
use crate::script::engine::db::conditions::TreeReader;

impl TreeReader<'_> {
    /// Terms of an order: names, expressions, and `OrderBy`.
    pub(super) fn order_terms(&self, terms: &[PyObjectRef]) -> PyResult<Vec<OrderTerm>> {
        terms.iter().map(|term| self.order_term(term)).collect()
    }

    fn order_term(&self, term: &PyObjectRef) -> PyResult<OrderTerm> {
        let vm = self.vm;
        if let Some(path) = term.downcast_ref::<PyStr>() {
            let path = path.to_string_lossy().into_owned();
            let name = path.trim_start_matches(['-', '+']);
            if name != "?" {
                self.paths.borrow_mut().push(name.to_owned());
            }
            return Ok(OrderTerm::Path(path));
        }
        if arguments::form(term, vm).as_deref() != Some("OrderBy") {
            return Ok(OrderTerm::Expression {
                expression: self.expression(term)?,
                descending: false,
                nulls_first: None,
            });
        }
        let is_first = arguments::is_true(term, "nulls_first", vm)?;
        let is_last = arguments::is_true(term, "nulls_last", vm)?;
        Ok(OrderTerm::Expression {
            expression: self.expression(&term.get_attr("expression", vm)?)?,
            descending: arguments::is_true(term, "descending", vm)?,
            nulls_first: (is_first || is_last).then_some(is_first),
        })
    }
}
