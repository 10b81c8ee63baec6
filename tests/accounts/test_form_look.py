"""A form drawn by `{{ form }}`: label, hint, error, control; a summary that links to each; what was typed is kept."""

from django import forms
from django.template import Context, Template


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As the others know you")
    kind = forms.ChoiceField(
        label="Kind", widget=forms.RadioSelect, choices=[("a", "First\nwhat it means"), ("b", "Second")]
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="I agree")


def draw(form: forms.Form) -> str:
    return Template("{{ form }}").render(Context({"form": form}))


def test_label_hint_and_control_are_tied() -> None:
    html = draw(Sample())
    assert '<label for="id_name">Name</label>' in html
    assert '<div class="hint" id="id_name_helptext">As the others know you</div>' in html
    assert 'aria-describedby="id_name_helptext"' in html


def test_optional_fields_say_so() -> None:
    assert 'Note <span class="optional">(optional)</span>' in draw(Sample())


def test_second_line_of_a_choice_is_its_hint() -> None:
    assert "<span>First<small>what it means</small></span>" in draw(Sample())


def test_errors_stand_at_the_field_and_in_a_summary_that_links_to_it() -> None:
    html = draw(Sample({"name": "", "note": "kept <as> typed", "kind": "a"}))
    assert "2 things to mend." in html
    assert '<a href="#id_name">Fill in “Name”.</a>' in html
    assert "<span>Fill this in.</span>" in html
    assert '<a href="#id_agreed">Tick “I agree”.</a>' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "kept &lt;as&gt; typed" in html
    assert 'value="a" required id="id_kind_0" checked' in html.replace(' aria-invalid="true"', "")


def test_summary_links_to_the_first_of_a_group() -> None:
    assert '<a href="#id_kind_0">Choose one under “Kind”.</a>' in draw(Sample({"name": "x", "agreed": "on"}))


class Asking(forms.Form):
    why = forms.CharField(label="What is the conflict?", required=False)
    day = forms.DateField(label="Day", error_messages={"required": "Say on which day."})


def test_a_question_is_answered_and_no_sentence_has_two_ends() -> None:
    form = Asking({})
    form.fields["why"].required = True
    html = draw(form)
    assert '<a href="#id_why">Answer “What is the conflict?”</a>' in html
    assert '<a href="#id_day">Day: Say on which day.</a>' in html
    form.add_error("why", "Name it.")
    assert '<a href="#id_why">What is the conflict? Name it.</a>' in draw(form)
    assert "This field is required" not in draw(form)


def test_things_to_mend_are_counted_as_they_are_told() -> None:
    form = Asking({"day": "2026-11-26"})
    form.add_error("day", ["Too early.", "A holiday."])
    form.add_error(None, "Choose another.")
    html = draw(form)
    assert "3 things to mend." in html
    assert html.count("<li><a ") + html.count("<li>Choose another.") == 3


def test_error_of_the_whole_form_is_told_on_top() -> None:
    form = Sample({"name": "x", "kind": "a", "agreed": "on"})
    form.add_error(None, "Choose another day: that one is taken.")
    assert "<li>Choose another day: that one is taken.</li>" in draw(form)


def test_form_without_errors_has_no_summary() -> None:
    assert 'role="alert"' not in draw(Sample())


class Bounded(forms.Form):
    days = forms.IntegerField(min_value=1, max_value=14)
    least = forms.IntegerField(min_value=3)
    short = forms.CharField(max_length=4)
    long = forms.CharField(min_length=4)
    one = forms.ChoiceField(choices=[("a", "A")])
    some = forms.MultipleChoiceField(choices=[("a", "A")])
    day = forms.DateField()
    whole = forms.IntegerField()
    share = forms.DecimalField()
    fine = forms.DecimalField(decimal_places=2)
    large = forms.DecimalField(max_digits=3, decimal_places=2)
    own = forms.IntegerField(max_value=2, error_messages={"max_value": "No more than two."})


def test_bounds_lengths_and_choices_are_said_in_our_words() -> None:
    given = {"days": "15", "least": "2", "short": "12345", "long": "1", "one": "x:1", "some": ["y:2"], "own": "3"}
    given |= {"day": "tomorrow", "whole": "x", "share": "x", "fine": "0.125", "large": "12"}
    html = draw(Bounded(given))
    for said in (
        "Write a number from 1 to 14.", "Write 3 or more.", "Shorten this to 4 characters; it has 5.",
        "Write at least 4 characters.", "Choose from the list.", "No more than two.",
        "Write a day, such as 2026-11-23.", "Write a whole number, such as 12.", "Write a number, such as 12.5.",
        "Write at most 2 digits after the point.", "Write at most 1 digit before the point.",
    ):  # fmt: skip
        assert f"<span>{said}</span>" in html
    assert html.count("<span>Choose from the list.</span>") == 2
    for own in ("Ensure", "Select a valid choice", "x:1 is", "y:2 is"):
        assert own not in html
