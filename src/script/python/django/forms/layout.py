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
        parts.append(_label(field))
    parts += [_help(field, "div"), _errors(field.errors), str(field)]
    if field.use_fieldset:
        parts.append("</fieldset>")
    return mark_safe("\n".join(part for part in parts if part))


def as_div(form):
    return _below_errors(form, "div", _div)


def as_p(form):
    return _below_errors(form, "p", _p)


def as_ul(form):
    return _behind_errors(form, "<li>", "</li>", _li)


def as_table(form):
    return _behind_errors(form, '<tr>\n<td colspan="2">\n', "\n</td>\n</tr>", _tr)


def _div(field, tail):
    return f"<div{_classes(field)}>\n{field_group(field)}\n{tail}</div>"


def _p(field, tail):
    parts = [_label(field), str(field), _help(field, "span"), tail]
    return f"{_errors(field.errors)}\n<p{_classes(field)}>\n{_lines(parts)}\n</p>"


def _li(field, tail):
    parts = [_errors(field.errors), _label(field), str(field), _help(field, "span"), tail]
    return f"<li{_classes(field)}>\n{_lines(parts)}\n</li>"


def _tr(field, tail):
    after = f"<br>\n{_help(field, 'span')}" if field.help_text else ""
    parts = [_errors(field.errors), str(field), after, tail]
    return f"<tr{_classes(field)}>\n<th>{_label(field)}</th>\n<td>\n{_lines(parts)}\n</td>\n</tr>"


def _label(field):
    return str(field.label_tag()) if field.label else ""


def _below_errors(form, tag, row):
    """Each field by `row`, below the errors of the form."""
    top, fields, hidden = parts_of(form)
    out = [_errors(top), *_rows(fields, hidden, row)]
    if not fields:
        out.append(f"<{tag}>{hidden}</{tag}>" if top and hidden else hidden)
    return _joined(out)


def _behind_errors(form, start, end, row):
    """Each field by `row`, behind one between `start` and `end` with the errors of the form."""
    top, fields, hidden = parts_of(form)
    out = _rows(fields, hidden, row)
    if top:
        out.insert(0, f"{start}{_errors(top)}{'' if fields else hidden}{end}")
    elif not fields:
        out.append(hidden)
    return _joined(out)


def _rows(fields, hidden, row):
    """Each field by `row`; the hidden ones stand in the last."""
    last = len(fields) - 1
    return [row(field, hidden if index == last else "") for index, field in enumerate(fields)]


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
