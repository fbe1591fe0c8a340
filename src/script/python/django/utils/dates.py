"""Names of days and months."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

WEEKDAYS = dict(enumerate(_DAYS))
WEEKDAYS_ABBR = {number: name[:3] for number, name in WEEKDAYS.items()}
MONTHS = dict(enumerate(_MONTHS, 1))
MONTHS_3 = {number: name[:3].lower() for number, name in MONTHS.items()}
# The style of the Associated Press.
MONTHS_AP = {
    number: name if 3 <= number <= 7 else f"{name[: 4 if number == 9 else 3]}." for number, name in MONTHS.items()
}
MONTHS_ALT = MONTHS
