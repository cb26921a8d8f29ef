"""A good analyst's script with polars: a part of the job, to compare times with. Not part of the program or its tests.

    pip install polars fastexcel xlsxwriter matplotlib
    python benches/compare/with_polars.py INPUTS OUT

Reads the activity log and the participation lists, joins them, counts by quarter, scope and sex, and writes one workbook
with a table a figure and the charts as PNG files. No spelling is repaired, no row is accounted for, nothing is mapped.
"""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import polars as pl
import xlsxwriter


def read(inputs: Path, name: str, columns: list[str]) -> pl.DataFrame:
    frames = []
    for path in sorted(inputs.glob(f"{name}*")):
        if path.suffix == ".csv":
            frame = pl.read_csv(path, infer_schema=False, columns=columns)
        else:
            frame = pl.read_excel(path, engine="calamine", infer_schema_length=0, columns=columns)
        frames.append(frame.cast(pl.String))
    return pl.concat(frames)


def main() -> None:
    inputs, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    log = read(inputs, "activities", ["Activity ID", "Type", "Start date", "Status"])
    people = read(inputs, "participants", ["Activity ID", "Member", "Sex", "Role"])
    log = log.unique("Activity ID").with_columns(
        pl.col("Start date").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).alias("day"),
        pl.when(pl.col("Type").str.to_lowercase().str.contains("regional")).then(pl.lit("regional"))
        .otherwise(pl.lit("national")).alias("scope"),
    ).with_columns((pl.col("day").dt.year().cast(pl.String) + " Q" + pl.col("day").dt.quarter().cast(pl.String)).alias("quarter"))
    people = people.with_columns(pl.col("Sex").fill_null("").str.to_lowercase().str.slice(0, 1).alias("sex"))
    joined = people.join(log, on="Activity ID", how="inner")
    figures = {
        "By quarter": joined.group_by("quarter").len().sort("quarter"),
        "By scope": joined.group_by("scope").len().sort("scope"),
        "By sex": joined.group_by("quarter", "sex").len().sort("quarter", "sex"),
        "By Member": joined.group_by("Member").len().sort("len", descending=True),
        "Activities": log.group_by("quarter", "scope").len().sort("quarter", "scope"),
        "Status": log.group_by("Status").len().sort("len", descending=True),
    }
    with xlsxwriter.Workbook(out / "report.xlsx") as workbook:
        for name, frame in figures.items():
            frame.write_excel(workbook, worksheet=name)
    for name, frame in figures.items():
        figure, axes = plt.subplots(figsize=(16, 9), dpi=100)
        labels = [" ".join(str(part) for part in row[:-1]) for row in frame.rows()]
        axes.barh(labels[:40], frame["len"].to_list()[:40])
        axes.set_title(name)
        figure.savefig(out / f"{name}.png")
        plt.close(figure)


main()
