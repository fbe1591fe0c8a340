from django.core.exceptions import *
e = ValidationError("a %(x)s", code="c", params={"x": 1})
e.messages, e.code, e.params, list(e), str(e), repr(e)
tried(lambda: e.message_dict)
tried(lambda: e.error_dict)
ValidationError(["a", ValidationError("b", code="x")]).messages
ValidationError({"f": "a", "g": ["b", "c"]}).message_dict
ValidationError({"f": "a", "g": ["b", "c"]}).messages
str(ValidationError({"f": "a"})), repr(ValidationError({"f": "a"})), repr(ValidationError(["a", "b"]))
ValidationError(ValidationError({"f": "a"})).message_dict
ValidationError(ValidationError(["a"])).messages
ValidationError([ValidationError({"f": "a"}), "b"]).messages
ValidationError({"f": ValidationError(["a", "b"])}).update_error_dict({"f": [ValidationError("z")]})
ValidationError("a").update_error_dict({})
ValidationError([]).messages, ValidationError({}).messages, ValidationError("").messages
ValidationError("a") == ValidationError("a"), ValidationError("a") == ValidationError("b"), ValidationError("a", code="x") == ValidationError("a")
ValidationError(["a", "b"]) == ValidationError(["b", "a"]), ValidationError({"a": "x"}) == ValidationError({"a": "x"}), ValidationError("a") == "a"
ValidationError("a", params={"x": [1]}) == ValidationError("a", params={"x": [1]})
hash(ValidationError("a")) == hash(ValidationError("a"))
tried(lambda: ValidationError("%(x)s", params={"y": 1}).messages)
ValidationError("100%").messages
ValidationError(5).messages, ValidationError(None).messages
issubclass(DisallowedHost, SuspiciousOperation), issubclass(RequestDataTooBig, SuspiciousOperation), issubclass(TooManyFieldsSent, SuspiciousOperation), issubclass(BadRequest, SuspiciousOperation)
NON_FIELD_ERRORS
ObjectDoesNotExist.silent_variable_failure
try:
    raise ValidationError("x")
except Exception as error:
    args = error.args
args
