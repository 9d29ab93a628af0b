"""Models of tables: they load a window of rows, know the count, and leave sorting and filtering to SQL."""
