class ApiError(Exception):
    status = 400
    code = "error"

    def __init__(self, message, **details):
        super().__init__(message)
        self.details = details

    def as_dict(self):
        return {"error": {"code": self.code, "message": str(self), **self.details}}


class NotFound(ApiError):
    status = 404
    code = "not_found"


class Invalid(ApiError):
    status = 422
    code = "invalid"
