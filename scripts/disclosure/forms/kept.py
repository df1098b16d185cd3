"""What a later form has to state of a project: nothing public is taken back by a cell that is left blank."""

from disclosure.forms.form import Form, said
from disclosure.forms.grid import Refused
from disclosure.forms.sourced import Books
from disclosure.package.cells import MISSING

_SHOWN = 40  # signs of a goal


def says_less(books: Books, project: tuple[str, str], form: Form) -> None:
    """Nothing, where a form states a goal and indicators if the package has them. Raises Refused.

    A blank goal would be either a correction, by which the target is not public any more, or none, and the
    form the source of less than stands beside it: whoever filled it in has to say which.
    """
    row = books["projects"].rows.get(project)
    if row and row["goal"] not in MISSING and not said(form, "goal"):
        raise Refused("form-says-less", form.sheet, "", row["goal"][:_SHOWN])
    lines = books["indicators"].of(*project)
    if lines and not form.indicators:
        raise Refused("form-says-less", form.sheet, "", books["indicators"].rows[lines[0]]["name"][:_SHOWN])
