"""Tests of `api.assistants`."""
