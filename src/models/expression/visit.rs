//! Walks through conditions and expressions.

use crate::models::expression::{Condition, Expression};

impl Condition {
    /// Calls `visit` with every expression, those within others included, the outer ones first.
    pub fn visit_expressions(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.visit_expressions(visit);
                }
            }
            Self::Not(part) => part.visit_expressions(visit),
            Self::Compare(comparison) => {
                for operand in &mut comparison.operands {
                    operand.visit_expressions(visit);
                }
            }
        }
    }
}

impl Expression {
    /// Calls `visit` with this and with every expression within it, the outer ones first.
    pub fn visit_expressions(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        visit(self);
        match self {
            Self::F(_) | Self::Value(_) | Self::Parameter(_) => {}
            Self::Function(_, arguments) | Self::Combined(_, arguments) => {
                for argument in arguments {
                    argument.visit_expressions(visit);
                }
            }
            Self::Cast(inner, _) | Self::Collate(inner, _) => inner.visit_expressions(visit),
            Self::Case { cases, default } => {
                for (condition, value) in cases {
                    condition.visit_expressions(visit);
                    value.visit_expressions(visit);
                }
                if let Some(value) = default {
                    value.visit_expressions(visit);
                }
            }
            Self::Q(condition) => condition.visit_expressions(visit),
        }
    }
}
