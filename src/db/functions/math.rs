//! The functions of mathematics, as SQLite has them where it is built with them (`func.c` of SQLite).
//!
//! What is not a number, and what has no result among the real numbers, is `NULL`.

#![expect(
    clippy::unnecessary_wraps,
    reason = "all functions have the type that the table of them names"
)]

use std::f64::consts::PI;

use rusqlite::Result;
use rusqlite::types::{Value, ValueRef};

use crate::db::functions::arguments::Arguments;

/// The number of an argument; text that is one counts.
#[expect(
    clippy::cast_precision_loss,
    reason = "the functions compute with fractions"
)]
fn number(arguments: &Arguments<'_>, index: usize) -> Option<f64> {
    match arguments.value(index) {
        ValueRef::Integer(number) => Some(number as f64),
        ValueRef::Real(number) => Some(number),
        value @ ValueRef::Text(_) => value.as_str().ok()?.trim().parse().ok(),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}

fn real(number: Option<f64>) -> Value {
    let number = number.filter(|number| !number.is_nan());
    number.map_or(Value::Null, Value::Real)
}

/// A function of one number.
fn of_one(arguments: &Arguments<'_>, compute: fn(f64) -> f64) -> Value {
    real(number(arguments, 0).map(compute))
}

/// A function of two numbers.
fn of_two(arguments: &Arguments<'_>, compute: fn(f64, f64) -> f64) -> Value {
    let pair = number(arguments, 0).zip(number(arguments, 1));
    real(pair.map(|(first, second)| compute(first, second)))
}

/// A whole number stays one.
fn rounded(arguments: &Arguments<'_>, round: fn(f64) -> f64) -> Value {
    match arguments.value(0) {
        ValueRef::Integer(number) => Value::Integer(number),
        _ => of_one(arguments, round),
    }
}

pub(super) fn acos(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_one(arguments, f64::acos))
}

pub(super) fn asin(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_one(arguments, f64::asin))
}

pub(super) fn atan(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_one(arguments, f64::atan))
}

pub(super) fn atan2(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_two(arguments, f64::atan2))
}

pub(super) fn ceiling(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(rounded(arguments, f64::ceil))
}

pub(super) fn cos(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_one(arguments, f64::cos))
}

pub(super) fn degrees(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_one(arguments, |angle| angle * (180.0 / PI)))
}

pub(super) fn exp(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_one(arguments, f64::exp))
}

pub(super) fn floor(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(rounded(arguments, f64::floor))
}

/// Only what is greater than 0 has a logarithm.
pub(super) fn ln(arguments: &Arguments<'_>) -> Result<Value> {
    let number = number(arguments, 0).filter(|number| *number > 0.0);
    Ok(real(number.map(f64::ln)))
}

/// `LOG(base, number)`.
pub(super) fn log(arguments: &Arguments<'_>) -> Result<Value> {
    let positive = |index| number(arguments, index).filter(|number| *number > 0.0);
    let pair = positive(0)
        .map(f64::ln)
        .filter(|base| *base > 0.0)
        .zip(positive(1));
    Ok(real(pair.map(|(base, number)| number.ln() / base)))
}

pub(super) fn modulo(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_two(arguments, |number, divisor| number % divisor))
}

pub(super) fn pi(_: &Arguments<'_>) -> Result<Value> {
    Ok(Value::Real(PI))
}

pub(super) fn power(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_two(arguments, f64::powf))
}

pub(super) fn radians(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_one(arguments, |angle| angle * (PI / 180.0)))
}

pub(super) fn sin(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_one(arguments, f64::sin))
}

pub(super) fn sqrt(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_one(arguments, f64::sqrt))
}

pub(super) fn tan(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(of_one(arguments, f64::tan))
}
