"""Letters: words in two languages, a document that asks for what they say, and one layout for all."""
