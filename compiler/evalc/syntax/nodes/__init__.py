"""From the lines that the grammar finds to the nodes of the tree."""
