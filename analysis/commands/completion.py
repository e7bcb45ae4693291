"""``analysis completion``: what a shell needs to complete the commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from analysis.commands import shared


@click.command(
    epilog=shared.examples(
        "bash:  echo 'eval \"$(analysis completion bash)\"' >> ~/.bashrc",
        "zsh:   echo 'eval \"$(analysis completion zsh)\"' >> ~/.zshrc",
        "fish:  analysis completion fish > ~/.config/fish/completions/analysis.fish",
    )
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script by which a shell completes commands, options and paths."""
    made = get_completion_class(shell)
    if made is not None:
        click.echo(made(context.find_root().command, {}, "analysis", "_ANALYSIS_COMPLETE").source())
