"""The MkDocs plug-in, which MkDocs finds here by the package's entry point."""

from evalc.mkdocs_plugin.plugin import EvalcPlugin

__all__ = ["EvalcPlugin"]
