"""The pages in a browser: plain HTML without scripts, nothing from other hosts."""
