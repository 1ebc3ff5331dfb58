"""Family: pages of the catalog, made from a catalog and reports."""
