"""The short forms of the conversation view, one for each block of the page."""

from django import forms

from whatmatters.people.boxes import long, short


class MattersForm(forms.Form):
    text = long("In their own words", 4000)


class NeedForm(forms.Form):
    words = short("What is difficult, or worries them", 1000, required="Write what it is")
