; What Neovim folds: blocks, blocks in them, and fields with prose.
(block) @fold
(nested) @fold
(field) @fold
