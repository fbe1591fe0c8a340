from django import forms


class TaskForm(forms.Form):
    title = forms.CharField(max_length=20, min_length=2)
    done = forms.BooleanField(required=False)
    due = forms.DateField(required=False)
    priority = forms.TypedChoiceField(choices=[(1, "low"), (2, "high")], coerce=int, empty_value=1, required=False)
    tags = forms.MultipleChoiceField(choices=[("home", "Home"), ("work", "Work")], required=False)
