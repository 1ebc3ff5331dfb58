"""Family: kinds of pages of the catalog's site, made from a catalog and a report."""
