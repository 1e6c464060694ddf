"""`palier explain`, `diff` and `rules`: why late and what would help, what differs, what counts.

The work is done in `dispatch.planning`; here files are opened and answers worded.
"""

import json
from pathlib import Path

import click

from dispatch.planning import parse_plan, parse_problem, plan_difference
from dispatch.planning.difference import written_difference
from dispatch.planning.explanation import explain as explain_plan
from dispatch.planning.explanation import written_explanation
from dispatch.planning.rule_book import rule_book_in_words, written_rule_book
from server.cli.documents import File, declining, read_document
from server.cli.explaining_words import difference_in_words, explanation_in_words


@click.command()
@click.argument("problem", type=File)
@click.argument("before", type=File)
@click.argument("after", type=File)
@click.option("--json", "as_json", is_flag=True, help="Answer for a program.")
def diff(problem: Path, before: Path, after: Path, *, as_json: bool) -> None:
    """Tell what differs between the plans BEFORE and AFTER of PROBLEM.

    Who moves and by how much, which promises flip, what is served or left out, and what each line
    of the bill changes by. Exit code 2 for a wrong file or a plan of another problem.
    """
    question = read_document(problem, parse_problem)
    with declining():
        found = plan_difference(
            question, read_document(before, parse_plan), read_document(after, parse_plan)
        )
    if as_json:
        click.echo(json.dumps(written_difference(found), ensure_ascii=False, indent=1))
    else:
        click.echo(difference_in_words(question, found))


@click.command()
@click.argument("problem", type=File)
@click.argument("plan", type=File)
@click.option("--job", help="Only this job.")
@click.option("--json", "as_json", is_flag=True, help="Answer for a program.")
def explain(problem: Path, plan: Path, *, job: str | None, as_json: bool) -> None:
    """Say why jobs of PLAN are late, and what would have to change for those it leaves out.

    A late job: what its start hangs on, to the second, and who could have been in time at what
    cost. A job left out: the rules that would have to change, the least trouble first, or what
    would have to be left out instead; each way planned and verified. Exit code 2 for a wrong file.
    """
    question, answer = read_document(problem, parse_problem), read_document(plan, parse_plan)
    with declining():
        found = explain_plan(question, answer, job)
    if as_json:
        click.echo(json.dumps(written_explanation(found), ensure_ascii=False, indent=1))
    else:
        click.echo(explanation_in_words(question, found))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer for a program.")
def rules(*, as_json: bool) -> None:
    """List every rule a plan is judged by: what may not be broken, then what costs how much."""
    if as_json:
        click.echo(json.dumps(written_rule_book(), ensure_ascii=False, indent=1))
    else:
        click.echo(rule_book_in_words())
