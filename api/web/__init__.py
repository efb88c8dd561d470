"""The pages people open in a browser: plain HTML, no scripts, nothing from other hosts."""
