"""Progress bars on standard error, shown only on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from api.cli.output import is_interactive
from api.text.messages import message

if TYPE_CHECKING:
    from kb.loading.loading import Progress

_WIDTH = 100


class Stages:
    """One bar after the other for the stages of preparing the model and encoding texts."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how much of a stage is done."""
        if not is_interactive():
            return
        if stage != self._stage:
            self.close()
            self._bar = _bar(message(stage), total)
            self._stage = stage
        self._bar.total = total
        self._bar.update(done - self._bar.n)
        if done >= total:
            self.close()

    def close(self) -> None:
        """Close the bar: a finished one stays on the screen, an interrupted one is removed."""
        if self._bar is not None:
            self._bar.leave = self._bar.n >= self._bar.total
            self._bar.close()
        self._bar, self._stage = None, ""


class Files:
    """A bar over the files of a run, with pages and pages a second."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __call__(self, progress: Progress) -> None:
        """Show how far the run is."""
        if not is_interactive():
            return
        if self._bar is None:
            self._bar = _bar(message("reading"), progress.total, unit=message("file-unit"))
        self._bar.total = progress.total
        rate = message("rate", pages=progress.pages, rate=f"{progress.rate:.1f}")
        self._bar.set_postfix_str(rate, refresh=False)
        self._bar.update(progress.files - self._bar.n)
        self._bar.refresh()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Hide the bar while something else is written."""
        if self._bar is None:
            yield
            return
        self._bar.clear()
        yield
        self._bar.refresh()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()


def _bar(title: str, total: int, unit: str = "") -> Any:
    from tqdm import tqdm

    return tqdm(
        desc=title,
        total=total,
        ncols=_WIDTH,
        dynamic_ncols=False,
        unit=unit,
        leave=True,
        bar_format="{desc}: {percentage:3.0f}% |{bar}| {n_fmt}/{total_fmt}{unit}{postfix}",
    )
