from shop.cases import aggregates, conditions, forms, generic, pages, queries, services, templates, testing, views

MODULES = (aggregates, conditions, forms, generic, pages, queries, services, templates, testing, views)
ALL = {
    name.replace("_", "-"): case
    for module in MODULES
    for name, case in vars(module).items()
    if getattr(case, "__module__", None) == module.__name__ and callable(case) and not isinstance(case, type) and name[0] != "_"
}
