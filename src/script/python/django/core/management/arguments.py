"""The options of a command that Python calls rather than a person."""


def parsed_options(command, name, args, options):
    """What `execute()` of a command takes: words, and the options, with the defaults of its parser."""
    parser = command.create_parser("", name)
    by_flag = {
        min(action.option_strings).lstrip("-").replace("-", "_"): action.dest
        for action in parser._actions
        if action.option_strings
    }
    named = {by_flag.get(option, option): value for option, value in options.items()}
    words = []
    for arg in args:
        words += map(str, arg) if isinstance(arg, (list, tuple)) else [str(arg)]
    words += _required_words(parser, named)
    defaults = vars(parser.parse_args(args=words))
    known = {action.dest for action in parser._actions} | {*by_flag, *command.stealth_options, *command.base_stealth_options}
    unknown = set(options) - known
    if unknown:
        raise TypeError(
            f"{name} has no option {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}"
        )
    values = {**defaults, **named}
    if "skip_checks" not in named:
        values["skip_checks"] = True
    return values.pop("args", ()), values


def _required_words(parser, named):
    """The words for options that the parser insists on and that were given by name."""
    groups = [group for group in parser._mutually_exclusive_groups if group.required]
    in_groups = {id(action) for group in groups for action in group._group_actions}
    for action in parser._actions:
        if action.dest not in named or not action.option_strings:
            continue
        if not action.required and id(action) not in in_groups:
            continue
        flag, value = min(action.option_strings), named[action.dest]
        if action.nargs == 0:
            yield flag
        elif isinstance(value, (list, tuple)):
            yield flag
            yield from map(str, value)
        else:
            yield f"{flag}={value}"


