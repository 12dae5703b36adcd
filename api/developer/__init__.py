"""Pages for programmers: the reference of both schemas, the guide, and in development the workbench GraphiQL."""
