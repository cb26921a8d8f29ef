"""The same script with pandas and openpyxl; see with_polars.py.

    pip install pandas openpyxl matplotlib
    python benches/compare/with_pandas.py INPUTS OUT
"""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd


def read(inputs: Path, name: str, columns: list[str]) -> pd.DataFrame:
    frames = []
    for path in sorted(inputs.glob(f"{name}*")):
        reader = pd.read_csv if path.suffix == ".csv" else pd.read_excel
        frames.append(reader(path, usecols=columns, dtype=str))
    return pd.concat(frames)


def main() -> None:
    inputs, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    log = read(inputs, "activities", ["Activity ID", "Type", "Start date", "Status"]).drop_duplicates("Activity ID")
    people = read(inputs, "participants", ["Activity ID", "Member", "Sex", "Role"])
    log["quarter"] = pd.to_datetime(log["Start date"].str[:10], format="%Y-%m-%d", errors="coerce").dt.to_period("Q").astype(str)
    regional = log["Type"].fillna("").str.lower().str.contains("regional")
    log["scope"] = regional.map({True: "regional", False: "national"})
    people["sex"] = people["Sex"].fillna("").str.lower().str[:1]
    joined = people.merge(log, on="Activity ID")

    def count(frame: pd.DataFrame, *by: str) -> pd.DataFrame:
        return frame.groupby(list(by)).size().reset_index(name="rows")

    figures = {
        "By quarter": count(joined, "quarter"),
        "By scope": count(joined, "scope"),
        "By sex": count(joined, "quarter", "sex"),
        "By Member": count(joined, "Member").sort_values("rows", ascending=False),
        "Activities": count(log, "quarter", "scope"),
        "Status": count(log, "Status").sort_values("rows", ascending=False),
    }
    with pd.ExcelWriter(out / "report.xlsx", engine="openpyxl") as workbook:
        for name, frame in figures.items():
            frame.to_excel(workbook, sheet_name=name, index=False)
    for name, frame in figures.items():
        figure, axes = plt.subplots(figsize=(16, 9), dpi=100)
        labels = frame.iloc[:40, :-1].astype(str).agg(" ".join, axis=1)
        axes.barh(labels, frame["rows"][:40])
        axes.set_title(name)
        figure.savefig(out / f"{name}.png")
        plt.close(figure)


main()
