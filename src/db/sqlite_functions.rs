//! How SQLite writes functions (the `as_sqlite` methods of `django.db.models.functions`).

use crate::db::dialect::FunctionTemplate;
use crate::db::sql::SqlFunction;

/// The call of `function`.
pub(super) fn template(function: SqlFunction) -> FunctionTemplate {
    match function {
        SqlFunction::Coalesce => FunctionTemplate::Name("coalesce"),
        SqlFunction::Concat => FunctionTemplate::Operator {
            operator: " || ",
            argument: "coalesce({}, '')",
        },
        SqlFunction::Length => FunctionTemplate::Name("length"),
        SqlFunction::Lower => FunctionTemplate::Name("lower"),
        SqlFunction::Upper => FunctionTemplate::Name("upper"),
        SqlFunction::Substr => FunctionTemplate::Name("substr"),
        SqlFunction::Abs => FunctionTemplate::Name("abs"),
        SqlFunction::Greatest => FunctionTemplate::Name("max"),
        SqlFunction::Least => FunctionTemplate::Name("min"),
        SqlFunction::LTrim => FunctionTemplate::Name("ltrim"),
        SqlFunction::RTrim => FunctionTemplate::Name("rtrim"),
        SqlFunction::Trim => FunctionTemplate::Name("trim"),
        SqlFunction::NullIf => FunctionTemplate::Name("nullif"),
        SqlFunction::Replace => FunctionTemplate::Name("replace"),
        SqlFunction::Round => FunctionTemplate::Name("round"),
        SqlFunction::Now => FunctionTemplate::Template("strftime('%Y-%m-%d %H:%M:%f', 'now')"),
        SqlFunction::HasNonAscii => FunctionTemplate::Template("{} GLOB '*[^ -~]*'"),
        SqlFunction::ACos => FunctionTemplate::Name("ACOS"),
        SqlFunction::ASin => FunctionTemplate::Name("ASIN"),
        SqlFunction::ATan => FunctionTemplate::Name("ATAN"),
        SqlFunction::ATan2 => FunctionTemplate::Name("ATAN2"),
        SqlFunction::Ceil => FunctionTemplate::Name("CEILING"),
        SqlFunction::Cos => FunctionTemplate::Name("COS"),
        SqlFunction::Cot => FunctionTemplate::Name("COT"),
        SqlFunction::Degrees => FunctionTemplate::Name("DEGREES"),
        SqlFunction::Exp => FunctionTemplate::Name("EXP"),
        SqlFunction::Floor => FunctionTemplate::Name("FLOOR"),
        SqlFunction::Ln => FunctionTemplate::Name("LN"),
        SqlFunction::Log => FunctionTemplate::Name("LOG"),
        SqlFunction::Mod => FunctionTemplate::Name("MOD"),
        SqlFunction::Pi => FunctionTemplate::Name("PI"),
        SqlFunction::Power => FunctionTemplate::Name("POWER"),
        SqlFunction::Radians => FunctionTemplate::Name("RADIANS"),
        SqlFunction::Sign => FunctionTemplate::Name("SIGN"),
        SqlFunction::Sin => FunctionTemplate::Name("SIN"),
        SqlFunction::Sqrt => FunctionTemplate::Name("SQRT"),
        SqlFunction::Tan => FunctionTemplate::Name("TAN"),
        SqlFunction::BitXor => FunctionTemplate::Name("BITXOR"),
        SqlFunction::Chr => FunctionTemplate::Name("CHAR"),
        SqlFunction::Ord => FunctionTemplate::Name("UNICODE"),
        SqlFunction::LPad => FunctionTemplate::Name("LPAD"),
        SqlFunction::RPad => FunctionTemplate::Name("RPAD"),
        SqlFunction::Repeat => FunctionTemplate::Name("REPEAT"),
        SqlFunction::Reverse => FunctionTemplate::Name("REVERSE"),
        SqlFunction::StrIndex => FunctionTemplate::Name("INSTR"),
        SqlFunction::Md5 => FunctionTemplate::Name("MD5"),
        SqlFunction::Sha1 => FunctionTemplate::Name("SHA1"),
        SqlFunction::Sha224 => FunctionTemplate::Name("SHA224"),
        SqlFunction::Sha256 => FunctionTemplate::Name("SHA256"),
        SqlFunction::Sha384 => FunctionTemplate::Name("SHA384"),
        SqlFunction::Sha512 => FunctionTemplate::Name("SHA512"),
        SqlFunction::JsonArray => FunctionTemplate::Name("JSON_ARRAY"),
        SqlFunction::JsonObject => FunctionTemplate::Name("JSON_OBJECT"),
        SqlFunction::JsonType => FunctionTemplate::Name("JSON_TYPE"),
        SqlFunction::TimeDifference => FunctionTemplate::Name("django_time_diff"),
        SqlFunction::MomentDifference => FunctionTemplate::Name("django_timestamp_diff"),
        SqlFunction::CumeDist => FunctionTemplate::Name("CUME_DIST"),
        SqlFunction::DenseRank => FunctionTemplate::Name("DENSE_RANK"),
        SqlFunction::FirstValue => FunctionTemplate::Name("FIRST_VALUE"),
        SqlFunction::Lag => FunctionTemplate::Name("LAG"),
        SqlFunction::LastValue => FunctionTemplate::Name("LAST_VALUE"),
        SqlFunction::Lead => FunctionTemplate::Name("LEAD"),
        SqlFunction::NthValue => FunctionTemplate::Name("NTH_VALUE"),
        SqlFunction::Ntile => FunctionTemplate::Name("NTILE"),
        SqlFunction::PercentRank => FunctionTemplate::Name("PERCENT_RANK"),
        SqlFunction::Rank => FunctionTemplate::Name("RANK"),
        SqlFunction::RowNumber => FunctionTemplate::Name("ROW_NUMBER"),
        SqlFunction::Random => FunctionTemplate::Name("RAND"),
        SqlFunction::JsonKey => FunctionTemplate::Template(
            "(CASE WHEN JSON_TYPE({}, {}) IN ('false', 'null', 'true') THEN JSON_TYPE({}, {}) ELSE JSON_EXTRACT({}, {}) END)",
        ),
        SqlFunction::JsonDocument => FunctionTemplate::Template("JSON_EXTRACT({}, '$')"),
        SqlFunction::TruncateDate => {
            FunctionTemplate::Template("django_date_trunc({}, {}, {}, 'UTC')")
        }
        SqlFunction::TruncateTime => {
            FunctionTemplate::Template("django_time_trunc({}, {}, {}, 'UTC')")
        }
        SqlFunction::TruncateMoment => {
            FunctionTemplate::Template("django_datetime_trunc({}, {}, {}, 'UTC')")
        }
        SqlFunction::DurationAdd => {
            FunctionTemplate::Template("django_format_dtdelta('+', {}, {})")
        }
        SqlFunction::DurationSubtract => {
            FunctionTemplate::Template("django_format_dtdelta('-', {}, {})")
        }
        SqlFunction::DurationMultiply => {
            FunctionTemplate::Template("django_format_dtdelta('*', {}, {})")
        }
        SqlFunction::DurationDivide => {
            FunctionTemplate::Template("django_format_dtdelta('/', {}, {})")
        }
    }
}
