"""The pages of a catalog in the folder of a site."""
