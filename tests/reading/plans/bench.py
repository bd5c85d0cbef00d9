"""Prints how every faulty workbook is read: rows, understood, flagged, refused, silent."""

from tests.reading.plans.cases import cases
from tests.reading.plans.truth import score
from thamthan.reading.apart import parsers_kept
from thamthan.reading.plans import read_plan


def main() -> None:
    print(
        "| workbook | rows | projects | understood | flagged | rows refused | unexpected | silent |"
    )
    print("|---|---|---|---|---|---|---|---|")
    totals = [0] * 7
    with parsers_kept():
        for case in cases():
            found = score(case, read_plan(case.content, name=case.file_name))
            figures = [
                found.rows,
                len(case.projects),
                found.understood,
                found.flagged,
                found.refused,
                len(found.missing),
                len(found.silent),
            ]
            totals = [a + b for a, b in zip(totals, figures, strict=True)]
            print(f"| {found.name} | {' | '.join(map(str, figures))} |")
            for line in (*found.missing, *found.silent):
                print(f"    {line}")
    print(f"| all | {' | '.join(map(str, totals))} |")


if __name__ == "__main__":
    main()
