"""`request.user`: who is found out when it is first asked."""

from django.utils.functional import SimpleLazyObject


def lazy_user(native):
    """The user whom the session of a native request names, or a visitor."""

    def found():
        key = native.user_key()
        if key is not None:
            from django.contrib.auth import get_user_model

            model = get_user_model()
            user = model._base_manager.filter(pk=key).first()
            if user is not None:
                return user
        from django.contrib.auth.anonymous import AnonymousUser

        return AnonymousUser()

    return SimpleLazyObject(found)
