"""Forms. Each kind of field and widget is read when a site uses it."""

from django._lazy import lazily, names_of

_PLACES = {
    ".boundfield": "BoundField",
    ".choice_fields": "ChoiceField FilePathField MultipleChoiceField TypedChoiceField TypedMultipleChoiceField",
    ".choice_widgets": "CheckboxSelectMultiple NullBooleanSelect RadioSelect Select SelectMultiple",
    ".date_fields": "DateField DateTimeField DurationField TimeField",
    ".field_base": "Field",
    ".file_fields": "FileField ImageField",
    ".file_widgets": "ClearableFileInput FileInput",
    ".forms": "BaseForm Form",
    ".formsets": "BaseFormSet all_valid formset_factory",
    ".inline_formsets": "BaseInlineFormSet inlineformset_factory",
    ".media": "Media MediaDefiningClass MediaOrderConflictWarning Script",
    ".model_choices": "ModelChoiceField ModelMultipleChoiceField",
    ".model_formsets": "BaseModelFormSet modelformset_factory",
    ".models": "ALL_FIELDS BaseModelForm ModelForm fields_for_model model_to_dict modelform_factory",
    ".multi_fields": "ComboField MultiValueField SplitDateTimeField",
    ".multi_widgets": "MultiWidget SelectDateWidget SplitDateTimeWidget SplitHiddenDateTimeWidget",
    ".number_fields": "BooleanField DecimalField FloatField IntegerField NullBooleanField",
    ".text_fields": "CharField EmailField GenericIPAddressField JSONField RegexField SlugField URLField UUIDField",
    ".widgets": (
        "CheckboxInput ColorInput DateInput DateTimeInput EmailInput HiddenInput MultipleHiddenInput "
        "NumberInput PasswordInput SearchInput TelInput TextInput Textarea TimeInput URLInput Widget"
    ),
    "django.core.exceptions": "ValidationError",
}
__all__ = names_of(_PLACES)

__getattr__ = lazily(__name__, _PLACES)
