"""The PDF of a document: its values, the page that Typst sets, and the electronic invoice inside."""
