"""`python -m assistant` and the `assistant` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from assistant.cli import main as run

    run()


if __name__ == "__main__":
    main()
