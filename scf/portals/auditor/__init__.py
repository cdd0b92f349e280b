"""The auditor desk's pages: views, forms and tables of this portal alone."""
