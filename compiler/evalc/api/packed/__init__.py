"""Catalogs and reports of any size, in little memory."""
