#!/usr/bin/env python3
"""Writes rego.txt from the last run of the suite, one line a case: id, tab, why.

dotnet test tests/Kfm.Conformance.Tests --filter Suite=rego; python3 tests/Kfm.Conformance.Tests/known-failures/rego-list.py
"""
import json
import pathlib
import re

here = pathlib.Path(__file__).resolve().parent
report = json.loads((here.parents[2] / "artifacts/conformance/rego.json").read_text())


def reason(case):
    text = case["reason"]
    missing = sorted(set(re.findall(r"undefined function (\S+)", text)))
    if missing:
        return f"builtin {missing[0]} is not supported yet"
    keyword = re.search(r"unexpected keyword, must be one of \[[^]]*\], got: (\w+)", text)
    if keyword:
        return f"keyword future.keywords.{keyword[1]} is not supported yet"
    if case["id"].startswith("errors/"):
        return "static check is not done yet: " + case["id"][len("errors/"):].split("#")[0]
    if case["id"].startswith("opatest/"):
        return "lines of coverage differ"
    return " ".join(text.split())[:160]


lines = sorted(f"{case['id']}\t{reason(case)}" for case in report["failures"])
(here / "rego.txt").write_text("".join(line + "\n" for line in lines))
