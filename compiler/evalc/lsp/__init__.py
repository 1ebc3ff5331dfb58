"""The language server: specs explained, completed and mended in an editor."""
