"""Whether phaen can be trusted: two processes, kills, damaged files, attacks, load.

One module a sub-command; `python -m benchmarks.trust NAME` runs it and puts its figures into
`benchmarks/results/trust.md`.
"""
