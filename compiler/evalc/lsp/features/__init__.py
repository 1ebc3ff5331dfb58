"""What an editor may ask about a document, one module each."""
