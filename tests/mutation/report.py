"""Writes docs/quality/mutation.md from the reports of the last runs, with the reasons of survivors.json; fails when one has none."""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
AREAS = {
    "mapping": "OpenTelemetry metrics to CloudWatch data",
    "batching": "What is pending, and the body of a request",
    "delivery": "The policy after failures",
    "scheduling": "When calls are due, and what a surge is",
    "alarms": "Alarms of the local CloudWatch",
    "scaling": "Step scaling, target tracking and schedules of the lab",
}
COUNTED = ("Killed", "Timeout", "Survived", "NoCoverage")
REASONS = json.loads((ROOT / "tests/mutation/survivors.json").read_text())


def flat(text):
    return re.sub(r"\s+", " ", text).strip()


def code(text):
    text = flat(text)
    text = text if len(text) <= 120 else text[:117] + "..."
    return "`` " + text.replace("|", "\\|") + " ``"


def original(lines, location):
    start, end = location["start"], location["end"]
    part = lines[start["line"] - 1 : end["line"]]
    part[-1] = part[-1][: end["column"] - 1]
    part[0] = part[0][start["column"] - 1 :]
    return "\n".join(part)


def read(area):
    """The mutants of an area, of its last run: (file, line number, the line, what was there, what it became, status)."""
    runs = [path for path in (ROOT / "artifacts/mutation").glob("*/reports/mutation-report.json") if area in path.parents[1].name.split("+")]
    if not runs:
        return None
    mutants = []
    for name, file in sorted(json.loads(max(runs, key=lambda path: path.stat().st_mtime).read_text())["files"].items()):
        path = pathlib.PurePosixPath(name.replace("\\", "/"))
        if path.parent.name != area.capitalize():
            continue
        lines = file["source"].split("\n")
        for mutant in file["mutants"]:
            line = mutant["location"]["start"]["line"]
            mutants.append((path.name, line, lines[line - 1].strip(), original(lines, mutant["location"]), mutant.get("replacement", ""), mutant["status"]))
    return mutants


def reason(file, text, replacement):
    for known in REASONS:
        if known["file"] == file and known["line"] in text and known.get("to", "") in flat(replacement):
            known["used"] = True
            return known["why"]
    return None


def main():
    rows, lists, unexplained = [], [], 0
    total = dict.fromkeys(COUNTED, 0)
    for area, title in AREAS.items():
        mutants = read(area)
        if mutants is None:
            rows.append(f"| {area} | {title} | not run | | | | | |")
            continue
        count = {status: sum(1 for mutant in mutants if mutant[5] == status) for status in COUNTED}
        for status in COUNTED:
            total[status] += count[status]
        rows.append(row(area, title, count))
        left = [mutant for mutant in mutants if mutant[5] in ("Survived", "NoCoverage")]
        lists.append(f"\n### {area.capitalize()}: {len(left)} left\n")
        for file, line, text, before, after, status in left:
            why = reason(file, text, after)
            unexplained += why is None
            lists.append(f"- {file}:{line} {code(before)} → {code(after)}{' (no test runs it)' if status == 'NoCoverage' else ''}: {why or '**not looked at**'}")
    rows.append(row("**all**", "", total))
    page = (ROOT / "tests/mutation/report.md").read_text()
    page = page.replace("{rows}", "\n".join(rows)).replace("{lists}", "\n".join(lists).strip("\n"))
    target = ROOT / "docs/quality/mutation.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page)
    print(f"{target.relative_to(ROOT)}: {unexplained} without a reason", file=sys.stderr)
    if len(lists) == len(AREAS):
        for known in REASONS:
            if "used" not in known:
                print(f"survivors.json: nothing has survived in {known['file']} at {known['line']!r} to {known['to']!r}", file=sys.stderr)
    return 1 if unexplained else 0


def row(area, title, count):
    every = sum(count.values())
    found = count["Killed"] + count["Timeout"]
    score = f"{100 * found / every:.1f} %" if every else ""
    return f"| {area} | {title} | {every} | {count['Killed']} | {count['Timeout']} | {count['Survived']} | {count['NoCoverage']} | {score} |"


sys.exit(main())
