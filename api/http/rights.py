"""The rights: which role may call which route, as one table; what is not in it is refused.

A role may do what the roles before it may: reader, planner, reviewer, admin. Reading is open
to every role for all bodies, as plans are public documents and a duplicate lies with another
body. Where `own` is set a person with a scope changes what belongs to its bodies alone; the
store holds that inside the transaction of the change (`kb.store.actor`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from starlette.routing import compile_path

from kb.people.person import ROLES, Role

Least = Literal["public", "reader", "planner", "reviewer", "admin"]


@dataclass(frozen=True, slots=True)
class Right:
    """Who may call a route: everybody (`public`), or a role and those above it."""

    method: str
    path: str
    least: Least
    own: bool = False

    def allows(self, role: Role | None) -> bool:
        """Return whether a role may call the route; None is somebody who hasn't logged in."""
        if self.least == "public":
            return True
        return role is not None and ROLES.index(role) >= ROLES.index(self.least)

    def cell(self, role: Role) -> str:
        """Return a cell of the table: `all`, `own` (bodies in scope) or `no`."""
        if not self.allows(role):
            return "no"
        return "own" if self.own else "all"


_TABLE = """
GET    /assets/{name}                                  public
GET    /problems/{code}                                public
GET    /v1/ready                                       public
GET    /metrics                                        reader
GET    /login                                          public
POST   /login                                          public
POST   /logout                                         public

GET    /                                               reader
GET    /search                                         reader
GET    /search/download.{ending}                       reader
GET    /bodies                                         reader
GET    /bodies/{name}                                  reader
GET    /documents                                      reader
GET    /to-check                                       reader
GET    /documents/{document}                           reader
GET    /records/{record}                               reader
GET    /duplicates                                     reader
GET    /align                                          reader
GET    /compare                                        reader
GET    /docs                                           reader
GET    /openapi.json                                   reader
GET    /jobs/{job}                                     reader
GET    /documents/{document}/original                  reader
GET    /documents/{document}/pages/{number}.png        reader
GET    /reviews                                        reader
GET    /reviews/{review_set}                           reader
GET    /reviews/{review_set}/rows                      reader
GET    /reviews/{review_set}/rows/{number}             reader
GET    /reviews/{review_set}/summary                   reader
GET    /reviews/{review_set}/duplicates                reader
GET    /reviews/{review_set}/workbook                  reader
GET    /checks                                         reader
GET    /checks/start                                   reader
GET    /checks/{kind}/{job}                            reader
GET    /checks/{kind}/{job}/workbook                   reader
GET    /v1/review-sets                                 reader
GET    /v1/review-sets/{review_set}                    reader
GET    /v1/review-sets/{review_set}/rows               reader
GET    /v1/review-sets/{review_set}/rows/{number}      reader
GET    /v1/review-sets/{review_set}/rows/{number}/history reader
GET    /v1/review-sets/{review_set}/summary            reader
GET    /v1/review-sets/{review_set}/workbook           reader
GET    /v1/documents                                   reader
GET    /v1/documents/{document}                        reader
GET    /v1/statements                                  reader
GET    /v1/projects                                    reader
GET    /v1/organisations                               reader
GET    /v1/frameworks                                  reader
GET    /v1/areas                                       reader
GET    /v1/reviews                                     reader
GET    /v1/export                                      reader
GET    /v1/jobs/{job}                                  reader
GET    /v1/jobs/{job}/events                           reader
GET    /v1/health                                      reader
POST   /v1/search                                      reader
POST   /v1/comparisons                                 reader
POST   /v1/duplicates                                  reader
POST   /v1/duplicates/thresholds                       reader
POST   /v1/duplicates/within                           reader
POST   /v1/duplicates/statements                       reader
POST   /v1/alignment                                   reader
GET    /v1/alignment/audit                             reader
GET    /v1/alignment/coverage                          reader
GET    /account                                        reader
POST   /account/password                               reader
POST   /account/keys                                   reader
POST   /account/keys/{key}/revoke                      reader

POST   /v1/alignment/workbook                          planner
POST   /v1/jobs/{job}/cancel                           planner
POST   /reviews                                        planner
POST   /v1/review-sets                                 planner
POST   /v1/review-proposals                            planner

POST   /reviews/{review_set}/rows/{number}             reviewer
POST   /reviews/{review_set}/undo                      reviewer
POST   /reviews/{review_set}/bulk                      reviewer
POST   /checks/within/{job}                            reviewer  own
PUT    /v1/review-sets/{review_set}/rows/{number}/decision reviewer
POST   /v1/review-sets/{review_set}/decisions          reviewer
POST   /v1/review-sets/{review_set}/undo               reviewer
POST   /v1/review-sets/{review_set}/assignment         reviewer
GET    /add                                            reviewer
POST   /add                                            reviewer  own
POST   /records/{record}                               reviewer  own
POST   /documents/{document}/statements                reviewer  own
POST   /documents/{document}/delete                    reviewer  own
POST   /duplicates/refuse                              reviewer  own
POST   /v1/documents                                   reviewer  own
DELETE /v1/documents/{document}                        reviewer  own
POST   /v1/reviews                                     reviewer  own

GET    /people                                         admin
POST   /people                                         admin
GET    /people/{person}                                admin
POST   /people/{person}                                admin
POST   /people/{person}/password                       admin
GET    /keys                                           admin
POST   /keys/{key}/revoke                              admin
GET    /log                                            admin
GET    /bin                                            admin
POST   /bin/empty                                      admin
POST   /bin/{document}/restore                         admin  own
"""


def _right(line: str) -> Right:
    method, path, least, *own = line.split()
    return Right(method, path, least, own == ["own"])  # type: ignore[arg-type]


RIGHTS: tuple[Right, ...] = tuple(_right(line) for line in _TABLE.splitlines() if line.strip())
"""The whole table, in the order in which docs/security.md shows it."""
_PATTERNS = [(right, compile_path(right.path)[0]) for right in RIGHTS]


def right_of(method: str, path: str) -> Right | None:
    """Return the right of a request; HEAD and OPTIONS are as GET. None where none is named."""
    asked = "GET" if method in ("HEAD", "OPTIONS") else method
    matching = [
        right
        for right, pattern in _PATTERNS
        if pattern.match(path) and (right.method == asked or method == "OPTIONS")
    ]
    fixed = [right for right in matching if "{" not in right.path]
    return next(iter(fixed or matching), None)
