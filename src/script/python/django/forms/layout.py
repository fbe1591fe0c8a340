"""Forms as HTML: in div, p, ul and table."""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe


def _help(field, tag):
    if not field.help_text:
        return ""
    identity = format_html(' id="{}_helptext"', field.auto_id) if field.auto_id else ""
    return f'<{tag} class="helptext"{identity}>{field.help_text}</{tag}>'


def _classes(field):
    classes = field.css_classes()
    return format_html(' class="{}"', classes) if classes else ""


def _errors(errors):
    return str(errors) if errors else ""


def field_group(field):
    """A field as it stands in a div."""
    parts = []
    if field.use_fieldset:
        described = field.aria_describedby
        parts.append(format_html('<fieldset aria-describedby="{}">', described) if described else "<fieldset>")
        parts.append(str(field.legend_tag()) if field.label else "")
    else:
        parts.append(str(field.label_tag()) if field.label else "")
    parts += [_help(field, "div"), _errors(field.errors), str(field)]
    if field.use_fieldset:
        parts.append("</fieldset>")
    return mark_safe("\n".join(part for part in parts if part))


def as_div(form):
    top, fields, hidden = parts_of(form)
    out = [_errors(top)]
    for index, field in enumerate(fields):
        tail = hidden if index == len(fields) - 1 else ""
        out.append(f"<div{_classes(field)}>\n{field_group(field)}\n{tail}</div>")
    if not fields:
        out.append(f"<div>{hidden}</div>" if top and hidden else hidden)
    return _joined(out)


def as_p(form):
    top, fields, hidden = parts_of(form)
    out = [_errors(top)]
    for index, field in enumerate(fields):
        tail = hidden if index == len(fields) - 1 else ""
        label = str(field.label_tag()) if field.label else ""
        parts = [label, str(field), _help(field, "span"), tail]
        out.append(f"{_errors(field.errors)}\n<p{_classes(field)}>\n{_lines(parts)}\n</p>")
    if not fields:
        out.append(f"<p>{hidden}</p>" if top and hidden else hidden)
    return _joined(out)


def as_ul(form):
    top, fields, hidden = parts_of(form)
    out = []
    if top:
        tail = "" if fields else hidden
        out.append(f"<li>{_errors(top)}{tail}</li>")
    for index, field in enumerate(fields):
        tail = hidden if index == len(fields) - 1 else ""
        label = str(field.label_tag()) if field.label else ""
        parts = [_errors(field.errors), label, str(field), _help(field, "span"), tail]
        out.append(f"<li{_classes(field)}>\n{_lines(parts)}\n</li>")
    if not fields and not top:
        out.append(hidden)
    return _joined(out)


def as_table(form):
    top, fields, hidden = parts_of(form)
    out = []
    if top:
        tail = "" if fields else hidden
        out.append(f'<tr>\n<td colspan="2">\n{_errors(top)}{tail}\n</td>\n</tr>')
    for index, field in enumerate(fields):
        tail = hidden if index == len(fields) - 1 else ""
        label = str(field.label_tag()) if field.label else ""
        after = f"<br>\n{_help(field, 'span')}" if field.help_text else ""
        parts = [_errors(field.errors), str(field), after, tail]
        out.append(f"<tr{_classes(field)}>\n<th>{label}</th>\n<td>\n{_lines(parts)}\n</td>\n</tr>")
    if not fields and not top:
        out.append(hidden)
    return _joined(out)


def _lines(parts):
    return "\n".join(part for part in parts if part)


def _joined(parts):
    return mark_safe(_lines(parts))


def parts_of(form):
    """The errors above the fields, the fields that are seen, and the HTML of the hidden ones."""
    top = form.non_field_errors().copy()
    fields, hidden = [], []
    for field in form:
        if not field.is_hidden:
            fields.append(field)
            continue
        if field.errors:
            for error in field.errors:
                top.append(f"(Hidden field {field.name}) {conditional_escape(error)}")
        hidden.append(str(field))
    return top, fields, "".join(hidden)
